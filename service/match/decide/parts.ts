import type { DiscTitle } from './decide-input.ts';
import type { Ranked } from './rank-titles.ts';

/** A part lasts less than this share of its episode. */
const LONGEST_PART = 0.75;
/** All parts together are as long as the episode, within these shares. */
const TOGETHER = [0.85, 1.2] as const;

/** Titles in a row that are most likely the same episode, each too short and together just as long. */
export function partsOf(
  titles: readonly DiscTitle[],
  ranked: ReadonlyMap<DiscTitle, readonly Ranked[]>,
): Map<DiscTitle, { number: number; of: number }> {
  const parts = new Map<DiscTitle, { number: number; of: number }>();
  for (let from = 0; from < titles.length; ) {
    let to = from + 1;
    while (to < titles.length && unitAt(to) !== null && unitAt(to) === unitAt(from)) to++;
    const run = titles.slice(from, to);
    const runtime = unitAt(from)?.runtime ?? null;
    if (run.length > 1 && runtime !== null && isSplit(run, runtime))
      for (const [index, title] of run.entries())
        parts.set(title, { number: index + 1, of: run.length });
    from = to;
  }
  return parts;

  function unitAt(index: number) {
    const title = titles[index];
    return title ? (ranked.get(title)?.[0]?.unit ?? null) : null;
  }
}

function isSplit(titles: readonly DiscTitle[], runtime: number): boolean {
  const together = titles.reduce((sum, { duration }) => sum + duration, 0) / runtime;
  return (
    titles.every(({ duration }) => duration < LONGEST_PART * runtime) &&
    together > TOGETHER[0] &&
    together < TOGETHER[1]
  );
}
