import { HOP, SAMPLE_RATE } from './energies.ts';

const HOPS_PER_SECOND = SAMPLE_RATE / HOP;
/** Ten features a second. */
const HOPS_PER_FEATURE = HOPS_PER_SECOND / 10;
/** What is loud is told by what is quiet around it. */
const SURROUNDINGS_HOPS = 30 * HOPS_PER_SECOND;
const QUIET_SHARE = 0.2;
/** The quiet changes slowly: it is told once a second. */
const QUIET_EVERY_HOPS = HOPS_PER_SECOND;
/** Syllables follow each other within half a second. */
const MODULATION_HOPS = 0.5 * HOPS_PER_SECOND;
const MOST_LEVEL = 4;
const MOST_MODULATION = 2.5;

/**
 * How much every tenth of a second sounds like speech: half the level above the quiet fifth of the 30 seconds around
 * (0 to 4, natural logarithm of energy), and how much it goes up and down within half a second (0 to 2.5). Never
 * thresholded: what is doubtful counts by half.
 */
export function voiceFeatures(energies: Float32Array): Float32Array {
  const quiet = quietLevels(energies);
  const features = new Float32Array(Math.floor(energies.length / HOPS_PER_FEATURE));
  for (const index of features.keys()) {
    const hop = index * HOPS_PER_FEATURE;
    const { mean } = momentsOf(energies, hop, hop + HOPS_PER_FEATURE);
    const background = quiet[Math.floor(hop / QUIET_EVERY_HOPS)] ?? mean;
    const level = Math.min(MOST_LEVEL, Math.max(0, mean - background));
    const middle = hop + HOPS_PER_FEATURE / 2;
    const around = MODULATION_HOPS / 2;
    const { deviation } = momentsOf(
      energies,
      Math.max(0, Math.round(middle - around)),
      Math.min(energies.length, Math.round(middle + around)),
    );
    features[index] = level / 2 + Math.min(MOST_MODULATION, deviation);
  }
  return features;
}

/** The energy that a fifth of the surroundings stays below, for every second. */
function quietLevels(energies: Float32Array): Float32Array {
  const levels = new Float32Array(Math.ceil(energies.length / QUIET_EVERY_HOPS));
  for (const index of levels.keys()) {
    const middle = (index + 0.5) * QUIET_EVERY_HOPS;
    const from = Math.max(0, middle - SURROUNDINGS_HOPS / 2);
    const sorted = energies.slice(from, middle + SURROUNDINGS_HOPS / 2).sort();
    levels[index] = sorted[Math.floor(QUIET_SHARE * sorted.length)] ?? 0;
  }
  return levels;
}

function momentsOf(energies: Float32Array, from: number, to: number) {
  const count = Math.max(1, to - from);
  let sum = 0;
  for (let hop = from; hop < to; hop++) sum += energies[hop] ?? 0;
  const mean = sum / count;
  let squares = 0;
  for (let hop = from; hop < to; hop++) squares += ((energies[hop] ?? 0) - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / count) };
}
