import type { DvdTitle } from '../../scan/record.ts';
import type { NavPack } from './nav-pack.ts';

const TICKS_PER_SECOND = 90_000;
/** Stills can be long; what says that it is longer is a damaged pack. */
const LONGEST_VOBU_TICKS = 3600 * TICKS_PER_SECOND;
const FRAME_TICKS = { pal: 3600, ntsc: 3003 } as const;

export interface TitleClock {
  /** Seconds of the title that have played before this point. */
  readonly elapsed: () => number;
  /** A VOBU begins. */
  nav(nav: Pick<NavPack, 'start' | 'end'>): void;
  /**
   * A presentation time inside the current VOBU as seconds since the title's first picture; may be
   * negative.
   */
  at(presentationTime: number): number;
}

/**
 * Title time out of time stamps that start again with every VOB. It counts what the navigation
 * packs say a VOBU lasts, because the durations in the IFO are cut to whole frames in every cell
 * and would drift over a film.
 */
export function createTitleClock(standard: DvdTitle['standard']): TitleClock {
  let played = 0;
  let current: { start: number; ticks: number } | null = null;
  return {
    elapsed: () => (played + (current?.ticks ?? 0)) / TICKS_PER_SECOND,
    nav({ start, end }) {
      played += current?.ticks ?? 0;
      current = { start, ticks: pictureTicks((end - start) | 0, FRAME_TICKS[standard]) };
    },
    at: (time) => (played + ((time - (current?.start ?? time)) | 0)) / TICKS_PER_SECOND,
  };
}

/**
 * Pictures last whole fields. Where a VOBU does not, its sound runs on behind the last picture
 * (dvdauthor writes the later of both ends); the next VOB begins with the end of the last whole
 * frame.
 */
function pictureTicks(ticks: number, frame: number): number {
  if (ticks <= 0 || ticks > LONGEST_VOBU_TICKS) return 0;
  const fields = (2 * ticks) / frame;
  const isWhole = Math.abs(fields - Math.round(fields)) < 0.01;
  return isWhole ? ticks : Math.floor(ticks / frame) * frame;
}
