/** An episode that somebody knows to exist, from the name of a file about it. */
export interface KnownEpisode {
  episode: number;
  name: string | null;
}

/** What is known of a season, in order; empty when nothing is. */
export type KnownEpisodes = (show: string, season: number) => readonly KnownEpisode[];

/** What the known episodes say about those that a disc is thought to hold; null without any. */
export function knownEpisodesSay(
  known: readonly KnownEpisode[],
  season: number,
  episodes: readonly number[],
): string | null {
  if (known.length === 0) return null;
  const listed = `The references list ${known.length} episodes of season ${season}`;
  const missing = episodes.filter((number) => !known.some(({ episode }) => episode === number));
  return missing.length === 0
    ? `${listed}, these among them`
    : `${listed}, but not episode ${missing.join(', ')}`;
}
