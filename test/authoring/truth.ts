import type { Standard, TitleKind } from './spec.ts';

/** Seconds from the start of the clip or title. */
export interface Cue {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface TitleTruth {
  /** As players count: from 1 over the whole disc. */
  readonly number: number;
  readonly titleSet: number;
  readonly kind: TitleKind;
  readonly name: string;
  /** Exact: frames times the real frame length. */
  readonly seconds: number;
  /** Chapter starts in seconds, the first is 0. */
  readonly chapters: readonly number[];
  /** `titleSet:vob.cell` in playing order, decimal, all from 1. */
  readonly cells: readonly string[];
  /** Names of the clips in playing order. */
  readonly clips: readonly string[];
  readonly audio: readonly { readonly lang: string; readonly channels: number }[];
  readonly subtitles: readonly { readonly lang: string; readonly cues: readonly Cue[] }[];
  /** True when another title owns the cells. */
  readonly shared: boolean;
}

export interface DiscTruth {
  readonly label: string;
  readonly standard: Standard;
  readonly titles: readonly TitleTruth[];
}
