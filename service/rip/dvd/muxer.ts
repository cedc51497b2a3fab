import type { CopiedTitle } from './copy-title.ts';
import type { KeptTracks } from './track-choice.ts';

export interface MuxJob {
  copied: CopiedTitle;
  kept: KeptTracks;
  /** Path of work files without their ends. */
  prefix: string;
  output: string;
  signal: AbortSignal;
}

/** What must be in a finished file. */
export interface Expected {
  tracks: number;
  chapters: number;
  /** Seconds. */
  duration: number;
}

/** An MKV that can be made. */
export interface PreparedMux {
  readonly expected: Expected;
  make(): Promise<void>;
}

/** A program that makes MKV files. Throws `tool-failed`, `tool-missing`, `timeout`, `cancelled`. */
export interface Muxer {
  /** Looks at a copied title; done while the title before is still being made. */
  prepare(job: MuxJob): Promise<PreparedMux>;
  /** Looks into a finished file. Throws `tool-failed` when it is not what was expected. */
  verify(file: string, expected: Expected, signal: AbortSignal): Promise<void>;
}
