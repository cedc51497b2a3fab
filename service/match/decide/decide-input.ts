import type { TitleRole } from '../../contract/title.ts';
import type { TitleId } from '../../contract/values.ts';
import type { EpisodeKey } from '../episode-key.ts';
import type { Background } from './background.ts';

export const signals = ['subtitle-times', 'voice', 'text', 'speech'] as const;
export type Signal = (typeof signals)[number];

/** Where a title lies on a reference: title time = reference time × speed + offset (seconds). */
export interface Placement {
  readonly offset: number;
  readonly speed: number;
}

/** How many of the title's times (or words) the reference has, too. */
export interface Agreement {
  readonly agreed: number;
  readonly of: number;
}

/** An episode that the disc may hold. */
export interface EpisodeCandidate extends EpisodeKey {
  readonly name: string | null;
  /** Seconds, as the database says; null when it does not. */
  readonly runtime: number | null;
  /** Its place among all candidates as aired and on DVD, where the database has both. */
  readonly order?: { readonly aired: number; readonly dvd: number | null };
}

/** A checked file of subtitles. A file that cannot be trusted is not given here at all. */
export interface DecideReference {
  readonly id: string;
  /** Indexes into the candidates: the episodes that its label names. */
  readonly episodes: readonly number[];
  /** When its last cue ends, seconds of the reference. */
  readonly ends?: number | null;
}

/** What one signal makes of a title: one score per reference, in their order; null where there is none. */
export interface SignalReading {
  readonly signal: Signal;
  /** `subtitle-times` and `voice`: z of the correlation. `text` and `speech`: sum of the words' worth. */
  readonly scores: readonly (number | null)[];
  readonly alignments?: readonly (Placement | null)[];
  readonly agreements?: readonly (Agreement | null)[];
}

/** A stretch of a title (from, to: its seconds) that one reference covers. */
export interface InsideSpan extends Placement {
  readonly signal: 'subtitle-times' | 'voice';
  /** Index into the references. */
  readonly reference: number;
  /** Where the reference may lie anywhere; with so many places, chance reaches further than in readings. */
  readonly z: number;
  readonly from: number;
  readonly to: number;
}

export interface DiscTitle {
  readonly id: TitleId;
  /** The disc's own title or playlist number. */
  readonly number: number;
  /** Seconds. */
  readonly duration: number;
  readonly role: TitleRole;
  /** The titles that a play-all plays, in its order, or the one that a duplicate repeats. */
  readonly members: readonly TitleId[];
  /** The episodes that TheDiscDB names; empty when it says that it is none; null when it says nothing. */
  readonly described: readonly EpisodeKey[] | null;
  readonly readings: readonly SignalReading[];
  /** Several references found in this one title. */
  readonly inside?: readonly InsideSpan[];
  /** What somebody said it is (empty: no episode). It is fixed and informs the others. */
  readonly stated?: readonly EpisodeKey[] | null;
}

/** What is known of the set that the disc belongs to. */
export interface DiscGroup {
  /** The disc's own number in its set. */
  readonly disc: number | null;
  /** The other discs of the set, in any order, with the episodes that they are known to hold. */
  readonly others: readonly {
    readonly disc: number | null;
    readonly episodes: readonly EpisodeKey[];
  }[];
}

export interface DecideInput {
  readonly titles: readonly DiscTitle[];
  /** In the order of season and episode. */
  readonly candidates: readonly EpisodeCandidate[];
  readonly references: readonly DecideReference[];
  readonly group: DiscGroup;
  /** How wrong references score, when more is known of it than this disc says. */
  readonly background?: Partial<Record<Signal, Background>>;
}
