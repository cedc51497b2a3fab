import type { TitleId } from '../contract/values.ts';
import { DiscflowError } from '../errors.ts';
import type { JobDocument } from './document.ts';
import * as outcomes from './outcomes.ts';
import { hasEnded } from './states.ts';

function checkRetry(job: JobDocument): void {
  if (wasLeftAlone(job)) return;
  const over = job.state === 'completed' && job.outcome !== 'partial';
  if (!over && (hasEnded(job) || job.state === 'waiting')) return;
  throw new DiscflowError(
    'not-possible-now',
    `Job ${job.id} is ${job.state}: there is nothing to retry`,
    { hint: over ? hintWhenOver(job) : 'Wait until it has ended or needs help.' },
  );
}

function hintWhenOver({ outcome }: JobDocument): string {
  return outcome === 'complete'
    ? 'Everything arrived. To file it again, undo it first with "discflow undo".'
    : 'Nothing on this disc was to be ripped.';
}

/** What was there already was not ripped: trying again means that it is wanted all the same. */
function wasLeftAlone({ state, outcome, owned }: JobDocument): boolean {
  return state === 'completed' && outcome === 'nothing' && owned?.verdict === 'skip';
}

/**
 * Gives a job that ended short, or that waits, another go: failed titles (or only those named) are done again,
 * and whoever held the job back does so no longer. Throws `not-possible-now` when there is nothing to retry.
 */
export function retry(draft: JobDocument, titles: readonly TitleId[] | undefined): void {
  checkRetry(draft);
  for (const id of titles ?? []) checkTitle(draft, id);
  if (wasLeftAlone(draft) && draft.owned)
    draft.owned = { ...draft.owned, verdict: 'rip', decidedBy: 'person' };
  if (hasEnded(draft)) outcomes.reopen(draft);
  else outcomes.readMissing(draft);
  if (draft.blocked?.code === 'flow') {
    draft.mode = 'auto';
    draft.claim = null;
  }
  draft.blocked = null;
  if (!titles) return;
  for (const title of draft.titles)
    if (title.state === 'pending' && !titles.includes(title.id)) title.state = 'skipped';
}

function checkTitle(draft: JobDocument, id: TitleId): void {
  if (draft.titles.some((title) => title.id === id)) return;
  throw new DiscflowError('unknown-title', `Job ${draft.id} has no title ${id}`, {
    hint: `Its titles are ${draft.titles.map((title) => title.id).join(', ')}.`,
  });
}
