import { plausibleYear } from '../plausible-year.ts';
import type { Film, FoundWork, Genre, Show } from '../works.ts';
import type { FilmDetails, FilmEntry, ShowDetails, ShowEntry } from './answers.ts';
import { orderSummary, seconds } from './read-episodes.ts';

/** `asked` is the language of the question: titles of an answer are in it. */
export function foundFilm(entry: FilmEntry, asked: string): FoundWork {
  const { title, original_title: originalTitle, release_date } = entry;
  return {
    kind: 'movie',
    title,
    originalTitle,
    englishTitle: englishTitle({ title, originalTitle, entry, asked }),
    year: yearOf(release_date),
    ...common(entry),
  };
}

export function foundShow(entry: ShowEntry, asked: string): FoundWork {
  const { name: title, original_name: originalTitle, first_air_date } = entry;
  return {
    kind: 'tv',
    title,
    originalTitle,
    englishTitle: englishTitle({ title, originalTitle, entry, asked }),
    year: yearOf(first_air_date),
    ...common(entry),
  };
}

export function readFilm(details: FilmDetails, asked: string, country: string): Film {
  const found = foundFilm(details, asked);
  const certifications = filmCertifications(details);
  return {
    ...found,
    kind: 'movie',
    ...detailsOf(details, found),
    alternativeTitles: others(found, [
      ...(details.alternative_titles?.titles ?? []).map(({ title }) => title),
      ...translatedTitles(details),
    ]),
    certification: certifications[country] ?? null,
    certifications,
    runtime: seconds(details.runtime),
    collection: details.belongs_to_collection?.name ?? null,
  };
}

export function readShow(details: ShowDetails, asked: string, country: string): Show {
  const found = foundShow(details, asked);
  const certifications = showCertifications(details);
  const { seasons, episode_groups: groups } = details;
  return {
    ...found,
    kind: 'tv',
    ...detailsOf(details, found),
    alternativeTitles: others(found, [
      ...(details.alternative_titles?.results ?? []).map(({ title }) => title),
      ...translatedTitles(details),
    ]),
    certification: certifications[country] ?? null,
    certifications,
    runtimes: runtimesOf(details),
    seasons: seasons.map(({ season_number: season, name, episode_count: episodes, air_date }) => ({
      season,
      name,
      episodes,
      year: yearOf(air_date),
    })),
    orders: (groups?.results ?? []).map(orderSummary),
  };
}

function yearOf(date: string | null): number | null {
  const [digits] = /^\d{4}(?=-|$)/.exec(date ?? '') ?? [];
  return plausibleYear(Number(digits));
}

function common(entry: FilmEntry | ShowEntry) {
  return {
    tmdb: entry.id,
    originalLanguage: entry.original_language,
    countries: entry.origin_country,
    popularity: entry.popularity,
    votes: entry.vote_count,
    overview: entry.overview,
    poster: entry.poster_path,
  };
}

interface TitleSources {
  title: string;
  originalTitle: string;
  entry: FilmEntry | ShowEntry;
  asked: string;
}

function englishTitle({ title, originalTitle, entry, asked }: TitleSources): string | null {
  if (entry.original_language === 'en') return originalTitle;
  return isEnglish(asked) ? title : null;
}

export function isEnglish(language: string): boolean {
  return /^en\b/i.test(language);
}

function detailsOf(details: FilmDetails | ShowDetails, found: FoundWork) {
  const genres: readonly Genre[] = details.genres;
  const produced = details.production_countries.map(({ iso_3166_1: code }) => code);
  const { imdb_id: imdb = null, tvdb_id: tvdb = null } = details.external_ids ?? {};
  return {
    genres,
    countries: [...new Set([...found.countries, ...produced])],
    englishTitle: found.englishTitle ?? translatedTitles(details, 'en')[0] ?? null,
    ids: { imdb, tvdb },
    backdrop: details.backdrop_path,
  };
}

function translatedTitles({ translations }: FilmDetails | ShowDetails, language?: string) {
  return (translations?.translations ?? []).flatMap(({ iso_639_1: code, data }) => {
    const title = data.title ?? data.name;
    return title && (language === undefined || code === language) ? [title] : [];
  });
}

/** Works that are known all over the world have some two hundred. */
const MOST_TITLES = 1000;

function others(found: FoundWork, titles: readonly string[]): string[] {
  const different = [...new Set(titles)].filter(
    (title) => title !== found.title && title !== found.originalTitle,
  );
  return different.slice(0, MOST_TITLES);
}

/** Release types of TMDB: 3 is the release in cinemas, whose certification people know. */
const CINEMAS = 3;

function filmCertifications({ release_dates }: FilmDetails): Record<string, string> {
  const entries = (release_dates?.results ?? []).flatMap(({ iso_3166_1, release_dates: dates }) => {
    const certified = dates.filter(({ certification }) => certification !== null);
    const { certification } = certified.find(({ type }) => type === CINEMAS) ?? certified[0] ?? {};
    return certification ? [[iso_3166_1, certification] as const] : [];
  });
  return Object.fromEntries(entries);
}

function showCertifications({ content_ratings }: ShowDetails): Record<string, string> {
  const entries = (content_ratings?.results ?? []).flatMap(({ iso_3166_1, rating }) =>
    rating ? [[iso_3166_1, rating] as const] : [],
  );
  return Object.fromEntries(entries);
}

/** Shows have one or two usual running times, seldom more. */
const MOST_RUNTIMES = 10;

/** TMDB has stopped to maintain the usual running time of shows; the last episode's stands in for it. */
function runtimesOf({ episode_run_time, last_episode_to_air }: ShowDetails): number[] {
  const minutes =
    episode_run_time.length > 0 ? episode_run_time : [last_episode_to_air?.runtime ?? 0];
  return minutes.slice(0, MOST_RUNTIMES).flatMap((value) => seconds(value) ?? []);
}
