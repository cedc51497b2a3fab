import type { Step } from './step.ts';

/**
 * A step whose code is loaded when it first runs: an idle service needs neither it nor its memory. Loading that
 * failed, as with too many open files, is tried again the next time.
 */
export function loadedLate(load: () => Promise<Step>): Step {
  let loaded: Promise<Step> | undefined;
  return async (context) => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return (await loaded)(context);
  };
}
