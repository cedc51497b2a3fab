import type { Matching } from './matching.ts';
import { isToBeMeasured } from './measure/subject.ts';

/** Matching whose code is loaded for the first disc of a series: an idle service needs neither it nor its memory. */
export function lateMatching(load: () => Promise<Matching>): Matching {
  let loaded: Promise<Matching> | undefined;
  const matching = () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
  return {
    look(job) {
      // What cannot be loaded now is said when the disc is matched.
      if (loaded || isToBeMeasured(job))
        matching().then(
          (known) => known.look(job),
          () => undefined,
        );
    },
    measure: async (job, options) => (await matching()).measure(job, options),
    forget: async (job) => (await loaded)?.forget(job),
    stop: async () => (await loaded)?.stop(),
  };
}
