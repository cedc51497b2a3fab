import type { Findings, Possibility } from '../contract/findings.ts';
import type { Evidence } from '../contract/values.ts';
import { titleKey } from '../identify/title-key.ts';
import type { JobDocument } from '../jobs/document.ts';
import { offerSet, type SetAnswer } from '../review/offer-set.ts';
import { openQuestions } from '../review/open-questions.ts';
import { askQuestion, settleQuestion } from '../review/questions.ts';
import { isAbout } from './found-matches.ts';

type Identified = Pick<JobDocument, 'identity' | 'questions' | 'findings' | 'postponed'>;

/**
 * What the sure titles say of the disc: which season it is, when nobody named one, and that it is this show at all,
 * when only its label said so.
 */
export function confirmIdentity(draft: Identified, at: string): void {
  const { identity, findings } = draft;
  if (!identity || !findings || !isAbout(findings, identity)) return;
  const episodes = sureEpisodes(findings);
  if (!isMostly(findings, episodes)) return;
  const seasons = new Set(episodes.flatMap((one) => one.episodes.map(({ season }) => season)));
  const [season = null, ...others] = seasons;
  if (identity.season === null && others.length === 0) identity.season = season;
  if (!isAskedAlone(draft)) return;
  const says = `${episodes.length} of its titles are episodes of "${identity.title}" by what is said in them`;
  const evidence: Evidence = { source: 'match', says: says.slice(0, 300), weight: 1 };
  identity.evidence = [evidence, ...identity.evidence].slice(0, 20);
  identity.probability = Math.min(...episodes.map(({ probability }) => probability));
  const { kind, title } = identity;
  draft.postponed = null;
  settleQuestion(draft, 'identity', { at, by: 'match', answer: { identity: { kind, title } } });
}

/** Asks what the episodes did not tell, with what was said meanwhile of another disc of the set as first answer. */
export function askPostponed(draft: JobDocument, set: SetAnswer | null, at: string): void {
  if (!draft.postponed) return;
  askQuestion(draft, draft.postponed, at);
  draft.postponed = null;
  if (set) offerSet(draft, set);
}

function sureEpisodes({ titles }: Findings): Possibility[] {
  const sure = titles.filter(({ verdict }) => verdict === 'accept');
  return sure.flatMap(({ ranked: [best] }) => (best?.episodes.length ? [best] : []));
}

/** One title may be in a compilation; a disc of the show holds more of it than of anything else. */
function isMostly({ titles }: Findings, episodes: readonly Possibility[]): boolean {
  return 2 * episodes.length > titles.length;
}

/**
 * References are found by name: which of several shows of one name it is, they cannot tell, nor that a person who
 * spoke of another disc of the set is wrong.
 */
function isAskedAlone(draft: Identified): boolean {
  const question = draft.postponed ?? openQuestions(draft).find(({ kind }) => kind === 'identity');
  const name = titleKey(draft.identity?.title ?? '');
  const namesakes = (question?.candidates ?? []).filter(
    ({ identity }) => identity?.kind === 'tv' && titleKey(identity.title ?? '') === name,
  );
  return namesakes.length === 1 && namesakes[0]?.id === question?.default;
}
