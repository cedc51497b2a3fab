import { type Episode, type EpisodeOrder, type EpisodeOrderSummary, orderKinds } from '../works.ts';
import type { EpisodeEntry, OrderAnswer, OrderEntry } from './answers.ts';

/** Of minutes; 0 means that nobody has entered them. */
export function seconds(minutes: number): number | null {
  return minutes > 0 ? minutes * 60 : null;
}

export function readEpisode(entry: EpisodeEntry): Episode {
  const { id: tmdb, season_number: season, episode_number: episode, name, runtime } = entry;
  return {
    tmdb,
    season,
    episode,
    name,
    runtime: seconds(runtime),
    airDate: entry.air_date,
  };
}

/** TMDB numbers the kinds of order from 1: https://developer.themoviedb.org/reference/tv-episode-group-details. */
export function orderSummary({ id, name, type, episode_count }: OrderEntry): EpisodeOrderSummary {
  return { id, name, kind: orderKinds[type - 1] ?? 'other', episodes: episode_count };
}

export function readOrder(answer: OrderAnswer): EpisodeOrder {
  const byOrder = <T extends { order: number }>(list: readonly T[]) =>
    list.toSorted((a, b) => a.order - b.order);
  return {
    ...orderSummary(answer),
    parts: byOrder(answer.groups).map(({ order, name, episodes }) => ({
      number: order,
      name,
      episodes: byOrder(episodes).map(readEpisode),
    })),
  };
}
