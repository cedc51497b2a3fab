import type { Alignment } from './alignment.ts';
import { highestPeak } from './peak.ts';
import { type PreparedReferences, pairSpectrum } from './references.ts';
import { type TitleReading, titleVector } from './title-vector.ts';
import { correlate, spectrumOf } from './transform.ts';
import { BINS_PER_SECOND } from './vectors.ts';

export interface Comparison {
  readonly title: TitleReading;
  readonly references: PreparedReferences;
  readonly speeds: readonly number[];
  /** Seconds by which a title may begin earlier or later than its reference; infinite: anywhere. */
  readonly maxOffset: number;
  /** Asked between references; it throws to end the comparison. */
  readonly goOn: () => void;
  /** Indexes of the references that are asked for; all of them when absent. */
  readonly only?: ReadonlySet<number>;
}

export const nowhere: Alignment = { z: 0, offset: 0, speed: 1 };

/** The best alignment of a title with each reference, over all speeds. */
export function compare(comparison: Comparison): Alignment[] {
  const { references, speeds, title } = comparison;
  const best: Alignment[] = references.bins.map(() => nowhere);
  const into = new Float64Array(2 * references.length);
  for (const speed of speeds) {
    const { values, bins } = titleVector(title, speed);
    const spectrum = spectrumOf(references.length, values);
    for (let pair = 0; 2 * pair < best.length; pair++) {
      if (!isWanted(pair, comparison.only)) continue;
      comparison.goOn();
      correlate(pairSpectrum(references, pair), spectrum, into);
      for (const part of [0, 1] as const) {
        const index = 2 * pair + part;
        const longer = Math.max(bins, references.bins[index] ?? 0);
        const range = lagRange(comparison, speed, longer);
        if (!references.bins[index]) continue;
        const { z, lag } = highestPeak(into, { part, ...range, longer });
        if (z > (best[index] ?? nowhere).z)
          best[index] = { z, speed, offset: (-lag * speed) / BINS_PER_SECOND };
      }
    }
  }
  return best;
}

function isWanted(pair: number, only: ReadonlySet<number> | undefined): boolean {
  return only === undefined || only.has(2 * pair) || only.has(2 * pair + 1);
}

function lagRange({ maxOffset, references }: Comparison, speed: number, longer: number) {
  const lag = Math.min((maxOffset * BINS_PER_SECOND) / speed, longer, references.length / 2 - 1);
  return { from: -Math.floor(lag), to: Math.floor(lag) };
}
