import { ulid } from 'ulid';
import type { HandoffOutcome, HandoffStep, StepName } from '../contract/job.ts';
import type { Carry } from '../contract/request.ts';
import type { Title } from '../contract/title.ts';
import type { TitleId } from '../contract/values.ts';
import { DiscflowError } from '../errors.ts';
import { openQuestions } from '../review/open-questions.ts';
import type { Ask, JobDocument } from './document.ts';
import { hasEnded } from './states.ts';

/** Notes that a node wants the result of a step; the same node asking again takes its earlier place. */
export function ask(draft: JobDocument, wish: Ask): void {
  draft.asks = draft.asks.filter((other) => other.node !== wish.node || other.step !== wish.step);
  draft.asks.push(wish);
}

/**
 * Turns every ask whose result is known into a handoff. Called at the end of each change of a job, so that
 * a result and its handoff reach the disk together.
 */
export function settleAsks(draft: JobDocument, now = Date.now()): void {
  const open: Ask[] = [];
  for (const wish of draft.asks) {
    if (wish.each) handOffTitles(draft, wish, wish.each);
    const outcome = resultOf(draft, wish, now);
    if (outcome === null) open.push(wish);
    else handOff(draft, wish, outcome, null);
  }
  draft.asks = open;
}

/** A flow takes a job into its hands. Throws `not-possible-now` when it is too late or another has it. */
export function claim(draft: JobDocument, node: string, carry: Carry): void {
  if (draft.mode === 'flow' && draft.claim?.node === node) return;
  const tooLate = draft.steps.rip.state !== 'pending' || hasEnded(draft);
  if (draft.mode === 'flow' || tooLate)
    throw new DiscflowError('not-possible-now', `Job ${draft.id} is already being worked on`, {
      hint: 'A flow can only claim a disc before its rip has begun and before another flow has claimed it.',
    });
  draft.mode = 'flow';
  draft.claim = { node, until: draft.claim?.until ?? draft.updatedAt };
  handOff(draft, { node, step: 'insert', carry }, 'inserted', null);
}

function handOffTitles(draft: JobDocument, wish: Ask, given: TitleId[]): void {
  for (const title of draft.titles) {
    if (!isReady(title, draft, wish.step) || given.includes(title.id)) continue;
    given.push(title.id);
    handOff(draft, wish, 'title', title.id);
  }
}

/** A title is matched when all are: they are decided together. One that is asked about is not ready. */
function isReady(
  { wanted, state, file }: Title,
  { steps }: JobDocument,
  step: HandoffStep,
): boolean {
  if (step !== 'match') return file !== null;
  return steps.match.state === 'done' && wanted && (state === 'matched' || state === 'completed');
}

function handOff(
  draft: JobDocument,
  { node, step, carry }: { node: string; step: HandoffStep; carry: Carry },
  outcome: HandoffOutcome,
  title: TitleId | null,
): void {
  const { attempt } = draft;
  const at = new Date().toISOString();
  draft.handoffs.push({ id: ulid(), node, step, attempt, title, outcome, at, carry, taken: 0 });
}

function resultOf(job: JobDocument, wish: Ask, now: number): HandoffOutcome | null {
  if (wish.step === 'insert') return 'inserted';
  if (wish.step === 'review') return reviewResult(job, wish, now);
  return stepResult(job, wish.step);
}

function reviewResult(job: JobDocument, { until }: Ask, now: number): HandoffOutcome | null {
  if (openQuestions(job).length === 0) return 'answered';
  return hasEnded(job) || (until !== null && Date.parse(until) <= now) ? 'timed-out' : null;
}

function stepResult(job: JobDocument, step: StepName): HandoffOutcome | null {
  if (job.steps[step].state === 'done') return step === 'identify' ? certainty(job) : 'done';
  if (job.steps[step].state === 'failed' || hasEnded(job)) return 'failed';
  return null;
}

function certainty(job: JobDocument): HandoffOutcome {
  const aboutDisc = openQuestions(job).some(({ kind }) => kind !== 'order' && kind !== 'episode');
  return aboutDisc || job.postponed ? 'unsure' : 'sure';
}
