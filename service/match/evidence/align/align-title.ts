import type { Alignment } from './alignment.ts';
import { type Comparison, compare, nowhere } from './compare.ts';
import { comparePieces } from './pieces.ts';
import type { VectorKind } from './references.ts';

/** What no wrong reference of a season reaches (generated seasons: at most 10.4 and 8.2). */
export const SURE_Z: Record<VectorKind, number> = { starts: 14, voice: 11 };
/** Below it there is nothing that pieces could bring out. */
const HOPELESS_Z: Record<VectorKind, number> = { starts: 7, voice: 6 };
/** So many of the best references are looked at in pieces, */
const LOOKED_AT = 4;
/** and at all speeds when one of them is sure. */
const PROMISING = 2;

interface TitleComparison extends Omit<Comparison, 'speeds'> {
  /** Speeds that other titles of the disc had: when they make it sure, others are tried on the best alone. */
  readonly likely: readonly number[];
  readonly otherwise: readonly number[];
}

/** A title against all references: likely speeds, then all others, then in pieces, until one stands out. */
export function alignTitle(comparison: TitleComparison): Alignment[] {
  const { likely, otherwise, title } = comparison;
  const first = compare({ ...comparison, speeds: likely });
  const isSure = likely.length > 0 && highest(first) >= SURE_Z[title.kind];
  // A speed that is off by a thousandth stands out, too, but not as high as the right one.
  const promising = isSure ? { only: new Set(best(first).slice(0, PROMISING)) } : {};
  const rest = compare({ ...comparison, speeds: otherwise, ...promising });
  const whole = higherOf(first, rest);
  const top = highest(whole);
  if (top >= SURE_Z[title.kind]) return withParts(comparison, whole);
  if (top < HOPELESS_Z[title.kind]) return whole;
  const only = new Set(best(whole).slice(0, LOOKED_AT));
  const speeds = [...likely, ...otherwise];
  const pieces = comparePieces({ ...comparison, speeds, only });
  return higherOf(
    whole,
    pieces.map((piece, index) => (only.has(index) ? piece : nowhere)),
  );
}

/** The best reference's offsets when the title has cuts, for whoever compares line by line. */
function withParts(comparison: TitleComparison, whole: readonly Alignment[]): Alignment[] {
  const [first = -1] = best(whole);
  const only = new Set([first]);
  const speeds = [whole[first]?.speed ?? 1];
  const { parts } = comparePieces({ ...comparison, speeds, only })[first] ?? nowhere;
  return whole.map((alignment, index) =>
    index === first && parts ? { ...alignment, parts } : alignment,
  );
}

function best(alignments: readonly Alignment[]): number[] {
  const z = (index: number) => alignments[index]?.z ?? 0;
  return [...alignments.keys()].sort((a, b) => z(b) - z(a));
}

function highest(alignments: readonly Alignment[]): number {
  return alignments.reduce((most, { z }) => Math.max(most, z), 0);
}

function higherOf(some: readonly Alignment[], others: readonly Alignment[]): Alignment[] {
  return some.map((alignment, index) => {
    const other = others[index] ?? nowhere;
    return other.z > alignment.z ? other : alignment;
  });
}
