/** Somebody who describes a disc names a wrong episode, or another order's, this often. */
const MISTAKEN = 0.06;
/** More than this is never made of it, however many episodes there are. */
const MOST = 4;

/**
 * What it says of an episode (logarithm) that TheDiscDB names it, or another one, for this title of exactly this
 * disc: evidence, not truth, for its numbers may be those of another order.
 */
export function describedLogRatio(isNamed: boolean, candidates: number): number {
  const chance = 1 / Math.max(2, candidates);
  const probability = isNamed ? 1 - MISTAKEN : MISTAKEN * chance;
  return Math.max(-MOST, Math.min(MOST, Math.log(probability / chance)));
}
