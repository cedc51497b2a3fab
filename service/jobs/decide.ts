import type { Outcome, StepName } from '../contract/job.ts';
import { openQuestions, waitsForAnswer } from '../review/open-questions.ts';
import type { JobDocument } from './document.ts';
import { readingSteps, recipes } from './recipes.ts';
import { hasEnded } from './states.ts';

export type Decision =
  | { go: 'run'; step: StepName }
  /** Nothing to do until an event or the clock changes something. */
  | { go: 'stay' }
  | { go: 'wait-for-answer' }
  | { go: 'wait-for-flow'; step: StepName }
  /** The disc has been let out, and something on it is wanted. */
  | { go: 'wait-for-disc' }
  | { go: 'finish'; outcome: Outcome }
  | { go: 'cancel' };

/** A claim that never runs out. */
export const FOREVER = '9999-12-31T23:59:59.999Z';

/** What a job does next. Depends on nothing but the job and the time (milliseconds since the epoch). */
export function decide(job: JobDocument, now: number): Decision {
  if (hasEnded(job)) return { go: 'stay' };
  if (job.cancelling) return { go: 'cancel' };
  if (job.owned?.verdict === 'skip') return { go: 'finish', outcome: 'nothing' };
  const step = recipes[job.disc.kind].find((name) => job.steps[name].state !== 'done');
  if (step === undefined) return { go: 'finish', outcome: outcomeOf(job) };
  if (job.blocked && job.blocked.code !== 'flow') return { go: 'stay' };
  if (job.steps[step].state === 'running') return { go: 'run', step };
  if (step === 'identify') return read(job, step);
  if (job.mode === 'flow' && !isAskedFor(job, step))
    return isReviewed(job) ? { go: 'wait-for-answer' } : { go: 'wait-for-flow', step };
  if (job.mode === 'auto' && claimIsOpen(job, now) && !isAskedFor(job, step))
    return job.claim?.until === FOREVER ? { go: 'wait-for-flow', step } : { go: 'stay' };
  if (waitsForAnswer(job, step)) return { go: 'wait-for-answer' };
  return readingSteps.has(step) ? read(job, step) : { go: 'run', step };
}

/** A step that needs the disc in a drive, as long as something of it is not read yet. */
function read(job: JobDocument, step: StepName): Decision {
  const isRead = step === 'rip' && !job.titles.some(({ state }) => state === 'pending');
  return job.ejected && !isRead ? { go: 'wait-for-disc' } : { go: 'run', step };
}

/** True while a flow may still say "I decide". */
function claimIsOpen(job: JobDocument, now: number): boolean {
  return job.claim !== null && job.claim.node === null && now < Date.parse(job.claim.until);
}

/** A step is asked for by its own name or by that of a later one. */
function isAskedFor(job: JobDocument, step: StepName): boolean {
  const recipe = recipes[job.disc.kind];
  return job.requested.some((asked) => recipe.indexOf(asked) >= recipe.indexOf(step));
}

/** The flow itself waits for a person: nothing is missing in it. */
function isReviewed(job: JobDocument): boolean {
  return job.asks.some(({ step }) => step === 'review') && openQuestions(job).length > 0;
}

/** How a job ended, from what became of the titles that were wanted. */
export function outcomeOf(job: JobDocument): Outcome {
  const wanted = job.titles.filter((title) => title.wanted);
  const arrived = wanted.filter((title) => title.state === 'completed');
  if (arrived.length === 0) return 'nothing';
  const settled = wanted.every(({ state }) => state === 'completed' || state === 'skipped');
  return settled ? 'complete' : 'partial';
}
