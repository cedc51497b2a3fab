import type { Assignment } from '../contract/question.ts';
import type { JobDocument } from '../jobs/document.ts';
import { deriveMatches, hasBeenMatched, type MatchRules, settleTitles } from '../match/derive.ts';
import { checkAssignment } from './assignment.ts';
import { matchAgain } from './match-again.ts';
import { openQuestions } from './open-questions.ts';
import { stateMatch } from './statement.ts';

/**
 * A person says which title is which episode; what is left to ask of the others follows, now or when they are matched. Throws `unknown-title` and
 * `bad-request` for what cannot be meant.
 */
export function stateAssignment(
  draft: JobDocument,
  assignment: Assignment,
  { by, at, rules }: { by: string; at: string; rules: MatchRules },
): void {
  checkAssignment(assignment, draft.titles);
  for (const { title: id, match } of assignment) {
    const title = draft.titles.find((other) => other.id === id);
    if (title) title.match = stateMatch(match, { decidedBy: 'person', says: `${by} said so` });
  }
  if (!hasBeenMatched(draft)) return;
  deriveMatches(draft, rules, { at, by });
  settleTitles(draft);
  if (openQuestions(draft).some(({ kind }) => kind === 'episode')) matchAgain(draft);
}
