import type { KnownItem, KnownTitle } from './known-disc.ts';

const NAMED_SO = /\bplay[\s-]*all\b/i;
/** No title holds more; a range like that is of something else. */
const MOST_EPISODES = 20;

/**
 * Marks the titles that only repeat others: those called so, and several "episodes" in one title that the
 * disc also has in smaller ones. What is nowhere else, such as three cartoons in one title, is no play-all.
 */
export function markPlayAlls(titles: readonly KnownTitle[]): KnownTitle[] {
  const smallest = smallestWith(titles);
  return titles.map((title) => {
    const { item } = title;
    if (item === null) return title;
    const playAll = NAMED_SO.test(item.title ?? '') || isElsewhere(item, smallest);
    const tooMany = !playAll && item.episodes.length > MOST_EPISODES;
    return { ...title, item: { ...item, playAll, episodes: tooMany ? [] : item.episodes } };
  });
}

/** How many episodes the smallest title with an episode holds, by season and episode. */
function smallestWith(titles: readonly KnownTitle[]): Map<string, number> {
  const smallest = new Map<string, number>();
  for (const { item } of titles) {
    if (item?.type !== 'episode') continue;
    for (const episode of item.episodes) {
      const key = keyOf(item, episode);
      smallest.set(key, Math.min(item.episodes.length, smallest.get(key) ?? Infinity));
    }
  }
  return smallest;
}

function isElsewhere(item: KnownItem, smallest: ReadonlyMap<string, number>): boolean {
  const { type, episodes } = item;
  if (type !== 'episode' || episodes.length < 2) return false;
  return episodes.every(
    (episode) => (smallest.get(keyOf(item, episode)) ?? Infinity) < episodes.length,
  );
}

function keyOf({ season }: KnownItem, episode: number): string {
  return `${season}-${episode}`;
}
