import type { JobDocument } from '../jobs/document.ts';
import { openQuestions } from '../review/open-questions.ts';
import { askQuestion, settleQuestion } from '../review/questions.ts';
import type { KnownEpisodes } from './known-episodes.ts';
import { type EpisodesTaken, type MatchPolicies, proposeMatches } from './proposal.ts';

export interface MatchRules {
  policies: MatchPolicies;
  episodesTaken: EpisodesTaken;
  /** Names of episodes, and how many a season has. */
  knownEpisodes?: KnownEpisodes | undefined;
}

type Matched = Pick<JobDocument, 'identity' | 'titles' | 'questions' | 'catalogue'>;

/**
 * Gives the titles their matches from what the job says now, asks what only a person can say, and settles the
 * question that no longer arises. The same job again changes nothing.
 */
export function deriveMatches(
  draft: Matched,
  rules: MatchRules,
  { at, by }: { at: string; by: string },
): void {
  const { identity, titles, catalogue } = draft;
  const { matches, order } = proposeMatches({ identity, titles, catalogue, ...rules });
  for (const title of titles) title.match = matches.get(title.id) ?? title.match;
  const [first] = order?.candidates ?? [];
  if (order && first) askQuestion(draft, { kind: 'order', ...order, default: first.id }, at);
  else settleQuestion(draft, 'order', { at, by, answer: { assignment: [] } });
}

/** Moves the titles that have been looked at to `matched`, or to `review` while a question about them is open. */
export function settleTitles(draft: Pick<JobDocument, 'titles' | 'questions'>): void {
  const asked = new Set(openQuestions(draft).flatMap(({ titles }) => titles));
  for (const title of draft.titles) {
    if (!['matching', 'matched', 'review'].includes(title.state)) continue;
    title.state = asked.has(title.id) ? 'review' : 'matched';
  }
}
