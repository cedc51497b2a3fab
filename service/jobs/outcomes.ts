import type { Outcome, StepName } from '../contract/job.ts';
import type { Blocked, Problem } from '../contract/problem.ts';
import type { TitleId } from '../contract/values.ts';
import { outcomeOf } from './decide.ts';
import type { JobDocument } from './document.ts';
import { stateDuring } from './recipes.ts';
import { canGoBack } from './states.ts';

/** The edits that the engine makes to a job as its steps begin and end. */

export function beginStep(draft: JobDocument, step: StepName): void {
  const status = draft.steps[step];
  draft.state = stateDuring[step];
  draft.blocked = null;
  if (status.state === 'running') return;
  const { attempt } = draft;
  draft.steps[step] = { state: 'running', attempt, startedAt: now(), endedAt: null };
}

export function completeStep(draft: JobDocument, step: StepName): void {
  const again = step === 'rip' && isReadMoreWanted(draft);
  const state = again ? 'pending' : 'done';
  draft.steps[step] = { ...draft.steps[step], state, endedAt: now() };
}

/** While a disc was read, somebody may have wanted another title, or one less. */
function isReadMoreWanted({ titles }: JobDocument): boolean {
  for (const title of titles)
    if (!title.wanted && title.state === 'pending') title.state = 'skipped';
  return titles.some(({ state }) => state === 'pending');
}

/** The step goes back to the queue until something outside has changed. */
export function blockStep(draft: JobDocument, step: StepName, why: Omit<Blocked, 'since'>): void {
  draft.steps[step] = { ...draft.steps[step], state: 'pending' };
  wait(draft, why);
}

export function wait(draft: JobDocument, { code, cause, hint }: Omit<Blocked, 'since'>): void {
  draft.state = 'waiting';
  draft.blocked = { code, cause: cause.slice(0, 2000), hint: hint.slice(0, 2000), since: now() };
}

export function failStep(draft: JobDocument, step: StepName, problem: Problem): void {
  draft.steps[step] = { ...draft.steps[step], state: 'failed', endedAt: now() };
  draft.error = { ...problem, hint: problem.hint.slice(0, 2000) };
  end(draft, 'failed', outcomeOf(draft) === 'nothing' ? 'nothing' : 'partial');
}

export function finish(draft: JobDocument, outcome: Outcome): void {
  end(draft, 'completed', outcome);
}

/** A cancelled job keeps what was ripped; what was being worked on goes back a step. */
export function cancel(draft: JobDocument): void {
  for (const title of draft.titles) {
    if (title.state === 'ripping') title.state = 'pending';
    if (title.state === 'matching') title.state = 'ripped';
  }
  for (const step of Object.values(draft.steps))
    if (step.state === 'running') Object.assign(step, { state: 'pending', endedAt: now() });
  keepFiled(draft);
  draft.cancelling = false;
  const filed = outcomeOf(draft);
  end(draft, 'cancelled', filed === 'nothing' ? 'nothing' : 'partial');
}

/** What an undo has not reached stays in the library. */
function keepFiled({ filings, titles }: JobDocument): void {
  const filed = new Set(titles.flatMap((title) => title.filed?.path ?? []));
  for (const filing of filings)
    if (filing.state === 'undone' && filed.has(filing.to)) filing.state = 'filed';
}

function end(draft: JobDocument, state: 'completed' | 'failed' | 'cancelled', outcome: Outcome) {
  draft.state = state;
  draft.outcome = outcome;
  draft.blocked = null;
  draft.endedAt = now();
}

/**
 * An ended job begins its next attempt: only what is missing is done again.
 * Titles that failed are pending again, and with them the steps from ripping on.
 */
export function reopen(draft: JobDocument): void {
  beginAttempt(draft);
  draft.state = 'idle';
  draft.blocked = null;
  if (draft.owned?.verdict !== 'rip') draft.owned = null;
  for (const title of draft.titles) {
    if (title.state !== 'failed') continue;
    title.state = 'pending';
    title.error = null;
  }
  const identified = draft.titles.length > 0 && draft.steps.identify.state === 'done';
  for (const step of ['identify', 'rip', 'match', 'organize'] as const)
    if (step !== 'identify' || !identified)
      draft.steps[step] = { ...draft.steps[step], state: 'pending' };
}

/** The disc is back before the job has ended: what failed is read again, unless a later step is at work. */
export function readMissing(draft: JobDocument): void {
  const failed = draft.titles.filter(({ wanted, state }) => wanted && state === 'failed');
  if (failed.length === 0 || !canGoBack(draft)) return;
  for (const title of failed) {
    title.state = 'pending';
    title.error = null;
  }
  for (const step of ['rip', 'match'] as const)
    if (draft.steps[step].state !== 'running') draft.steps[step].state = 'pending';
}

/**
 * An ended job whose files (or those of some titles) are being taken back waits, so that it can be changed and filed
 * again.
 */
export function beginUndo(draft: JobDocument, titles?: readonly TitleId[]): void {
  beginAttempt(draft);
  draft.steps.organize = { ...draft.steps.organize, state: 'pending' };
  takeBack(draft, titles);
  wait(draft, {
    code: 'undone',
    cause: 'What was filed has been taken back',
    hint: `The files are in staging. Change what was wrong, then file them again with "discflow retry ${draft.id}", or give up with "discflow cancel ${draft.id}".`,
  });
}

/** Puts on record that the files of some titles, or of all, are to come back. */
export function takeBack(draft: JobDocument, titles?: readonly TitleId[]): void {
  for (const filing of draft.filings)
    if (filing.state === 'filed' && (titles?.includes(filing.title) ?? true))
      filing.state = 'undone';
}

function beginAttempt(draft: JobDocument): void {
  draft.attempt += 1;
  draft.mode = 'auto';
  draft.claim = null;
  draft.requested = [];
  draft.outcome = null;
  draft.error = null;
  draft.endedAt = null;
  draft.cancelling = false;
}

function now(): string {
  return new Date().toISOString();
}
