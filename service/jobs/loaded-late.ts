import type { Step } from './step.ts';

/** A step whose code is loaded when it first runs: an idle service needs neither it nor its memory. */
export function loadedLate(load: () => Promise<Step>): Step {
  let loaded: Promise<Step> | undefined;
  return async (context) => {
    loaded ??= load();
    return (await loaded)(context);
  };
}
