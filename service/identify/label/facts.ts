/** What a disc says about itself besides its title. */
export interface LabelFacts {
  season: number | null;
  /** Of a set that spans seasons, "Seasons 1-3". */
  lastSeason: number | null;
  disc: number | null;
  /** Of how many, "Disc 1 of 3". */
  discs: number | null;
  /** First and last, "Episodes 5-8". */
  episodes: readonly [number, number] | null;
  part: number | null;
  volume: number | null;
  year: number | null;
  /** A cut or an edition, in the words of the trade. */
  edition: string | null;
  /** Extras of a film or series, by the label's own word. */
  bonus: boolean;
  side: 'A' | 'B' | null;
  /** ISO 639-1 */
  language: string | null;
  /** Of a DVD, "R2". */
  region: string | null;
  standard: 'PAL' | 'NTSC' | null;
  format: 'dvd' | 'bluray' | 'uhd' | null;
  aspect: 'widescreen' | 'fullscreen' | null;
}

export const noFacts: LabelFacts = {
  season: null,
  lastSeason: null,
  disc: null,
  discs: null,
  episodes: null,
  part: null,
  volume: null,
  year: null,
  edition: null,
  bonus: false,
  side: null,
  language: null,
  region: null,
  standard: null,
  format: null,
  aspect: null,
};

/** What a label or file name says; `title` is null when it names nothing ("DVD_VIDEO", "SEASON_1_DISC_2"). */
export interface ParsedLabel extends LabelFacts {
  title: string | null;
}
