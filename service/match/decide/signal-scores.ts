import type { Background } from './background.ts';
import type { Signal, SignalReading } from './decide-input.ts';
import { median } from './median.ts';

/** What is known of a signal before a disc is seen, from generated seasons (see `npm run bench:match`). */
export interface SignalPrior {
  readonly wrong: Background;
  /** Scores of true references: mean and standard deviation. */
  readonly right: { readonly mean: number; readonly deviation: number };
}

/**
 * Of the right one when a quarter to a half of the words differ; others were edited, or misheard. Wrong ones were
 * measured on generated seasons: three minutes of subtitles have a scale of 0.05 and half a minute of speech one of
 * 0.1, whatever share of the words is wrong. People repeat themselves more than those do.
 */
const right = { mean: 1.8, deviation: 0.8 };

export const signalPriors: Record<Signal, SignalPrior> = {
  'subtitle-times': { wrong: { mu: 6.5, beta: 0.47 }, right: { mean: 40, deviation: 18 } },
  voice: { wrong: { mu: 5.2, beta: 0.53 }, right: { mean: 18, deviation: 7 } },
  text: { wrong: { mu: 0, beta: 0.08 }, right },
  speech: { wrong: { mu: 0, beta: 0.15 }, right },
};

/**
 * The scores of a title on a scale that is the same for all titles: z as it is, sums of words as the logarithm of
 * their ratio to the median of the other references, for a longer text scores higher everywhere.
 */
export function comparableScores(
  { signal, scores }: SignalReading,
  labels: readonly string[],
): (number | null)[] {
  if (signal === 'subtitle-times' || signal === 'voice') return [...scores];
  let best = -1;
  for (const [index, score] of scores.entries())
    if (score !== null && score > (scores[best] ?? Number.NEGATIVE_INFINITY)) best = index;
  const others = scores.filter(
    (score, index): score is number => score !== null && labels[index] !== labels[best],
  );
  if (others.length === 0) return scores.map(() => null);
  const usual = Math.log(1 + Math.max(0, median(others)));
  return scores.map((score) => (score === null ? null : Math.log(1 + Math.max(0, score)) - usual));
}
