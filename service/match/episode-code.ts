/** "S01E04", "S01E01-E03" for a run of episodes, "S01E01-E04-E07" for others. */
export function episodeCode(season: number | null, episodes: readonly number[]): string {
  const [first = 0] = episodes;
  const isRun = episodes.every((episode, index) => episode === first + index);
  const named = isRun && episodes.length > 1 ? [first, first + episodes.length - 1] : episodes;
  return `S${two(season ?? 0)}${named.map((episode) => `E${two(episode)}`).join('-')}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
