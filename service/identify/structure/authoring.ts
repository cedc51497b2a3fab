import { median } from './densities.ts';
import type { Piece } from './piece.ts';

/** One series is authored in one manner: as playlists or as bare streams, in pictures of one size, with as many tracks. */
const OTHER_MANNER = -3;
const OTHER_TRACKS = -1;

/** How well the tracks, pictures and chapters of titles go together as those of one series, as a logarithm. */
export function authoringAgrees(set: readonly Piece[]): number {
  const differ = (of: (piece: Piece) => boolean | number | null) =>
    new Set(set.map(of).filter((value) => value !== null)).size > 1;
  return (
    chaptersAgree(set) +
    (differ(({ bare }) => bare) ? OTHER_MANNER : 0) +
    (differ(({ height }) => height) ? OTHER_MANNER : 0) +
    (differ(({ audioTracks }) => audioTracks) ? OTHER_TRACKS : 0)
  );
}

/** Episodes are cut into chapters by one template more often than not. */
function chaptersAgree(set: readonly Piece[]): number {
  const counts = set.flatMap(({ chapters }) => chapters ?? []);
  if (counts.length < 2) return 0;
  const usual = median(counts);
  const agreeing = counts.filter((count) => Math.abs(count - usual) <= 1).length;
  return agreeing >= 0.8 * counts.length ? 0.5 : agreeing <= counts.length / 2 ? -0.7 : 0;
}
