/** A bell over the logarithm of a size or length: median, spread as a factor's logarithm, share of the whole. */
export interface Bell {
  share: number;
  median: number;
  spread: number;
}

const ROOT_OF_TAU = Math.sqrt(2 * Math.PI);
/** Whatever is less likely is as unlikely as that. */
const LEAST = 1e-300;

/** The logarithm of the density of a mixture of bells at a value, per unit of the value's logarithm. */
export function logDensity(bells: readonly Bell[], value: number): number {
  let density = 0;
  const log = Math.log(value);
  for (const bell of bells) {
    const z = (log - Math.log(bell.median)) / bell.spread;
    density += (bell.share * Math.exp(-0.5 * z * z)) / bell.spread;
  }
  return Math.log(Math.max(LEAST, density / ROOT_OF_TAU));
}

/** Log density of a ratio that is typically 1. */
export function logBell(ratio: number, spread: number): number {
  const z = Math.log(ratio) / spread;
  return -0.5 * z * z - Math.log(spread * ROOT_OF_TAU);
}

/** ln(e^a + e^b + …), without leaving the range of numbers. */
export function logSum(logs: readonly number[]): number {
  const most = Math.max(...logs);
  if (!Number.isFinite(most)) return most;
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
