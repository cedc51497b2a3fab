import type { JobDocument } from '../jobs/document.ts';
import { openQuestions } from '../review/open-questions.ts';
import { askQuestion, settleQuestion } from '../review/questions.ts';
import type { KnownEpisodes } from './known-episodes.ts';
import type { EpisodesTaken, MatchPolicies } from './order-proposal.ts';
import { proposeMatches } from './proposal.ts';

export interface MatchRules {
  policies: MatchPolicies;
  episodesTaken: EpisodesTaken;
  /** Names of episodes, and how many a season has. */
  knownEpisodes?: KnownEpisodes | undefined;
}

type Matched = Pick<JobDocument, 'identity' | 'titles' | 'questions' | 'catalogue' | 'findings'>;

/**
 * Gives the titles their matches from what the job says now, asks what only a person can say, and settles the
 * question that no longer arises. The same job again changes nothing.
 */
export function deriveMatches(
  draft: Matched,
  rules: MatchRules,
  { at, by }: { at: string; by: string },
): void {
  const { matches, questions } = proposeMatches({ ...draft, ...rules });
  for (const title of draft.titles) title.match = matches.get(title.id) ?? title.match;
  for (const question of questions) askQuestion(draft, question, at);
  const answered = { at, by, answer: { assignment: [] } };
  if (!questions.some(({ kind }) => kind === 'order')) settleQuestion(draft, 'order', answered);
  settleQuestion(draft, 'episode', answered, ({ kind, titles: [id] }) =>
    questions.every((other) => other.kind !== kind || other.titles[0] !== id),
  );
}

/** Before that, nothing is asked about episodes yet. */
export function hasBeenMatched({ titles }: Pick<JobDocument, 'titles'>): boolean {
  return titles.some(({ state }) => state === 'matched' || state === 'review');
}

/** Moves the titles that have been looked at to `matched`, or to `review` while a question about them is open. */
export function settleTitles(draft: Pick<JobDocument, 'titles' | 'questions'>): void {
  const asked = new Set(openQuestions(draft).flatMap(({ titles }) => titles));
  for (const title of draft.titles) {
    if (!['matching', 'matched', 'review'].includes(title.state)) continue;
    title.state = asked.has(title.id) ? 'review' : 'matched';
  }
}
