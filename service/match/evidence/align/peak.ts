import type { Complex } from './transform.ts';

export interface Peak {
  /** Height in standard deviations, see {@link highestPeak}. */
  readonly z: number;
  /** In bins, between two of them where that fits better. */
  readonly lag: number;
}

/**
 * What the null deviates by is told by the correlation at all lags; what is near the peak belongs to it.
 * "Wide null": with the lags nearby alone, rhythm that all dialogue shares would halve the distance of right to wrong.
 */
const PEAK_BINS = 30;

/**
 * Puts z on the scale of a 43-minute episode (25,800 bins) in a transform of 65,536 bins, for which thresholds are
 * usually told: there wrong references have about 6.4 (subtitles) and 5.2 (voice), right ones 20 to 110.
 */
const USUAL_SCALE = Math.sqrt(65_536 / 25_800);

interface Search {
  /** Which of two references: 0 or 1. */
  part: 0 | 1;
  /** Bins, both included. */
  from: number;
  to: number;
  /** Bins of the longer of title and reference. The null is spread over as many lags. */
  longer: number;
}

/**
 * The highest value of a correlation within a range of lags, ÷ √(Σ c² ÷ bins of the longer one): with this z is the
 * same for short and long titles and any length of the transform.
 */
export function highestPeak(correlation: Complex, { part, from, to, longer }: Search): Peak {
  const length = correlation.length / 2;
  const at = (lag: number) => correlation[2 * ((lag + length) % length) + part] ?? 0;
  let best = from;
  for (let lag = from + 1; lag <= to; lag++) if (at(lag) > at(best)) best = lag;
  let energy = 0;
  for (let index = part; index < correlation.length; index += 2)
    energy += (correlation[index] ?? 0) ** 2;
  for (let lag = best - PEAK_BINS; lag <= best + PEAK_BINS; lag++) energy -= at(lag) ** 2;
  const deviation = Math.sqrt(Math.max(energy, 0) / longer);
  if (!(deviation > 0)) return { z: 0, lag: 0 };
  const z = (USUAL_SCALE * at(best)) / deviation;
  return { z, lag: best + vertex(at(best - 1), at(best), at(best + 1)) };
}

/** Where the parabola through three neighbours has its highest point, from the middle one. */
function vertex(before: number, middle: number, after: number): number {
  const bend = before - 2 * middle + after;
  return bend < 0 ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend))) : 0;
}
