import type { JobSnapshot } from '../contract/job.ts';
import type { Title } from '../contract/title.ts';

export type LibraryKind = 'movie' | 'tv' | 'music' | 'extras';
export type Preset = 'jellyfin' | 'plex' | 'kodi';

/** A place for finished files, as the configuration names it. */
export interface Library {
  readonly id: string;
  readonly kind: LibraryKind;
  /** Absolute path. Never created: see marker.ts. */
  readonly root: string;
  readonly template?: string | undefined;
  readonly preset?: Preset | undefined;
  /** The library of its kind when a flow chooses none; without it the first of them. */
  readonly default?: boolean | undefined;
}

type Choosing = Pick<JobSnapshot, 'library' | 'identity' | 'titles'>;

/** Where a title belongs: the job's own choice, else the default of its kind. Null when there is none. */
export function libraryFor(
  job: Choosing,
  title: Pick<Title, 'match'>,
  libraries: readonly Library[],
): Library | null {
  if (job.library !== null) return libraries.find(({ id }) => id === job.library) ?? null;
  if (job.identity?.kind === 'extras') {
    const own = defaultLibrary('extras', libraries);
    if (own) return own;
  }
  return defaultLibrary(kindOf(job, title), libraries);
}

/** The kind of item a title is, or belongs to when it is an extra. */
export function kindOf(
  job: Pick<Choosing, 'identity' | 'titles'>,
  title: Pick<Title, 'match'>,
): 'movie' | 'tv' {
  if (title.match?.kind === 'movie') return 'movie';
  if (title.match?.kind === 'episode') return 'tv';
  if (job.identity?.kind === 'movie') return 'movie';
  if (job.identity?.kind === 'tv') return 'tv';
  const ofSeries =
    (job.identity?.season ?? null) !== null ||
    job.titles.some(({ match }) => match?.kind === 'episode');
  return ofSeries ? 'tv' : 'movie';
}

/** The library that takes a kind of item when nobody says otherwise. */
export function defaultLibrary(kind: LibraryKind, libraries: readonly Library[]): Library | null {
  const ofKind = libraries.filter((library) => library.kind === kind);
  return ofKind.find((library) => library.default) ?? ofKind[0] ?? null;
}
