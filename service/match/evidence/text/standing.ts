import type { ScoredReference } from './text-scorer.ts';

export interface Standing {
  /** Indexes of references; null when nothing scored. */
  readonly best: number | null;
  /** The best one that holds none of the best one's episodes. */
  readonly runnerUp: number | null;
  /** Best score over the runner-up's; Infinity without one, 0 when nothing scored. */
  readonly ratio: number;
}

/** The scores of several snippets of one title as one, in the order of the references. */
export function sumScores(snippets: readonly (readonly number[])[]): number[] {
  const [first = [], ...others] = snippets;
  return first.map((score, index) =>
    others.reduce((sum, scores) => sum + (scores[index] ?? 0), score),
  );
}

/**
 * How clearly one episode is ahead. A cosine or a sum has no height that means "right": how far the next episode is
 * behind does. Two references of the same episode do not compete.
 */
export function standingOf(
  scores: readonly number[],
  references: readonly Pick<ScoredReference, 'season' | 'episodes'>[],
): Standing {
  const best = highest(scores, () => true);
  if (best === null) return { best, runnerUp: null, ratio: 0 };
  const runnerUp = highest(scores, (index) => !overlap(references[best], references[index]));
  const second = runnerUp === null ? 0 : (scores[runnerUp] ?? 0);
  return { best, runnerUp, ratio: (scores[best] ?? 0) / second };
}

function highest(scores: readonly number[], counts: (index: number) => boolean): number | null {
  let best: number | null = null;
  for (const [index, score] of scores.entries())
    if (score > (best === null ? 0 : (scores[best] ?? 0)) && counts(index)) best = index;
  return best;
}

function overlap(
  one: Pick<ScoredReference, 'season' | 'episodes'> | undefined,
  other: Pick<ScoredReference, 'season' | 'episodes'> | undefined,
): boolean {
  if (one === undefined || other === undefined || one.season !== other.season) return false;
  return one.episodes.some((episode) => other.episodes.includes(episode));
}
