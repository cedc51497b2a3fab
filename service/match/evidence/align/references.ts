import type { TimedCue } from './alignment.ts';
import { spectrumOf } from './transform.ts';
import { BINS_PER_SECOND, occupancyVector, onsetVector } from './vectors.ts';

/** `starts`: when subtitles begin. `voice`: while they are shown, as somebody speaks then. */
export type VectorKind = 'starts' | 'voice';

/** All references' spectra at one length of transform, shared between threads. */
export interface PreparedReferences {
  /** Single precision, two references each, one after the other. */
  readonly spectra: SharedArrayBuffer;
  readonly length: number;
  /** Bins of every reference; 0 for one without cues, which aligns with nothing. */
  readonly bins: readonly number[];
}

/** A reference ends with its last cue. */
export function binsOf(cues: readonly TimedCue[]): number {
  const end = cues.reduce((latest, cue) => Math.max(latest, cue.end), 0);
  return Math.ceil(end * BINS_PER_SECOND);
}

export function prepareReferences(
  references: readonly (readonly TimedCue[])[],
  kind: VectorKind,
  length: number,
): PreparedReferences {
  const pairs = Math.ceil(references.length / 2);
  const spectra = new SharedArrayBuffer(pairs * 2 * length * Float32Array.BYTES_PER_ELEMENT);
  const bins = references.map((cues) => Math.min(length, binsOf(cues)));
  const vectors = references.map((cues, index) => vectorOf(cues, kind, bins[index] ?? 0));
  for (let pair = 0; pair < pairs; pair++) {
    const [first = new Float64Array(), second] = vectors.slice(2 * pair, 2 * pair + 2);
    pairSpectrum({ spectra, length }, pair).set(spectrumOf(length, first, second));
  }
  return { spectra, length, bins };
}

export function pairSpectrum(
  { spectra, length }: Pick<PreparedReferences, 'spectra' | 'length'>,
  pair: number,
): Float32Array {
  const bytes = 2 * length * Float32Array.BYTES_PER_ELEMENT;
  return new Float32Array(spectra, pair * bytes, 2 * length);
}

function vectorOf(cues: readonly TimedCue[], kind: VectorKind, bins: number): Float64Array {
  if (kind === 'voice') return withoutMean(occupancyVector(cues, bins));
  return withoutMean(
    onsetVector(
      cues.map(({ start }) => start),
      1,
      bins,
    ),
  );
}

/** Else everything would correlate by its mere length. */
export function withoutMean(vector: Float64Array, from = 0): Float64Array {
  const part = vector.subarray(from);
  const mean = part.reduce((sum, value) => sum + value, 0) / Math.max(1, part.length);
  for (const [index, value] of part.entries()) part[index] = value - mean;
  return vector;
}
