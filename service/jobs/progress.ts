import type { Progress } from './step.ts';

/** Time over which the speed is averaged. */
const WINDOW_MS = 10_000;

/** What is known about a read that goes on. */
export interface Pace {
  /** Whole percent. */
  percent: number;
  /** Bytes per second over the last ten seconds; null until known. */
  speed: number | null;
  /** When it will be finished, milliseconds since the epoch; null until known. */
  finish: number | null;
}

/** Turns exact byte counts into percent, speed and the time of the end. */
export function createPace(clock: () => number = Date.now): (progress: Progress) => Pace {
  const samples: { at: number; bytes: number }[] = [];
  return ({ bytesDone, bytesTotal }) => {
    const at = clock();
    samples.push({ at, bytes: bytesDone });
    while (samples.length > 2 && at - (samples[1]?.at ?? at) > WINDOW_MS) samples.shift();
    const first = samples[0] ?? { at, bytes: bytesDone };
    const elapsed = at - first.at;
    const speed = elapsed > 0 ? ((bytesDone - first.bytes) / elapsed) * 1000 : null;
    const left = Math.max(0, bytesTotal - bytesDone);
    return {
      percent: bytesTotal > 0 ? Math.min(100, Math.floor((100 * bytesDone) / bytesTotal)) : 0,
      speed: speed === null ? null : Math.round(speed),
      finish: speed ? at + (left / speed) * 1000 : null,
    };
  };
}
