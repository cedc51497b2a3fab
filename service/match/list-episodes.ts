import type { Tmdb } from '../metadata/tmdb/tmdb.ts';
import { type Episode, titlesOf } from '../metadata/works.ts';
import { type EpisodeKey, keyOf } from './episode-key.ts';

/** An episode as a catalogue lists it. */
export interface ListedEpisode extends EpisodeKey {
  readonly name: string | null;
  /** Seconds. */
  readonly runtime: number | null;
  /** Its place among all that are listed, from 0, in the order of the DVDs; null where nobody says. */
  readonly dvd: number | null;
}

/** A show as a catalogue has it. */
export interface ListedShow {
  /** Every title that it goes by anywhere. */
  readonly titles: readonly string[];
  /** In the order they were aired. */
  readonly episodes: readonly ListedEpisode[];
}

/** The most seasons that are thought of when nobody knows which it is. */
const MOST_SEASONS = 40;

/**
 * A show and its episodes: those of one season, or of all that there are when it is not known which. Specials are
 * listed only when they are asked for. Empty when TMDB cannot be had or does not know.
 */
export async function listEpisodes(
  tmdb: Pick<Tmdb, 'show' | 'season' | 'episodeOrder'>,
  { show, season }: { show: number; season: number | null },
  options: { signal: AbortSignal },
): Promise<ListedShow> {
  const found = await tmdb.show(show, options);
  const titles = found.state === 'found' ? titlesOf(found.value) : [];
  if (found.state !== 'found' && season === null) return { titles, episodes: [] };
  const summaries = found.state === 'found' ? found.value.seasons : [];
  const numbers = season === null ? summaries.map((one) => one.season).filter(Boolean) : [season];
  const seasons = await Promise.all(
    numbers.slice(0, MOST_SEASONS).map((number) => tmdb.season(show, number, options)),
  );
  const episodes = seasons.flatMap((one) => (one.state === 'found' ? one.value.episodes : []));
  const orders = found.state === 'found' ? found.value.orders : [];
  const dvd = await dvdPlaces(tmdb, orders, episodes, options);
  return {
    titles,
    episodes: episodes.map(({ season, episode, name, runtime }) => {
      return { season, episode, name, runtime, dvd: dvd.get(keyOf({ season, episode })) ?? null };
    }),
  };
}

/** Of several orders for DVDs (one for each region) the one that knows most of these episodes counts. */
async function dvdPlaces(
  tmdb: Pick<Tmdb, 'episodeOrder'>,
  orders: readonly { id: string; kind: string }[],
  episodes: readonly Episode[],
  options: { signal: AbortSignal },
): Promise<ReadonlyMap<string, number>> {
  const listed = new Set(episodes.map(keyOf));
  const found = await Promise.all(
    orders.filter(({ kind }) => kind === 'dvd').map(({ id }) => tmdb.episodeOrder(id, options)),
  );
  const places = found.flatMap((order) => {
    if (order.state !== 'found') return [];
    const ordered = order.value.parts.flatMap((part) => part.episodes.map(keyOf));
    return [ordered.filter((key) => listed.has(key))];
  });
  const [best = []] = places.toSorted((one, other) => other.length - one.length);
  return new Map(best.map((key, place) => [key, place]));
}
