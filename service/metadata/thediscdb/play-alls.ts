import type { KnownItem, KnownTitle } from './known-disc.ts';

const NAMED_SO = /\bplay[\s-]*all\b/i;
/** No title holds more; a range like that is of something else. */
const MOST_EPISODES = 20;

/**
 * Marks the titles that only repeat others: those called so, and several "episodes" in one title that the
 * disc also has in smaller ones. What is nowhere else, such as three cartoons in one title, is no play-all.
 */
export function markPlayAlls(titles: readonly KnownTitle[]): KnownTitle[] {
  return titles.map((title) => {
    const { item } = title;
    if (item === null) return title;
    const playAll = NAMED_SO.test(item.title ?? '') || isElsewhere(item, titles);
    const tooMany = !playAll && item.episodes.length > MOST_EPISODES;
    return { ...title, item: { ...item, playAll, episodes: tooMany ? [] : item.episodes } };
  });
}

function isElsewhere(
  { type, season, episodes }: KnownItem,
  titles: readonly KnownTitle[],
): boolean {
  if (type !== 'episode' || episodes.length < 2) return false;
  const smaller = titles.flatMap(({ item }) =>
    item?.type === 'episode' && item.season === season && item.episodes.length < episodes.length
      ? item.episodes
      : [],
  );
  return episodes.every((episode) => smaller.includes(episode));
}
