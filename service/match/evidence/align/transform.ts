import FFT from 'fft.js';

/** Numbers as real and imaginary parts in turn. */
export type Complex = Float64Array;

const plans = new Map<number, { transform: FFT; input: Complex }>();

function planOf(length: number) {
  const plan = plans.get(length) ?? {
    transform: new FFT(length),
    input: new Float64Array(2 * length),
  };
  plans.set(length, plan);
  return plan;
}

/** A length for which nothing within `lag` bins wraps around; the package takes powers of two. */
export function transformLength(longest: number, lag: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(2, longest + lag)));
}

/**
 * The spectrum of one real vector, or of two at once: as both are real, the second rides as the imaginary part of the
 * first, and comes out of a correlation as its imaginary part again.
 */
export function spectrumOf(length: number, first: Float64Array, second?: Float64Array): Complex {
  const { transform, input } = planOf(length);
  input.fill(0);
  for (const [index, value] of first.entries()) input[2 * index] = value;
  for (const [index, value] of (second ?? []).entries()) input[2 * index + 1] = value;
  const spectrum = new Float64Array(2 * length);
  transform.transform(spectrum, input);
  return spectrum;
}

/**
 * Correlation of one or two references (spectrum of a pair) with a title at every lag: a value at lag l is that of
 * the reference's bin n + l against the title's bin n. Negative lags are at the end. The result holds until `into` is
 * used again.
 */
export function correlate(references: Float32Array, title: Complex, into: Complex): void {
  const { transform, input } = planOf(into.length / 2);
  for (let at = 0; at < into.length; at += 2) {
    const [a = 0, b = 0] = [references[at], references[at + 1]];
    const [c = 0, d = 0] = [title[at], title[at + 1]];
    input[at] = a * c + b * d;
    input[at + 1] = b * c - a * d;
  }
  transform.inverseTransform(into, input);
}
