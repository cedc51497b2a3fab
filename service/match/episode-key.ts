/** An episode of the show at hand, in the order of the database; season 0 holds the specials. */
export interface EpisodeKey {
  readonly season: number;
  readonly episode: number;
}

/** An episode as the key of a map. */
export function keyOf({ season, episode }: EpisodeKey): string {
  return `${season}/${episode}`;
}
