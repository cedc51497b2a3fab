/** The value below which a share (0 to 1) of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.floor(share * sorted.length));
  return sorted[index] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** Wall time of some work, milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** One line of the table: a figure, what it is compared with, and whether the goal is reached. */
export interface Row {
  what: string;
  ours: string;
  against: string;
  ratio: number | null;
  goal: string;
  reached: boolean;
  details?: Record<string, number | string>;
}
