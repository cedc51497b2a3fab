import type { NavPack } from './nav-pack.ts';

const TICKS_PER_SECOND = 90_000;
/** A VOBU holds at most about a second of film; stills are longer, anything else is a damaged pack. */
const LONGEST_VOBU_TICKS = 3600 * TICKS_PER_SECOND;

export interface TitleClock {
  /** Seconds of the title that have played before this point. */
  readonly elapsed: () => number;
  /** A VOBU begins. */
  nav(nav: NavPack): void;
  /** A presentation time inside the current VOBU as seconds since the title's first picture; may be negative. */
  at(presentationTime: number): number;
}

/**
 * Title time out of time stamps that start again with every VOB. It counts what the navigation packs say a VOBU
 * lasts, because the durations in the IFO are cut to whole frames in every cell and would drift over a film.
 */
export function createTitleClock(): TitleClock {
  let played = 0;
  let current: { start: number; ticks: number } | null = null;
  return {
    elapsed: () => (played + (current?.ticks ?? 0)) / TICKS_PER_SECOND,
    nav({ start, end }) {
      played += current?.ticks ?? 0;
      const ticks = (end - start) | 0;
      current = { start, ticks: ticks > 0 && ticks < LONGEST_VOBU_TICKS ? ticks : 0 };
    },
    at: (time) => (played + ((time - (current?.start ?? time)) | 0)) / TICKS_PER_SECOND,
  };
}
