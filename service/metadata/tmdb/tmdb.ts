import type { Provider } from '../http/provider.ts';
import { type Lookup, type LookupOptions, mapFound } from '../lookup.ts';
import type { EpisodeOrder, Film, FoundWork, Season, Show } from '../works.ts';
import {
  Configuration,
  FilmDetails,
  FilmPage,
  FindAnswer,
  OrderAnswer,
  SeasonAnswer,
  ShowDetails,
  ShowPage,
} from './answers.ts';
import { type ImageSize, imageUrl } from './images.ts';
import { readEpisode, readOrder } from './read-episodes.ts';
import { foundFilm, foundShow, isEnglish, readFilm, readShow } from './read-works.ts';
import { type SearchOnce, searchWorks, type WorkQuery } from './search.ts';

export type ForeignId = { readonly imdb: string } | { readonly tvdb: number };

/** TMDB, version 3 of its API, in the metadata language. */
export interface Tmdb {
  /** Every work that the title may mean, in no order that matters: `rankWorks` tells which. */
  search(query: WorkQuery, options?: LookupOptions): Promise<Lookup<FoundWork[]>>;
  film(tmdb: number, options?: LookupOptions): Promise<Lookup<Film>>;
  show(tmdb: number, options?: LookupOptions): Promise<Lookup<Show>>;
  /** Season 0 holds the specials. */
  season(show: number, season: number, options?: LookupOptions): Promise<Lookup<Season>>;
  /** One of the `orders` of a show. */
  episodeOrder(id: string, options?: LookupOptions): Promise<Lookup<EpisodeOrder>>;
  /** The works that another catalogue knows by this id. */
  find(id: ForeignId, options?: LookupOptions): Promise<Lookup<FoundWork[]>>;
  /** The address of a `poster` or `backdrop`, in the smallest size that is wide enough. */
  image(path: string, size: ImageSize, options?: LookupOptions): Promise<string>;
  /** Asks TMDB itself, once, whether it is there and accepts the key. */
  check(options?: LookupOptions): Promise<Lookup<unknown>>;
}

interface Settings {
  readonly provider: Provider;
  /** BCP 47. */
  readonly language: string;
  /** ISO 3166-1; whose certifications count. */
  readonly country: string;
}

/** At most 20 may be appended; each would be a request of its own. */
const FILM_PARTS = 'external_ids,release_dates,alternative_titles,translations';
const SHOW_PARTS = 'external_ids,content_ratings,alternative_titles,translations,episode_groups';

export function createTmdb({ provider, language, country }: Settings): Tmdb {
  return {
    search: (query, { signal } = {}) =>
      searchWorks(query, { once: searchOnce(signal), alsoInEnglish: !isEnglish(language) }),

    film: async (tmdb, { signal } = {}) =>
      mapFound(
        await provider.ask(
          { path: `movie/${tmdb}`, query: { language, append_to_response: FILM_PARTS }, signal },
          FilmDetails,
        ),
        (details) => readFilm(details, language, country),
      ),

    show: async (tmdb, { signal } = {}) =>
      mapFound(
        await provider.ask(
          { path: `tv/${tmdb}`, query: { language, append_to_response: SHOW_PARTS }, signal },
          ShowDetails,
        ),
        (details) => readShow(details, language, country),
      ),

    season: async (show, season, { signal } = {}) =>
      mapFound(
        await provider.ask(
          { path: `tv/${show}/season/${season}`, query: { language }, signal },
          SeasonAnswer,
        ),
        ({ season_number, name, episodes }) => ({
          season: season_number,
          name,
          episodes: episodes.map(readEpisode),
        }),
      ),

    episodeOrder: async (id, { signal } = {}) =>
      mapFound(
        await provider.ask(
          { path: `tv/episode_group/${encodeURIComponent(id)}`, query: { language }, signal },
          OrderAnswer,
        ),
        readOrder,
      ),

    find: async (id, { signal } = {}) => {
      const [source, value] = 'imdb' in id ? ['imdb_id', id.imdb] : ['tvdb_id', String(id.tvdb)];
      const answer = await provider.ask(
        {
          path: `find/${encodeURIComponent(value)}`,
          query: { language, external_source: source },
          signal,
        },
        FindAnswer,
      );
      return mapFound(answer, ({ movie_results: films, tv_results: shows }) =>
        unlessEmpty([
          ...films.map((entry) => foundFilm(entry, language)),
          ...shows.map((entry) => foundShow(entry, language)),
        ]),
      );
    },

    image: async (path, size, { signal } = {}) =>
      imageUrl(await provider.ask({ path: 'configuration', signal }, Configuration), path, size),

    check: ({ signal } = {}) =>
      provider.ask({ path: 'configuration', fresh: true, signal }, Configuration),
  };

  /** Two searches by kind find more than one over everything, which shares its one page with people. */
  function searchOnce(signal: AbortSignal | undefined): SearchOnce {
    return async ({ title, kind, year, english }) => {
      const asked = english ? 'en-US' : language;
      const query = { query: title, language: asked, include_adult: 'false' };
      if (kind === 'movie') {
        const filtered = year === null ? query : { ...query, year: String(year) };
        const answer = await provider.ask(
          { path: 'search/movie', query: filtered, signal },
          FilmPage,
        );
        return mapFound(answer, ({ results }) =>
          unlessEmpty(results.map((entry) => foundFilm(entry, asked))),
        );
      }
      const filtered = year === null ? query : { ...query, first_air_date_year: String(year) };
      const answer = await provider.ask({ path: 'search/tv', query: filtered, signal }, ShowPage);
      return mapFound(answer, ({ results }) =>
        unlessEmpty(results.map((entry) => foundShow(entry, asked))),
      );
    };
  }
}

function unlessEmpty<T>(list: T[]): T[] | null {
  return list.length === 0 ? null : list;
}
