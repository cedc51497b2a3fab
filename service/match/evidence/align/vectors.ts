import type { TimedCue } from './alignment.ts';

/** Everything is compared in steps of a tenth of a second. */
export const BINS_PER_SECOND = 10;

/** Subtitles of two makers begin within a quarter of a second of each other. */
const ONSET_WIDTH_BINS = 0.25 * BINS_PER_SECOND;

/** Starts (seconds, divided by the speed) as triangles a quarter of a second wide on either side. */
export function onsetVector(starts: Iterable<number>, speed: number, length: number): Float64Array {
  const vector = new Float64Array(length);
  for (const start of starts) {
    const at = (start / speed) * BINS_PER_SECOND;
    const from = Math.max(0, Math.ceil(at - ONSET_WIDTH_BINS));
    const to = Math.min(length - 1, Math.floor(at + ONSET_WIDTH_BINS));
    for (let bin = from; bin <= to; bin++)
      vector[bin] = (vector[bin] ?? 0) + 1 - Math.abs(bin - at) / ONSET_WIDTH_BINS;
  }
  return vector;
}

/** One wherever a cue is shown. */
export function occupancyVector(cues: readonly TimedCue[], length: number): Float64Array {
  const vector = new Float64Array(length);
  for (const { start, end } of cues) {
    const from = Math.max(0, Math.round(start * BINS_PER_SECOND));
    vector.fill(1, from, Math.max(from, Math.round(end * BINS_PER_SECOND)));
  }
  return vector;
}

/** Ten features a second, of which the first is at `from` seconds, played faster or slower. */
export function voiceVector(
  features: Float32Array,
  { from, speed, length }: { from: number; speed: number; length: number },
): Float64Array {
  const vector = new Float64Array(length);
  const first = (from / speed) * BINS_PER_SECOND;
  const end = Math.min(length, Math.floor(first + (features.length - 1) / speed));
  for (let bin = Math.max(0, Math.ceil(first)); bin <= end; bin++) {
    const at = (bin - first) * speed;
    const before = Math.floor(at);
    const share = at - before;
    const low = features[before] ?? 0;
    vector[bin] = low + share * ((features[before + 1] ?? low) - low);
  }
  return vector;
}
