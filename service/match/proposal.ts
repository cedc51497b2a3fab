import type { Findings } from '../contract/findings.ts';
import type { Match } from '../contract/title.ts';
import type { TitleId } from '../contract/values.ts';
import type { QuestionContent } from '../review/questions.ts';
import { describedMatch } from './described.ts';
import { foundMatches, isAbout } from './found-matches.ts';
import { isOpen } from './is-open.ts';
import { type OrderSources, proposeByOrder } from './order-proposal.ts';
import { otherMatch } from './other-match.ts';

export interface ProposalSources extends OrderSources {
  /** What was measured in the files, if anything was. */
  findings: Findings | null;
}

/** What the titles of a disc may be, before anybody is asked. */
export interface MatchProposal {
  matches: ReadonlyMap<TitleId, Match>;
  /** The first candidate of each is what `matches` says. */
  questions: QuestionContent[];
}

/**
 * A match for every wanted title, whatever its state: one that is ripped later finds it here. Only the number of an
 * episode waits until its file was looked at, where others of the disc were. Whoever said what a title is, is not
 * contradicted: their matches are left out.
 */
export function proposeMatches(sources: ProposalSources): MatchProposal {
  const { identity, titles, catalogue, findings } = sources;
  const measured = identity && findings && isAbout(findings, identity);
  const { matches: episodes, questions } = measured
    ? foundMatches(findings, { identity, titles })
    : proposeByOrder(sources);
  const matches = new Map(episodes);
  const cuts = titles.filter(({ role, wanted }) => role === 'cut' && wanted);
  for (const title of titles) {
    if (!isOpen(title) || matches.has(title.id) || (measured && title.role === 'episode')) continue;
    matches.set(
      title.id,
      describedMatch(title, catalogue) ?? otherMatch(title, identity, cuts.indexOf(title)),
    );
  }
  return { matches, questions };
}
