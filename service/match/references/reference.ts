import type { EpisodeKey } from '../episode-key.ts';

/** One subtitle: seconds from the start of its file, text without mark-up, its lines joined by "\n". */
export interface Cue {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export const referenceSources = ['folder', 'library', 'opensubtitles'] as const;
export type ReferenceSourceName = (typeof referenceSources)[number];

/** Subtitles of episodes that are known, checked and fit to be evidence. */
export interface Reference {
  /** SHA-256 of the file's bytes, hex. */
  readonly id: string;
  readonly season: number;
  /** In order and never empty: "S01E01-E02.srt" holds two. */
  readonly episodes: readonly number[];
  /** The episode's name, if the file says it. */
  readonly name: string | null;
  /** BCP 47: "en", "pt-BR"; compare with `sameLanguage`. Null when neither name nor text tells. */
  readonly language: string | null;
  readonly source: ReferenceSourceName;
  /** What a person finds it by: a path, or "OpenSubtitles 123456 (name of the file)". */
  readonly origin: string;
  /** Sorted by start. */
  readonly cues: readonly Cue[];
}

export type RejectionCode =
  | 'empty'
  | 'html'
  | 'unreadable'
  | 'unknown-format'
  | 'too-few-cues'
  | 'forced-only'
  | 'too-short'
  | 'too-long'
  | 'duplicate-text'
  | 'other-show';

/** A file that was not trusted, and why in one sentence. It is shown and never evidence. */
export interface RejectedReference extends Omit<Reference, 'cues'> {
  readonly code: RejectionCode;
  readonly says: string;
}

export interface ReferenceQuery {
  readonly show: string;
  /** What folders may call it as well: its original title, its title in other languages. */
  readonly otherTitles?: readonly string[];
  readonly year: number | null;
  /** The show's number at TMDB. */
  readonly tmdb: number | null;
  /** Empty: every season that a source on the disks has. */
  readonly seasons: readonly number[];
  /** In the order of preference; empty: any. */
  readonly languages: readonly string[];
  /** What the disc can hold at all; without it every episode of the seasons that a source has. */
  readonly episodes?: readonly EpisodeKey[];
  /** Seconds, where the database knows them. */
  readonly runtimeOf?: (episode: EpisodeKey) => number | null;
}

export interface SeasonReferences {
  /** In the order of season and episode, the most trusted of an episode first. */
  readonly references: readonly Reference[];
  readonly rejected: readonly RejectedReference[];
  /** What else a person should know: "OpenSubtitles: the day's quota is used until …". */
  readonly notes: readonly string[];
}

/** Rejects with the reason of the signal, and never otherwise. */
export type GatherReferences = (
  query: ReferenceQuery,
  options: { signal: AbortSignal },
) => Promise<SeasonReferences>;
