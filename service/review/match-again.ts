import type { JobDocument } from '../jobs/document.ts';
import { canGoBack } from '../jobs/states.ts';

/** What was said may tell more about other titles: the match step runs once more, with what it measured before. */
export function matchAgain(draft: JobDocument): void {
  if (draft.steps.match.state === 'done' && canGoBack(draft)) draft.steps.match.state = 'pending';
}
