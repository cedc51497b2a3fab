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

/** A program that makes MKV files. Throws `tool-failed`, `tool-missing`, `timeout`, `cancelled`. */
export interface Muxer {
  mux(job: MuxJob): Promise<Expected>;
  /** Looks into a finished file. Throws `tool-failed` when it is not what was expected. */
  verify(file: string, expected: Expected, signal: AbortSignal): Promise<void>;
}
