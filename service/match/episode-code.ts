import type { Part } from '../contract/title.ts';

/** "S01E04", "S01E01-E03" for a run of episodes, "S01E01-E04-E07" for others, "S01E04 part 1 of 2". */
export function episodeCode(
  season: number | null,
  episodes: readonly number[],
  part?: Part,
): string {
  const [first = 0] = episodes;
  const isRun = episodes.every((episode, index) => episode === first + index);
  const named = isRun && episodes.length > 1 ? [first, first + episodes.length - 1] : episodes;
  const code = `S${two(season ?? 0)}${named.map((episode) => `E${two(episode)}`).join('-')}`;
  return part ? `${code} part ${part.number} of ${part.of}` : code;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
