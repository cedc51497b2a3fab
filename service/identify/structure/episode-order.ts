import type { RoleOf } from './roles.ts';
import type { DiscWorks } from './works.ts';

export interface EpisodeOrder {
  /** Title numbers. */
  titles: readonly number[];
  /** Whether the disc's play-all agrees with the order of the numbers; null without one that plays them. */
  confirmed: boolean | null;
}

/**
 * The best order of the episodes that the disc itself tells: by title or playlist number, corrected by the
 * play-all that plays most of them. Episodes that it leaves out stay behind the one before them.
 */
export function episodeOrder(
  roles: ReadonlyMap<number, RoleOf>,
  { playAlls }: Pick<DiscWorks, 'playAlls'>,
): EpisodeOrder {
  const numbers = [...roles]
    .flatMap(([number, { role }]) => (role === 'episode' ? [number] : []))
    .sort((a, b) => a - b);
  const known = new Set(numbers);
  const played = playAlls
    .map(({ members }) => members.filter((number) => known.has(number)))
    .reduce((best, members) => (members.length > best.length ? members : best), []);
  if (played.length < 2) return { titles: numbers, confirmed: null };
  const places = new Map(played.map((number, index) => [number, index]));
  let place = -1;
  const titles = numbers
    .map((number) => {
      place = places.get(number) ?? place;
      return { number, place };
    })
    .sort((a, b) => a.place - b.place)
    .map(({ number }) => number);
  return { titles, confirmed: titles.every((number, index) => number === numbers[index]) };
}
