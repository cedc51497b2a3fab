/** Draws that are the same for the same seed on every machine. */
export interface Random {
  /** In 0..1, 1 excluded. */
  uniform(): number;
  between(low: number, high: number): number;
  normal(): number;
  /** @param sigma standard deviation of the logarithm */
  logNormal(median: number, sigma: number): number;
  chance(probability: number): boolean;
  /** An integer in 0..count − 1. */
  below(count: number): number;
  pick<T>(values: readonly [T, ...T[]]): T;
}

const GOLDEN = 0x9e3779b9;

/** A counter through the finalizer of MurmurHash3 (Appleby): fast enough for millions of draws. */
export function createRandom(seed: string): Random {
  let state = [...seed].reduce((sum, letter) => mix(sum ^ letter.charCodeAt(0)), GOLDEN);
  const uniform = () => {
    state = (state + GOLDEN) | 0;
    return (mix(state) >>> 0) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const below = (count: number) => Math.floor(uniform() * count);
  return {
    uniform,
    normal,
    below,
    between: (low, high) => low + (high - low) * uniform(),
    logNormal: (median, sigma) => median * Math.exp(sigma * normal()),
    chance: (probability) => uniform() < probability,
    pick: (values) => values[below(values.length)] ?? values[0],
  };
}

function mix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
