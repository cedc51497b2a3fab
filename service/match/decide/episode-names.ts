import type { EpisodeKey } from '../episode-key.ts';

/** "E04", "E04-E05", "E01+E03"; with the season ("S02E04") when there are several. */
export function episodeNames(keys: readonly EpisodeKey[], withSeason: boolean): string {
  const [first] = keys;
  const last = keys.at(-1);
  if (!first || !last) return 'no episode';
  const season = withSeason ? `S${padded(first.season)}` : '';
  const isRun = keys.every(
    ({ season: one, episode }, index) => one === first.season && episode === first.episode + index,
  );
  if (keys.length > 1 && isRun)
    return `${season}E${padded(first.episode)}-E${padded(last.episode)}`;
  return keys
    .map((key) => `${withSeason ? `S${padded(key.season)}` : ''}E${padded(key.episode)}`)
    .join('+');
}

function padded(number: number): string {
  return String(number).padStart(2, '0');
}
