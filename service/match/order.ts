import type { Title } from '../contract/title.ts';

/** The episodes of a disc in one order that something speaks for. */
export interface EpisodeOrder {
  id: string;
  titles: readonly Title[];
  says: string;
  probability: number;
}

/**
 * The orders in which a disc's episodes may run, the likelier first: as its play-all plays them, and by title number.
 * Titles that could not be read or are not wanted keep their place, so that the ones behind them are counted right.
 */
export function episodeOrders(titles: readonly Title[]): EpisodeOrder[] {
  const episodes = titles
    .filter(({ role }) => role === 'episode')
    .toSorted((a, b) => a.number - b.number);
  const played = playedOrder(episodes, titles);
  const byNumber = { id: 'disc-order', titles: episodes };
  if (played === null)
    return [{ ...byNumber, says: 'As the titles are numbered on the disc', probability: 0.6 }];
  if (played.every((title, index) => title === episodes[index]))
    return [
      {
        ...byNumber,
        says: 'As the disc numbers them and its play-all plays them',
        probability: 0.8,
      },
    ];
  return [
    {
      id: 'play-all',
      titles: played,
      says: 'As the play-all of the disc plays them',
      probability: 0.6,
    },
    { ...byNumber, says: 'As the titles are numbered on the disc', probability: 0.3 },
  ];
}

/** Null without a play-all that plays at least two of them. Episodes it leaves out stay behind the one before them. */
function playedOrder(episodes: readonly Title[], titles: readonly Title[]): Title[] | null {
  const places = longestPlayAll(episodes, titles);
  if (places.length < 2) return null;
  let place = -1;
  return episodes
    .map((title) => {
      const index = places.indexOf(title.id);
      place = index === -1 ? place : index;
      return { title, place };
    })
    .toSorted((a, b) => a.place - b.place)
    .map(({ title }) => title);
}

function longestPlayAll(episodes: readonly Title[], titles: readonly Title[]): readonly string[] {
  const played = titles
    .filter(({ role }) => role === 'play-all')
    .map(({ related }) => related.filter((id) => episodes.some((title) => title.id === id)));
  return played.reduce<readonly string[]>(
    (best, ids) => (ids.length > best.length ? ids : best),
    [],
  );
}
