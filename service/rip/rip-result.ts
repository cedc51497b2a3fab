import type { Title } from '../contract/title.ts';
import { DiscflowError, toProblem } from '../errors.ts';
import type { StepResult } from '../jobs/step.ts';

/** To be read from the disc, or begun and not finished. */
export function isUnread({ wanted, state }: Title): boolean {
  return wanted && (state === 'pending' || state === 'ripping');
}

/**
 * One good title is enough for the job to go on; the others keep their errors and can be read
 * again.
 */
export function ripResult(titles: readonly Title[]): StepResult {
  const wanted = titles.filter((title) => title.wanted);
  if (wanted.length === 0) return { end: 'failed', problem: nothingToRip(), transient: false };
  const failed = wanted.filter(({ state }) => state === 'failed');
  if (failed.length < wanted.length) return { end: 'done' };
  const problem = failed.find(({ error }) => error)?.error ?? nothingToRip();
  return { end: 'failed', problem, transient: false };
}

function nothingToRip() {
  return toProblem(
    new DiscflowError('nothing-to-rip', 'No title of this disc is wanted', {
      hint: 'Choose titles for this job, then retry.',
    }),
  );
}
