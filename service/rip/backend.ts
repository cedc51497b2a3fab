import type { TitleReports, WantedTitle } from './wanted-title.ts';

/** Why not every title could be tried, or null. */
export type RipEnd = 'disc-removed' | 'staging-full' | null;

/** Reads titles of one disc, with the tools for its kind. */
export interface RipBackend {
  /** The most bytes that staging holds at any moment while these titles are ripped. */
  stagingPeak(wanted: readonly WantedTitle[]): number;
  /** Says of every title what becomes of it. Throws only what concerns the whole disc. */
  run(wanted: readonly WantedTitle[], reports: TitleReports): Promise<RipEnd>;
}
