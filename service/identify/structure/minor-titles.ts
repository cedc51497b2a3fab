import { arrangementFits } from './arrangement.ts';
import { logBell, median } from './densities.ts';
import type { EpisodeSet } from './episode-sets.ts';
import { type Expected, lengthFits, lengthsAgree, ratesFit } from './likelihood.ts';
import type { Piece } from './piece.ts';

/** Among extras, too, there are titles made as a set, the rarer the more they are. */
const SET_OF_EXTRAS = 0.15;
const ONE_MORE_EXTRA = 0.5;

/** A set with what it gains when it is taken for titles made together, against titles made apart. */
export interface GainfulSet extends EpisodeSet {
  gain: Record<'extra' | 'programme', number>;
}

export function gainful(set: EpisodeSet, all: readonly Piece[]): GainfulSet {
  const [, ...more] = set.pieces;
  const rarity = Math.log(SET_OF_EXTRAS) + (set.pieces.length - 2) * Math.log(ONE_MORE_EXTRA);
  const choice = set.played ? 0 : arrangementFits(set.pieces, all);
  const gain = (expected: Expected) =>
    lengthsAgree(set.pieces) + rarity + choice - lengthsFit(expected, more);
  return { ...set, gain: { extra: gain('extra'), programme: gain('programme') } };
}

/** How likely minor titles are, with or without a set among them; `first` may belong to it, but is counted elsewhere. */
export function minor(
  pieces: readonly Piece[],
  { sets }: { sets: readonly GainfulSet[] },
  expected: 'extra' | 'programme',
  rate: number | null,
  first?: Piece,
): number {
  const allowed = new Set(first ? [first, ...pieces] : pieces);
  let gain = 0;
  for (const set of sets)
    if (set.gain[expected] > gain && set.pieces.length > 1)
      if (set.pieces.every((piece) => allowed.has(piece))) gain = set.gain[expected];
  const apart = lengthsFit(expected, pieces);
  const together = Math.max(apart + gain, familyFits(expected, pieces));
  return together + ratesFit(pieces, rate);
}

function lengthsFit(expected: Expected, pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + lengthFits(expected, piece), 0);
}

/** Some discs have extras of all lengths, others have nothing but trailers or nothing but documentaries. */
const FAMILY = 0.3;
const familyLengths = [0.35, 0.6];

/** How likely the lengths of minor titles are if one person made them all in one manner. */
function familyFits(expected: Expected, pieces: readonly Piece[]): number {
  if (pieces.length < 3) return Number.NEGATIVE_INFINITY;
  const usual = median(pieces.map(({ duration }) => duration));
  const free = (pieces.length - 1) / pieces.length;
  const apart = pieces.reduce((sum, { duration }) => sum + Math.log(duration / usual) ** 2, 0);
  return (
    Math.log(FAMILY / familyLengths.length) +
    lengthFits(expected, { durations: [usual] }) +
    free *
      Math.max(
        ...familyLengths.map(
          (spread) => pieces.length * logBell(1, spread) - apart / (2 * spread * spread),
        ),
      )
  );
}
