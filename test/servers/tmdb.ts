import { type Answer, type LocalServer, type Seen, startLocalServer } from './local-server.ts';
import { type MadeFilm, type MadeShow, madeFilms, madeShows } from './works.ts';

export const tmdbKeys = {
  v3: '0123456789abcdef0123456789abcdef',
  v4: 'eyJhbGciOiJub25lIn0.eyJhdWQiOiJkaXNjZmxvdyJ9.c2lnbmF0dXJl',
};

interface Catalogue {
  films: readonly MadeFilm[];
  shows: readonly MadeShow[];
}

/** Answers as TMDB's API v3 is documented to, for a made-up catalogue. */
export function startTmdb(
  { films, shows }: Catalogue = { films: madeFilms, shows: madeShows },
): Promise<LocalServer> {
  return startLocalServer((request) => {
    if (!isAllowed(request)) return invalidKey;
    return route({ films, shows }, request) ?? notFound;
  });
}

const invalidKey: Answer = {
  status: 401,
  body: {
    status_code: 7,
    status_message: 'Invalid API key: You must be granted a valid key.',
    success: false,
  },
};
const notFound: Answer = {
  status: 404,
  body: {
    success: false,
    status_code: 34,
    status_message: 'The resource you requested could not be found.',
  },
};

function isAllowed({ headers, url }: Seen): boolean {
  return (
    headers.authorization === `Bearer ${tmdbKeys.v4}` ||
    url.searchParams.get('api_key') === tmdbKeys.v3
  );
}

function route({ films, shows }: Catalogue, { url }: Seen): Answer | null {
  const query = url.searchParams;
  const language = query.get('language') ?? 'en-US';
  const [first = '', second = '', third, fourth] = url.pathname
    .replace(/^\/3/, '')
    .slice(1)
    .split('/');
  const film = films.find(({ id }) => first === 'movie' && String(id) === second);
  const show = shows.find(({ id }) => first === 'tv' && String(id) === second);
  if (first === 'configuration') return ok(configuration);
  if (first === 'search') return search({ films, shows }, second, query, language);
  if (first === 'find') return find({ films, shows }, second, query, language);
  if (film) return ok(filmDetails(film, language));
  if (first === 'tv' && second === 'episode_group') return order(shows, third ?? '');
  if (show && third === 'season') return season(show, Number(fourth));
  return show ? ok(showDetails(show, language)) : null;
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

const configuration = {
  images: {
    base_url: 'http://images.invalid/t/p/',
    secure_base_url: 'https://images.invalid/t/p/',
    backdrop_sizes: ['w300', 'w780', 'w1280', 'original'],
    logo_sizes: ['w45', 'original'],
    poster_sizes: ['w92', 'w154', 'w185', 'w342', 'w500', 'w780', 'original'],
    profile_sizes: ['w45', 'original'],
    still_sizes: ['w92', 'w185', 'w300', 'original'],
  },
  change_keys: ['adult'],
};

/** TMDB finds words in any title, whatever the language of the question, and nothing in joined words. */
function search(
  { films, shows }: Catalogue,
  kind: string,
  query: URLSearchParams,
  language: string,
): Answer | null {
  const words = wordsOf(query.get('query') ?? '');
  if (words.length === 0) return { status: 422, body: { errors: ['query must be provided'] } };
  const matches = (made: MadeFilm | MadeShow) => {
    const titles = [made.original, ...Object.values(made.titles ?? {}), ...(made.aliases ?? [])];
    const known = new Set(titles.flatMap(wordsOf));
    return words.every((word) => known.has(word));
  };
  const year = query.get('year') ?? query.get('first_air_date_year');
  const ofYear = ({ date }: { date: string }) => year === null || date.startsWith(year);
  const foundFilms = films
    .filter(matches)
    .filter(ofYear)
    .map((film) => filmEntry(film, language));
  const foundShows = shows
    .filter(matches)
    .filter(ofYear)
    .map((show) => showEntry(show, language));
  if (kind === 'movie') return ok(page(foundFilms));
  if (kind === 'tv') return ok(page(foundShows));
  return null;
}

function page(results: { popularity: number }[]) {
  const sorted = results.toSorted((a, b) => b.popularity - a.popularity);
  return {
    page: 1,
    results: sorted.slice(0, 20),
    total_pages: Math.max(1, Math.ceil(sorted.length / 20)),
    total_results: sorted.length,
  };
}

function find(
  { films, shows }: Catalogue,
  id: string,
  query: URLSearchParams,
  language: string,
): Answer {
  const byImdb = query.get('external_source') === 'imdb_id';
  const foundFilms = films.filter(({ imdb }) => byImdb && imdb === id);
  const foundShows = shows.filter(({ imdb, tvdb }) => (byImdb ? imdb : String(tvdb)) === id);
  return ok({
    movie_results: foundFilms.map((film) => ({
      ...filmEntry(film, language),
      media_type: 'movie',
    })),
    person_results: [],
    tv_results: foundShows.map((show) => ({ ...showEntry(show, language), media_type: 'tv' })),
    tv_episode_results: [],
    tv_season_results: [],
  });
}

function filmEntry(film: MadeFilm, language: string) {
  return {
    ...entry(film),
    title: titleIn(film, language),
    original_title: film.original,
    release_date: film.date,
    video: false,
  };
}

function showEntry(show: MadeShow, language: string) {
  return {
    ...entry(show),
    name: titleIn(show, language),
    original_name: show.original,
    first_air_date: show.date,
    origin_country: show.countries ?? [],
  };
}

function entry({ id, language, votes, popularity, genres = [] }: MadeFilm | MadeShow) {
  return {
    adult: false,
    backdrop_path: null,
    genre_ids: genres.map(([genre]) => genre),
    id,
    original_language: language,
    overview: '',
    popularity: popularity ?? votes / 300,
    poster_path: `/poster-${id}.jpg`,
    vote_average: 6.5,
    vote_count: votes,
  };
}

function titleIn({ titles = {}, original }: MadeFilm | MadeShow, language: string): string {
  return titles[language.slice(0, 2)] ?? original;
}

function details(made: MadeFilm | MadeShow) {
  const { genres = [], countries = [], imdb = null, titles = {} } = made;
  return {
    genres: genres.map(([id, name]) => ({ id, name })),
    production_countries: countries.map((code) => ({ iso_3166_1: code, name: code })),
    status: 'Released',
    tagline: '',
    homepage: '',
    external_ids: {
      imdb_id: imdb,
      wikidata_id: null,
      ...('tvdb' in made ? { tvdb_id: made.tvdb ?? null } : {}),
    },
    translations: {
      translations: Object.entries(titles).map(([code, title]) => ({
        iso_639_1: code,
        iso_3166_1: code.toUpperCase(),
        name: code,
        english_name: code,
        data: 'seasons' in made ? { name: title, overview: '' } : { title, overview: '' },
      })),
    },
  };
}

/** What `movie/<id>` answers with everything appended. */
export function filmDetails(film: MadeFilm, language: string) {
  const { minutes, imdb = null, collection, aliases = [], rated = {}, date } = film;
  return {
    ...filmEntry(film, language),
    ...details(film),
    belongs_to_collection: collection ? { id: 1, name: collection } : null,
    budget: 0,
    imdb_id: imdb,
    runtime: minutes,
    alternative_titles: { titles: aliases.map((title) => ({ iso_3166_1: 'US', title, type: '' })) },
    release_dates: {
      results: Object.entries(rated).map(([country, certification]) => ({
        iso_3166_1: country,
        release_dates: [
          { certification: '', type: 1, release_date: `${date}T00:00:00.000Z`, note: 'premiere' },
          { certification, type: 3, release_date: `${date}T00:00:00.000Z`, note: '' },
        ],
      })),
    },
  };
}

/** What `tv/<id>` answers with everything appended. */
export function showDetails(show: MadeShow, language: string) {
  const { minutes, aliases = [], rated = {}, seasons, orders = [] } = show;
  const last = seasons.at(-1)?.episodes.at(-1);
  return {
    ...showEntry(show, language),
    ...details(show),
    episode_run_time: minutes,
    in_production: false,
    last_episode_to_air: last ? { id: 1, name: last.name, runtime: last.minutes } : null,
    number_of_seasons: seasons.filter(({ number }) => number > 0).length,
    seasons: seasons.map(({ number, date, episodes }) => ({
      air_date: date,
      episode_count: episodes.length,
      id: show.id * 100 + number,
      name: number === 0 ? 'Specials' : `Season ${number}`,
      season_number: number,
    })),
    alternative_titles: {
      results: aliases.map((title) => ({ iso_3166_1: 'US', title, type: '' })),
    },
    content_ratings: {
      results: Object.entries(rated).map(([country, rating]) => ({
        descriptors: [],
        iso_3166_1: country,
        rating,
      })),
    },
    episode_groups: {
      results: orders.map(({ id, name, type, parts }) => ({
        description: '',
        episode_count: parts.reduce((sum, { episodes }) => sum + episodes.length, 0),
        group_count: parts.length,
        id,
        name,
        network: null,
        type,
      })),
    },
  };
}

function episodeEntry(show: MadeShow, season: number, episode: number) {
  const made = show.seasons.find(({ number }) => number === season)?.episodes[episode - 1];
  return {
    air_date: show.seasons.find(({ number }) => number === season)?.date ?? null,
    episode_number: episode,
    episode_type: 'standard',
    id: show.id * 10_000 + season * 100 + episode,
    name: made?.name ?? `Episode ${episode}`,
    overview: '',
    runtime: made?.minutes ?? null,
    season_number: season,
    show_id: show.id,
    still_path: null,
  };
}

function season(show: MadeShow, number: number): Answer | null {
  const made = show.seasons.find((one) => one.number === number);
  if (!made) return null;
  return ok({
    _id: 'season',
    air_date: made.date,
    episodes: made.episodes.map((_, index) => episodeEntry(show, number, index + 1)),
    id: show.id * 100 + number,
    name: number === 0 ? 'Specials' : `Season ${number}`,
    season_number: number,
  });
}

function order(shows: readonly MadeShow[], id: string): Answer | null {
  for (const show of shows)
    for (const { parts, type, name } of show.orders?.filter((made) => made.id === id) ?? [])
      return ok({
        description: '',
        episode_count: parts.reduce((sum, { episodes }) => sum + episodes.length, 0),
        group_count: parts.length,
        groups: parts.map((part, index) => ({
          id: `${id}-${index}`,
          name: part.name,
          order: part.order,
          episodes: part.episodes.map(([season, episode], position) => ({
            ...episodeEntry(show, season, episode),
            order: position,
          })),
          locked: true,
        })),
        id,
        name,
        network: null,
        type,
      });
  return null;
}

function wordsOf(title: string): string[] {
  const plain = title
    .normalize('NFKD')
    .replaceAll(/\p{M}|['’]/gu, '')
    .toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}
