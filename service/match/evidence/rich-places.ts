import type { Cue } from '../references/reference.ts';
import type { Place } from './text/read-packets.ts';

/** A reference as it lies in the title; null is as if both began together. */
export interface LaidReference {
  readonly cues: readonly Cue[];
  /** Title time = reference time * speed + offset. */
  readonly alignment: { readonly offset: number; readonly speed: number } | null;
}

interface PlaceOptions {
  readonly count: number;
  readonly seconds: number;
}

/** Share of a title at each end that has logos, the opening and the credits. */
const EDGE = 0.04;
/** As the voice features have it. */
const FEATURES_A_SECOND = 10;

/** How much is said in each second of a title of this length, by references that may be its own. */
export function dialogueByCues(
  references: readonly LaidReference[],
  duration: number,
): Float32Array {
  const said = new Float32Array(Math.max(0, Math.floor(duration)));
  for (const { cues, alignment } of references) {
    const { offset, speed } = alignment ?? { offset: 0, speed: 1 };
    for (const { start, end, text } of cues) {
      const [from, to] = [start * speed + offset, end * speed + offset];
      const seconds = Math.max(1, Math.ceil(to) - Math.floor(from));
      const last = Math.min(said.length, Math.floor(from) + seconds);
      for (let second = Math.max(0, Math.floor(from)); second < last; second++)
        said[second] = (said[second] ?? 0) + text.length / seconds;
    }
  }
  return said;
}

/** The same by what sounds like a voice: features of a tenth of a second each. */
export function dialogueByVoice(features: Float32Array): Float32Array {
  const seconds = Math.floor(features.length / FEATURES_A_SECOND);
  return Float32Array.from({ length: seconds }, (_, second) =>
    features
      .subarray(second * FEATURES_A_SECOND, (second + 1) * FEATURES_A_SECOND)
      .reduce((sum, feature) => sum + feature, 0),
  );
}

/**
 * Where most is said, one place in each of `count` equal parts of the title: places beside each other would share
 * their luck. `said` is per second; where it is all the same, the middle of each part. In the order of the title.
 */
export function richPlaces(said: Float32Array, { count, seconds }: PlaceOptions): Place[] {
  const edge = said.length * EDGE;
  const part = (said.length - 2 * edge) / count;
  const length = Math.max(1, Math.floor(Math.min(seconds, part)));
  if (said.length < length) return [];
  return Array.from({ length: count }, (_, index) => {
    const from = Math.ceil(edge + index * part);
    const last = Math.max(from, Math.floor(edge + (index + 1) * part) - length);
    const start = richest(said, { from, last, length });
    return { start, seconds: length };
  });
}

function richest(
  said: Float32Array,
  { from, last, length }: { from: number; last: number; length: number },
): number {
  const sumAt = (start: number) =>
    said.subarray(start, start + length).reduce((sum, second) => sum + second, 0);
  let best = Math.floor((from + last) / 2);
  let most = sumAt(best);
  for (let start = from; start <= last; start++) {
    const sum = sumAt(start);
    if (sum > most) [best, most] = [start, sum];
  }
  return best;
}
