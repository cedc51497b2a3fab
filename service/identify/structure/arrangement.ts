import type { Piece } from './piece.ts';

/** Titles made together are numbered together, more often than not. */
const TOGETHER = 0.6;

/**
 * How likely it is that just these of all titles, the biggest first, were made as one set, as a logarithm: of many
 * titles some look like episodes by chance, and the more ways there are to choose them, the less that says, unless
 * they follow one another. The biggest of all stands out by itself and needs no choice.
 */
export function arrangementFits(chosen: readonly Piece[], all: readonly Piece[]): number {
  const [biggest] = all;
  const isGiven = biggest !== undefined && chosen.includes(biggest);
  const [count, total] = [chosen.length, all.length];
  const scattered = isGiven ? -logWays(total - 1, count - 1) : -logWays(total, count);
  if (!followOneAnother(chosen, all)) return Math.log(1 - TOGETHER) + scattered;
  const places = isGiven ? Math.min(count, total - count + 1) : total - count + 1;
  return Math.log(TOGETHER / places + (1 - TOGETHER) * Math.exp(scattered));
}

function followOneAnother(chosen: readonly Piece[], all: readonly Piece[]): boolean {
  let [first, last] = [Number.POSITIVE_INFINITY, 0];
  for (const { work } of chosen) {
    first = Math.min(first, work.number);
    last = Math.max(last, work.number);
  }
  let between = 0;
  for (const { work } of all) if (work.number >= first && work.number <= last) between += 1;
  return between === chosen.length;
}

/** Logarithm of the number of ways to choose so many of all. */
function logWays(total: number, count: number): number {
  let log = 0;
  for (let i = 1; i <= Math.min(count, total - count); i += 1) log += Math.log((total - i + 1) / i);
  return log;
}
