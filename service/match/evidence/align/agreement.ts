import type { Alignment, TimedCue } from './alignment.ts';

export interface Agreement {
  /** Starts of the title at which a cue of the reference starts. */
  readonly agreed: number;
  /** Starts of the title while the reference goes on. */
  readonly of: number;
}

/** Most makers of subtitles start a line within it; by chance every eighth line of another episode does. */
const TOLERANCE_SECONDS = 0.25;

/**
 * In how many of a title's subtitle starts (seconds, sorted) a reference agrees, once aligned: "612 of 640 subtitle
 * times agree". Every cue counts once.
 */
export function agreement(
  starts: readonly number[],
  cues: readonly TimedCue[],
  alignment: Alignment,
): Agreement {
  const times = starts.map((start) => referenceTime(start, alignment)).sort((a, b) => a - b);
  const [first] = cues;
  const last = cues.at(-1);
  if (!first || !last) return { agreed: 0, of: 0 };
  const begin = first.start - TOLERANCE_SECONDS;
  const within = times.filter((time) => time >= begin && time <= last.end);
  let agreed = 0;
  let next = 0;
  for (const time of within) {
    while ((cues[next]?.start ?? Number.POSITIVE_INFINITY) < time - TOLERANCE_SECONDS) next++;
    if ((cues[next]?.start ?? Number.POSITIVE_INFINITY) > time + TOLERANCE_SECONDS) continue;
    agreed++;
    next++;
  }
  return { agreed, of: within.length };
}

/** The time in the reference that a time of the title is. */
export function referenceTime(time: number, { offset, speed, parts }: Alignment): number {
  const part = parts?.find(({ from, to }) => time >= from && time < to);
  return (time - (part?.offset ?? offset)) / speed;
}
