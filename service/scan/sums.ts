import type { Playable } from './segments.ts';

/** Titles that are read to the byte and still differ by this much hold something else as well. */
const SAME = 0.003;
/** An episode is a fair part of its play-all; logos and warnings between two copies of a title are not. */
const SMALLEST_PART = 0.04;
const LARGEST_PART = 0.75;
/** Among shorter titles, whose lengths are told in whole seconds, sums come about by chance. */
const SHORTEST_SECONDS = 600;

/**
 * The play-alls of a disc whose titles cannot be compared segment by segment: as long and, to the byte, as big as
 * titles that follow one another. Chance does not match both figures so closely.
 */
export function findSums(titles: readonly Playable[]): Map<number, number[]> {
  const sums = new Map<number, number[]>();
  const opaque = titles
    .filter(({ segments, bytes }) => segments === null && bytes !== null)
    .toSorted((a, b) => a.number - b.number);
  for (const whole of opaque.toSorted((a, b) => a.duration - b.duration)) {
    if (whole.duration < SHORTEST_SECONDS) continue;
    const others = opaque.filter(
      ({ number, duration }) =>
        !sums.has(number) &&
        duration >= SMALLEST_PART * whole.duration &&
        duration <= LARGEST_PART * whole.duration,
    );
    const members = runThatSumsTo(whole, others);
    if (members) sums.set(whole.number, members);
  }
  return sums;
}

function runThatSumsTo(whole: Playable, others: readonly Playable[]): number[] | null {
  for (const start of others.keys()) {
    let duration = 0;
    let bytes = 0;
    for (let end = start; end < others.length; end += 1) {
      duration += others[end]?.duration ?? 0;
      bytes += others[end]?.bytes ?? 0;
      if (duration > whole.duration * (1 + SAME)) break;
      if (end === start || !isSame(duration, whole.duration)) continue;
      if (!isSame(bytes, whole.bytes ?? 0)) continue;
      return others.slice(start, end + 1).map(({ number }) => number);
    }
  }
  return null;
}

function isSame(sum: number, whole: number): boolean {
  return Math.abs(sum - whole) <= SAME * whole;
}
