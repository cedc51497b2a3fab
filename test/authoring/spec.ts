export type Standard = 'ntsc' | 'pal';

/** What is said at one moment, by language: `{ en: 'The lamp is out.', fr: 'La lampe est éteinte.' }`. */
export type Line = Readonly<Record<string, string>>;

/** One piece of video; it becomes one VOB wherever a title uses it. */
export interface ClipSpec {
  /** Unique on the disc. */
  readonly name: string;
  /** Rounded to whole frames. */
  readonly seconds: number;
  /** Starts in seconds, rounded to whole GOPs; each starts a cell. Empty: goes on in the chapter before. */
  readonly chapters: readonly number[];
  /** Static text in the picture, one entry a line; a running clock is below it. */
  readonly card: readonly string[];
  /** An ffmpeg lavfi source such as `testsrc2` or `color=c=0x203040`, and filters to go on with. */
  readonly picture?: { readonly source: string; readonly filters?: string };
  /** Spoken and subtitled in this order until the clip is full. */
  readonly lines: readonly Line[];
  /** `tone` needs no speech synthesis: a sine wave sounds, the subtitles stay. */
  readonly voice?: 'spoken' | 'tone';
}

export interface AudioSpec {
  readonly lang: string;
  /** 2 unless given. */
  readonly channels?: number;
  /** 192 unless given. */
  readonly kbps?: number;
}

export type TitleKind = 'episode' | 'main' | 'cut' | 'extra' | 'play-all' | 'duplicate';

export interface TitleSpec {
  readonly kind: TitleKind;
  readonly name: string;
  readonly clips: readonly ClipSpec[];
}

export interface TitleSetSpec {
  readonly audio: readonly AudioSpec[];
  /** Languages. */
  readonly subtitles: readonly string[];
  /** Full D1 unless given; DVD-Video allows 352 wide only with 4:3. */
  readonly size?: readonly [width: number, height: number];
  /** 16:9 unless given. */
  readonly aspect?: '4:3' | '16:9';
  /** 1900 unless given. */
  readonly videoKbps?: number;
  /** Cuts the title set into VOB files of this length, as the 1 GiB limit does on long discs. */
  readonly vobFileBytes?: number;
  readonly titles: readonly TitleSpec[];
}

/** A title that plays the cells of other titles of its set; no data is copied. */
export interface SharedTitleSpec {
  readonly kind: TitleKind;
  readonly name: string;
  /** Counts from 1. */
  readonly titleSet: number;
  /** Titles count from 1 inside the set, clips from 0; without a clip the whole title. */
  readonly parts: readonly { readonly title: number; readonly clip?: number }[];
  /** Place in the disc's list of titles, from 1; the end unless given. */
  readonly at?: number;
}

export interface DiscSpec {
  /** Volume label: at most 32 of A-Z, 0-9 and _. */
  readonly label: string;
  readonly standard: Standard;
  readonly titleSets: readonly TitleSetSpec[];
  readonly shared?: readonly SharedTitleSpec[];
}
