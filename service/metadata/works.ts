/** Ids of films and of shows are counted apart: film 603 and show 603 have nothing in common. */
export type WorkKind = 'movie' | 'tv';

/** A film or show as a search finds it, with what tells it apart from others of its name. */
export interface FoundWork {
  readonly kind: WorkKind;
  readonly tmdb: number;
  /** In the metadata language, as delivered. */
  readonly title: string;
  readonly originalTitle: string;
  /** Null when nobody has said how it is called in English. */
  readonly englishTitle: string | null;
  /** ISO 639-1. */
  readonly originalLanguage: string | null;
  /** Of the release, or of the first episode. */
  readonly year: number | null;
  /** ISO 3166-1; a search only knows those of shows. */
  readonly countries: readonly string[];
  readonly popularity: number;
  readonly votes: number;
  readonly overview: string | null;
  /** For `imageUrl`. */
  readonly poster: string | null;
}

export interface Genre {
  /** The same in every language. */
  readonly id: number;
  readonly name: string;
}

interface Details extends FoundWork {
  readonly genres: readonly Genre[];
  /** Of the country in the settings; "" never, null when it has none there. */
  readonly certification: string | null;
  /** By ISO 3166-1 country. */
  readonly certifications: Readonly<Record<string, string>>;
  readonly ids: { readonly imdb: string | null; readonly tvdb: number | null };
  /** Every other title that it goes by anywhere. */
  readonly alternativeTitles: readonly string[];
  readonly backdrop: string | null;
}

export interface Film extends Details {
  readonly kind: 'movie';
  /** Seconds. */
  readonly runtime: number | null;
  /** The name of the series of films it belongs to. */
  readonly collection: string | null;
}

export interface Show extends Details {
  readonly kind: 'tv';
  /** Season 0 holds the specials. */
  readonly seasons: readonly SeasonSummary[];
  /** Seconds; what is usual for its episodes, if anybody said. */
  readonly runtimes: readonly number[];
  readonly orders: readonly EpisodeOrderSummary[];
}

export interface SeasonSummary {
  readonly season: number;
  readonly name: string;
  readonly episodes: number;
  readonly year: number | null;
}

export interface Season {
  readonly season: number;
  readonly name: string;
  readonly episodes: readonly Episode[];
}

export interface Episode {
  readonly tmdb: number;
  /** As aired. */
  readonly season: number;
  readonly episode: number;
  readonly name: string;
  /** Seconds. */
  readonly runtime: number | null;
  /** "2019-04-01". */
  readonly airDate: string | null;
}

export const orderKinds = [
  'aired',
  'absolute',
  'dvd',
  'digital',
  'arc',
  'production',
  'tv',
  'other',
] as const;

/** One of several ways to order a show's episodes; there may be many of one kind, by region. */
export interface EpisodeOrderSummary {
  readonly id: string;
  readonly name: string;
  readonly kind: (typeof orderKinds)[number];
  readonly episodes: number;
}

export interface EpisodeOrder extends EpisodeOrderSummary {
  /** Seasons, discs or volumes, in order. */
  readonly parts: readonly {
    readonly number: number;
    readonly name: string;
    /** In this order, with the numbers they were aired by. */
    readonly episodes: readonly Episode[];
  }[];
}

export type TitleForm = 'localized' | 'original' | 'english';

/** The title in the form that the settings ask for, as delivered. */
export function titleOf(
  work: Pick<FoundWork, 'title' | 'originalTitle' | 'englishTitle'>,
  form: TitleForm,
): string {
  if (form === 'original') return work.originalTitle;
  return form === 'english' ? (work.englishTitle ?? work.title) : work.title;
}

/** Everything that a work is called, as far as it is known. */
export function titlesOf(work: FoundWork | Film | Show): string[] {
  const others = 'alternativeTitles' in work ? work.alternativeTitles : [];
  const titles = [work.title, work.originalTitle, work.englishTitle, ...others];
  return [...new Set(titles.filter((title) => title !== null))];
}
