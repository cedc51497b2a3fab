import { logDensity } from './densities.ts';
import type { Piece } from './piece.ts';

/*
 * Bytes a second that are usual on each medium: what sells a disc is given all the room there is, and what comes with
 * it is encoded poorer or was made for smaller pictures. Rounded from what the formats allow and what discs carry.
 */

/** Titles with pictures of one size: their share, and their bytes a second. */
interface Pictures {
  height: 'sd' | 'hd' | 'uhd';
  share: number;
  median: number;
  spread: number;
}

type Kinds = Record<'film' | 'episode' | 'extra', readonly Pictures[]>;

/** A film has its DVD for itself, episodes share it. */
const dvd: Kinds = {
  film: [{ height: 'sd', share: 1, median: 0.88e6, spread: 0.25 }],
  episode: [{ height: 'sd', share: 1, median: 0.72e6, spread: 0.25 }],
  extra: [{ height: 'sd', share: 1, median: 0.65e6, spread: 0.25 }],
};
const bluray: Kinds = {
  film: [
    { height: 'hd', share: 0.66, median: 4e6, spread: 0.35 },
    { height: 'uhd', share: 0.28, median: 9e6, spread: 0.35 },
    { height: 'sd', share: 0.06, median: 0.9e6, spread: 0.45 },
  ],
  episode: [
    { height: 'hd', share: 0.8, median: 3.6e6, spread: 0.35 },
    { height: 'uhd', share: 0.1, median: 8e6, spread: 0.35 },
    { height: 'sd', share: 0.1, median: 0.9e6, spread: 0.45 },
  ],
  extra: [
    { height: 'hd', share: 0.57, median: 2e6, spread: 0.6 },
    { height: 'sd', share: 0.4, median: 0.85e6, spread: 0.45 },
    { height: 'uhd', share: 0.03, median: 6e6, spread: 0.5 },
  ],
};

/** Discs are made carelessly, too: a bit rate alone never says more than this. */
const LEAST = -2.5;
const MOST = 3;

/** How much more the bit rate of a title is that of a feature than that of an extra, as a logarithm. */
export function rateLooksLike(expected: 'film' | 'episode', piece: Piece): number {
  const { rate, height, medium } = piece;
  if (rate === null || medium === null) return 0;
  const kinds = medium === 'dvd' ? dvd : bluray;
  const size = height === null ? null : sizeOf(height);
  const density = (all: readonly Pictures[]) =>
    logDensity(size === null ? all : all.filter((pictures) => pictures.height === size), rate);
  const ratio = density(kinds[expected]) - density(kinds.extra);
  return Math.max(LEAST, Math.min(MOST, ratio));
}

function sizeOf(height: number): Pictures['height'] {
  if (height <= 576) return 'sd';
  return height <= 1080 ? 'hd' : 'uhd';
}
