import type { TitleId } from '../../contract/values.ts';
import type { EpisodeKey } from '../episode-key.ts';
import type { Signal } from './decide-input.ts';

/** One thing that speaks for or against a possibility, in words and figures. */
export interface Explained {
  readonly signal: Signal | 'structure' | 'order' | 'described' | 'set';
  /** "612 of 640 subtitle times agree, 3.2 s later; runner-up E05 with 61" */
  readonly says: string;
  /** How strongly, as the logarithm of a likelihood ratio; below 0 against it. */
  readonly weight: number;
  /** On the signal's own scale. */
  readonly score: number | null;
  /** Title time = reference time × speed + offset (seconds). */
  readonly offset: number | null;
  readonly speed: number | null;
  readonly runnerUp: (EpisodeKey & { readonly score: number }) | null;
}

export interface RankedPossibility {
  /** Empty: no episode of these, an extra. */
  readonly episodes: readonly EpisodeKey[];
  readonly probability: number;
  readonly explanation: readonly Explained[];
}

export type Verdict = 'accept' | 'mark' | 'ask';

export interface TitleDecision {
  readonly id: TitleId;
  /** The likeliest first, never empty. */
  readonly ranked: readonly RankedPossibility[];
  /** On the likeliest: taken, taken with a mark because something is missing, or left to a person. */
  readonly verdict: Verdict;
  /** No further evidence is needed. */
  readonly sure: boolean;
  /** Why it is not accepted, in words; null when it is. */
  readonly doubt: string | null;
  /** The title is only a part of its episode. */
  readonly part: { readonly number: number; readonly of: number } | null;
}

export interface DiscDecision {
  /** In the order of the input. */
  readonly titles: readonly TitleDecision[];
}
