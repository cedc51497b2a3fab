import { z } from 'zod';
import { entriesOf, optionalEntriesOf } from '../entries.ts';
import { ProviderLine, ProviderTitle, providerText } from '../provider-text.ts';

// TMDB API v3 as documented at https://developer.themoviedb.org/reference; what may be missing is.

/** Higher numbers (a few shows count years) are none that a job can keep. */
const MOST_SEASONS = 999;
const MOST_EPISODES = 9999;

/** Empty text says nothing. */
export const Text = z
  .string()
  .nullish()
  .transform((text) => (text ? providerText(text) : '') || null);
/** Beyond every count of votes and minutes; sums and products of such figures stay figures. */
const LARGEST_AMOUNT = 1e9;
const Amount = z
  .number()
  .nullish()
  .transform((amount) => Math.min(Math.max(amount ?? 0, 0), LARGEST_AMOUNT));
const listOf = <Entry>(entry: z.ZodType<Entry>) => optionalEntriesOf(entry, MOST_EPISODES);
const Countries = listOf(z.string());

const Work = {
  id: z.int().positive(),
  original_language: Text,
  popularity: Amount,
  vote_count: Amount,
  overview: Text,
  poster_path: Text,
};
const filmShape = {
  ...Work,
  title: ProviderTitle,
  original_title: ProviderTitle,
  release_date: Text,
  origin_country: Countries,
};
const showShape = {
  ...Work,
  name: ProviderTitle,
  original_name: ProviderTitle,
  first_air_date: Text,
  origin_country: Countries,
};
export const FilmEntry = z.object(filmShape);
export type FilmEntry = z.output<typeof FilmEntry>;
export const ShowEntry = z.object(showShape);
export type ShowEntry = z.output<typeof ShowEntry>;

const required = <Entry>(entry: z.ZodType<Entry>) => entriesOf(entry, MOST_EPISODES);
const page = <Entry>(entry: z.ZodType<Entry>) => z.object({ results: required(entry) });
export const FilmPage = page(FilmEntry);
export const ShowPage = page(ShowEntry);

export const FindAnswer = z.object({
  movie_results: required(FilmEntry),
  tv_results: required(ShowEntry),
});

const Genres = listOf(z.object({ id: z.int(), name: ProviderLine }));
const ExternalIds = z
  .object({ imdb_id: Text, tvdb_id: z.int().positive().nullish().catch(null) })
  .partial()
  .nullish();
const OtherTitle = z.object({ title: ProviderLine });
const Translation = z.object({
  iso_639_1: z.string(),
  data: z.object({ title: Text, name: Text }).partial(),
});
const detailShape = {
  backdrop_path: Text,
  genres: Genres,
  external_ids: ExternalIds,
  production_countries: listOf(z.object({ iso_3166_1: z.string() })),
  translations: z.object({ translations: listOf(Translation) }).nullish(),
};

export const FilmDetails = z.object({
  ...filmShape,
  ...detailShape,
  runtime: Amount,
  belongs_to_collection: z.object({ name: ProviderLine }).nullish(),
  alternative_titles: z.object({ titles: listOf(OtherTitle) }).nullish(),
  release_dates: z
    .object({
      results: listOf(
        z.object({
          iso_3166_1: z.string(),
          release_dates: listOf(z.object({ certification: Text, type: Amount })),
        }),
      ),
    })
    .nullish(),
});
export type FilmDetails = z.output<typeof FilmDetails>;

const OrderEntry = z.object({
  id: z.string(),
  name: ProviderLine,
  type: z.int(),
  episode_count: Amount,
});
export type OrderEntry = z.output<typeof OrderEntry>;

export const ShowDetails = z.object({
  ...showShape,
  ...detailShape,
  episode_run_time: listOf(Amount),
  last_episode_to_air: z.object({ runtime: Amount }).nullish(),
  seasons: listOf(
    z.object({
      season_number: z.int().min(0).max(MOST_SEASONS),
      name: ProviderLine,
      episode_count: Amount,
      air_date: Text,
    }),
  ),
  alternative_titles: z.object({ results: listOf(OtherTitle) }).nullish(),
  content_ratings: z
    .object({ results: listOf(z.object({ iso_3166_1: z.string(), rating: Text })) })
    .nullish(),
  episode_groups: z.object({ results: listOf(OrderEntry) }).nullish(),
});
export type ShowDetails = z.output<typeof ShowDetails>;

const EpisodeEntry = z.object({
  id: z.int(),
  season_number: z.int().min(0).max(MOST_SEASONS),
  episode_number: z.int().min(0).max(MOST_EPISODES),
  name: ProviderLine,
  runtime: Amount,
  air_date: Text,
});
export type EpisodeEntry = z.output<typeof EpisodeEntry>;

export const SeasonAnswer = z.object({
  season_number: z.int().nonnegative(),
  name: ProviderLine,
  episodes: required(EpisodeEntry),
});

export const OrderAnswer = OrderEntry.extend({
  groups: required(
    z.object({
      name: ProviderLine,
      order: z.int(),
      episodes: required(EpisodeEntry.extend({ order: z.int() })),
    }),
  ),
});
export type OrderAnswer = z.output<typeof OrderAnswer>;

export const Configuration = z.object({
  images: z.object({
    secure_base_url: z.url(),
    poster_sizes: z.array(z.string()),
    backdrop_sizes: z.array(z.string()),
    still_sizes: z.array(z.string()),
  }),
});
export type Configuration = z.output<typeof Configuration>;
