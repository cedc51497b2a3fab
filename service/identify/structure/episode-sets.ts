import type { Piece } from './piece.ts';
import { type DiscWorks, titleNumbers } from './works.ts';

/** Titles that may be the episodes of one series. */
export interface EpisodeSet {
  pieces: readonly Piece[];
  /** A title plays exactly these one after another. */
  played: boolean;
}

/** How far lengths and bit rates of one set may be apart, as factors: cut to the second, usual, loose. */
const tolerances = [
  { length: 1.06, rate: 1.15 },
  { length: 1.18, rate: 1.35 },
  { length: 1.45, rate: 1.6 },
];
/** More would only be tried for discs of trailers. */
const MOST_SEEDS = 16;

/** Every set of titles that may be the episodes: what a play-all plays, and titles that are alike. */
export function episodeSets(
  pieces: readonly Piece[],
  playAlls: DiscWorks['playAlls'],
): EpisodeSet[] {
  const sets = new Map<string, EpisodeSet>();
  const add = (members: readonly Piece[], played: boolean) => {
    const key = members.map(({ work }) => work.number).join(' ');
    if (members.length > 0 && !sets.has(key)) sets.set(key, { pieces: members, played });
  };
  for (const { members } of playAlls) {
    const played = new Set(members);
    add(
      pieces.filter(({ work }) => titleNumbers(work).some((number) => played.has(number))),
      true,
    );
  }
  for (const tolerance of tolerances) {
    const seeded = new Set<Piece>();
    for (const seed of pieces.slice(0, MOST_SEEDS)) {
      if (seeded.has(seed)) continue;
      const alike = pieces.filter((piece) => areAlike(seed, piece, tolerance));
      for (const piece of alike) seeded.add(piece);
      add(alike, false);
    }
  }
  return [...sets.values()];
}

export function areAlike(a: Piece, b: Piece, { length, rate }: { length: number; rate: number }) {
  return (
    within(a.duration, b.duration, length) &&
    (a.rate === null || b.rate === null || within(a.rate, b.rate, rate))
  );
}

function within(a: number, b: number, factor: number): boolean {
  return Math.max(a, b) <= factor * Math.min(a, b);
}
