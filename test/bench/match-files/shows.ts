/** How the words of a title can be had from its file. */
export type Carrier = 'vobsub' | 'pgs' | 'text' | 'captions' | 'voice';

export interface MadeTitle {
  /** Numbers of its episodes in their order; none: an extra. */
  readonly episodes: readonly number[];
  /** Seconds of an extra. */
  readonly seconds?: number;
  readonly by: Carrier;
}

export interface MadeDisc {
  readonly name: string;
  /** A DVD image that goes the whole way, or a folder of MKV files as if ripped. */
  readonly kind: 'image' | 'folder';
  readonly titles: readonly MadeTitle[];
}

export interface MadeShow {
  readonly name: string;
  readonly season: number;
  /** How many episodes have a reference; those that are on no disc are there to be mistaken for. */
  readonly episodes: number;
  readonly seconds: number;
  readonly discs: readonly MadeDisc[];
}

const each = (by: Carrier, ...numbers: number[]): MadeTitle[] =>
  numbers.map((number) => ({ episodes: [number], by }));
const extra = (by: Carrier, seconds: number): MadeTitle => ({ episodes: [], seconds, by });

/** DVD images with spoken lines and VobSub: extras, and a title that plays all. */
const copperValley: MadeShow = {
  name: 'Copper Valley',
  ...{ season: 1, episodes: 13, seconds: 340 },
  discs: [
    {
      ...{ name: 'COPPER_VALLEY_S1_D1', kind: 'image' },
      titles: [...each('vobsub', 1, 2, 3), extra('vobsub', 150)],
    },
    {
      ...{ name: 'COPPER_VALLEY_S1_D2', kind: 'image' },
      titles: [...each('vobsub', 4, 5, 6, 7), extra('vobsub', 170)],
    },
    { name: 'COPPER_VALLEY_S1_D3', kind: 'image', titles: each('vobsub', 8, 9, 10) },
  ],
};

/** PGS: a title that plays all, two exchanged episodes, a double one, gaps, one with text and one with captions only. */
const nightFerry: MadeShow = {
  name: 'Night Ferry',
  ...{ season: 2, episodes: 13, seconds: 330 },
  discs: [
    {
      ...{ name: 'disc 1', kind: 'folder' },
      titles: [...each('pgs', 1, 2, 3), extra('pgs', 200), { episodes: [1, 2, 3], by: 'pgs' }],
    },
    {
      ...{ name: 'disc 2', kind: 'folder' },
      titles: [...each('pgs', 6, 5, 7), { episodes: [8, 9], by: 'pgs' }],
    },
    {
      ...{ name: 'disc 3', kind: 'folder' },
      titles: [...each('text', 10), ...each('captions', 12), extra('pgs', 330)],
    },
  ],
};

/** Voices over noise and music alone, on one disc in another order. */
const quietHours: MadeShow = {
  name: 'Quiet Hours',
  ...{ season: 1, episodes: 13, seconds: 350 },
  discs: [
    {
      ...{ name: 'disc 1', kind: 'folder' },
      titles: [...each('voice', 1, 2, 3, 4), extra('voice', 240)],
    },
    { name: 'disc 2', kind: 'folder', titles: each('voice', 7, 5, 6) },
    {
      ...{ name: 'disc 3', kind: 'folder' },
      titles: [...each('voice', 8, 10, 11), extra('voice', 340)],
    },
  ],
};

export const shows: readonly MadeShow[] = [copperValley, nightFerry, quietHours];

/** Its subtitles are those that somebody takes for another show's; it is on no disc. */
export const strangeShow: MadeShow = {
  ...{ name: 'Strange Orchard', season: 1, episodes: 13, seconds: 340 },
  discs: [],
};

/** A few minutes of it all, for a test. */
export const smallShow: MadeShow = {
  name: 'Paper Moon Lane',
  ...{ season: 1, episodes: 6, seconds: 230 },
  discs: [
    {
      ...{ name: 'PAPER_MOON_LANE_S1_D1', kind: 'image' },
      titles: [...each('vobsub', 1, 2), extra('vobsub', 100)],
    },
    { name: 'disc 2', kind: 'folder', titles: [...each('pgs', 3), ...each('voice', 4)] },
  ],
};
