import type { AlignedPart, Alignment } from './alignment.ts';
import { type Comparison, compare, nowhere } from './compare.ts';
import type { VectorKind } from './references.ts';
import { readingBetween, readingSpan } from './title-vector.ts';

/** Long enough that a piece is certain by itself, short enough that most pieces of a title have no cut. */
const PIECE_SECONDS = 480;
/** What a piece of a wrong reference often reaches counts nothing. */
const PIECE_NOISE = 3;
/** A piece that reaches less lies anywhere. */
const PLACED = { starts: 10, voice: 8 } as const;
/** Parts that lie together closer than this have no cut between them. */
const SAME_OFFSET_SECONDS = 0.5;

/**
 * Wrong references: sum of pieces ÷ √pieces is about `each` × √pieces + `more`, against `whole` for titles as a whole
 * (generated seasons of 22 and 43 minutes, `test/match-lab`). Both spread alike, so that the difference suffices to
 * make the two comparable.
 */
const NULL: Record<VectorKind, { each: number; more: number; whole: number }> = {
  starts: { each: 2.88, more: 1.07, whole: 6.45 },
  voice: { each: 1.51, more: 0.33, whole: 5.2 },
};

interface Piece extends AlignedPart {
  readonly z: number;
}

/**
 * The alignment of the references when every eight minutes of the title may lie elsewhere, as after cuts: the sum of
 * what the pieces have above the noise, ÷ √pieces, on the scale of z. One speed holds for all pieces.
 */
export function comparePieces(comparison: Comparison): Alignment[] {
  const stretches = stretchesOf(comparison);
  const { each, more, whole } = NULL[comparison.title.kind];
  const root = Math.sqrt(stretches.length);
  const best = comparison.references.bins.map(() => nowhere);
  for (const speed of comparison.speeds) {
    const rows = stretches.map(({ from, to }) => {
      const title = readingBetween(comparison.title, from, to);
      return compare({ ...comparison, title, speeds: [speed] });
    });
    for (const index of best.keys()) {
      const pieces = stretches.map((stretch, row) => ({
        ...stretch,
        ...(rows[row]?.[index] ?? nowhere),
      }));
      const sum = pieces.reduce((total, { z }) => total + Math.max(0, z - PIECE_NOISE), 0);
      const z = Math.max(0, sum / root - each * root - more + whole);
      if (z <= (best[index]?.z ?? 0)) continue;
      best[index] = { z, speed, ...placed(pieces, PLACED[comparison.title.kind]) };
    }
  }
  return best;
}

function stretchesOf({ title }: Comparison): { from: number; to: number }[] {
  const { from, to } = readingSpan(title);
  const count = Math.max(1, Math.round((to - from) / PIECE_SECONDS));
  const length = (to - from) / count;
  return Array.from({ length: count }, (_, index) => ({
    from: from + index * length,
    // A start at the very end belongs to the last piece.
    to: from + (index + 1) * length + (index === count - 1 ? 1 : 0),
  }));
}

function placed(pieces: readonly Piece[], least: number): Pick<Alignment, 'offset' | 'parts'> {
  const parts = joinParts(pieces.filter(({ z }) => z >= least));
  const [longest] = parts.toSorted((a, b) => b.to - b.from - (a.to - a.from));
  const [highest] = pieces.toSorted((a, b) => b.z - a.z);
  return { offset: (longest ?? highest)?.offset ?? 0, ...(parts.length > 1 && { parts }) };
}

function joinParts(pieces: readonly Piece[]): AlignedPart[] {
  const parts: AlignedPart[] = [];
  for (const { from, to, offset } of pieces) {
    const last = parts.at(-1);
    if (last && Math.abs(last.offset - offset) < SAME_OFFSET_SECONDS)
      parts[parts.length - 1] = { ...last, to };
    else parts.push({ from, to, offset });
  }
  return parts;
}
