import { withoutMean } from './references.ts';
import { BINS_PER_SECOND, onsetVector, voiceVector } from './vectors.ts';

/** What was read of a title: subtitle starts (seconds), or voice features, ten a second. */
export type TitleReading =
  | { readonly kind: 'starts'; readonly starts: readonly number[] }
  | {
      readonly kind: 'voice';
      readonly features: Float32Array;
      /** Seconds of the title where the features begin. */
      readonly from: number;
    };

/** Seconds of the title that the reading covers. */
export function readingSpan(title: TitleReading): { from: number; to: number } {
  if (title.kind === 'voice')
    return { from: title.from, to: title.from + title.features.length / BINS_PER_SECOND };
  const [first = 0] = title.starts;
  return { from: first, to: title.starts.at(-1) ?? first };
}

/** The title as it would be at the references' speed. */
export interface TitleVector {
  readonly values: Float64Array;
  /** Bins that the reading covers. */
  readonly bins: number;
}

export function titleVector(title: TitleReading, speed: number): TitleVector {
  const { from, to } = readingSpan(title);
  const first = Math.max(0, Math.floor((from / speed) * BINS_PER_SECOND));
  const length = Math.max(first + 1, Math.ceil((to / speed) * BINS_PER_SECOND) + 1);
  const values =
    title.kind === 'starts'
      ? onsetVector(title.starts, speed, length)
      : voiceVector(title.features, { from: title.from, speed, length });
  return { values: withoutMean(values, first), bins: length - first };
}

/** A stretch of a reading, at its place in the title. */
export function readingBetween(title: TitleReading, from: number, to: number): TitleReading {
  if (title.kind === 'starts')
    return { kind: 'starts', starts: title.starts.filter((time) => time >= from && time < to) };
  const first = Math.max(0, Math.round((from - title.from) * BINS_PER_SECOND));
  const end = Math.max(first, Math.round((to - title.from) * BINS_PER_SECOND));
  const features = title.features.subarray(first, end);
  return { kind: 'voice', features, from: title.from + first / BINS_PER_SECOND };
}
