/** How a title lies on a reference: title time = reference time × speed + offset. */
export interface Alignment {
  /** Height of the best correlation, in standard deviations of the correlation at all lags. */
  readonly z: number;
  /** Seconds. */
  readonly offset: number;
  readonly speed: number;
  /** Parts of a title with cuts that lie at other offsets, in the title's order; none when one offset holds. */
  readonly parts?: readonly AlignedPart[];
}

/** The stretch of a title from one time (seconds) to another, and the offset that holds there. */
export interface AlignedPart {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/** When something is said, seconds. */
export interface TimedCue {
  readonly start: number;
  readonly end: number;
}

export interface AlignReference {
  readonly id: string;
  readonly cues: readonly TimedCue[];
}

const NTSC_FILM = 24_000 / 1001;

/** What film at 23.976 or 24 and television at 25 frames a second make of each other; one is itself. */
export const speeds: readonly number[] = [
  1,
  25 / NTSC_FILM,
  24 / NTSC_FILM,
  25 / 24,
  NTSC_FILM / 25,
  NTSC_FILM / 24,
  24 / 25,
];
