import { median } from './median.ts';

/** How references of other episodes score: a Gumbel distribution, for each score is a maximum over lags and speeds. */
export interface Background {
  /** Location and scale. */
  readonly mu: number;
  readonly beta: number;
}

/** Of the standard Gumbel distribution: its median, and the median distance from it. */
const GUMBEL_MEDIAN = -Math.log(Math.log(2));
const GUMBEL_MAD = 0.76714;
/** The prior counts as much as this many scores. */
const PRIOR_SCORES = 24;
/** A scale that is told by few scores only is taken for wider. */
const FEW_SCORES = 12;
/** A lucky season does not make the tail thinner than this share of what is usual. */
const NARROWEST = 0.8;

/**
 * The background that a season's own scores show: rows are titles, columns are references. The best of every row is
 * left out, for it may be true; median and median distance bear the true ones that remain. (The best of every column
 * would take the upper tail along where a disc has fewer titles than a season has references.) With few scores it
 * stays near the prior, and wider.
 *
 * @param labels which episodes a column stands for: all columns of a row's best label are left out
 */
export function fitBackground(
  rows: readonly (readonly (number | null)[])[],
  labels: readonly string[],
  prior: Background,
): Background {
  const negatives = negativesOf(rows, labels);
  const count = negatives.length;
  const doubt = 1 + FEW_SCORES / (FEW_SCORES + 2 * count);
  if (count < 3) return { mu: prior.mu, beta: prior.beta * doubt };
  const middle = median(negatives);
  const spread = median(negatives.map((score) => Math.abs(score - middle))) / GUMBEL_MAD;
  const beta = pooled(Math.max(spread, prior.beta * NARROWEST), prior.beta) * doubt;
  return { mu: pooled(middle - GUMBEL_MEDIAN * spread, prior.mu), beta };

  function pooled(seen: number, before: number): number {
    return (count * seen + PRIOR_SCORES * before) / (count + PRIOR_SCORES);
  }
}

function negativesOf(rows: readonly (readonly (number | null)[])[], labels: readonly string[]) {
  return rows.flatMap((row) => {
    const best = labels[indexOfHighest(row)];
    return row.filter(
      (score, column): score is number => score !== null && labels[column] !== best,
    );
  });
}

function indexOfHighest(scores: readonly (number | null)[]): number {
  let best = -1;
  for (const [index, score] of scores.entries())
    if (score !== null && score > (scores[best] ?? Number.NEGATIVE_INFINITY)) best = index;
  return best;
}

/** The score that a wrong reference exceeds with this probability, when the best of so many is looked at. */
export function thresholdOf({ mu, beta }: Background, count: number, probability: number): number {
  return mu + beta * Math.log(Math.max(1, count) / probability);
}

/** Logarithm of the density at a score, which below the location is taken for the location's. */
export function logWrong({ mu, beta }: Background, score: number): number {
  const scaled = Math.max(0, (score - mu) / beta);
  return -Math.log(beta) - scaled - Math.exp(-scaled);
}
