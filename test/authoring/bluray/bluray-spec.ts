export type AudioCodec = 'ac3' | 'eac3' | 'truehd' | 'dts' | 'lpcm';

export interface AudioSpec {
  /** ISO 639-2. */
  readonly lang: string;
  /** AC-3 unless given. */
  readonly codec?: AudioCodec;
  /** 2 unless given. */
  readonly channels?: 2 | 6;
}

/** One stream file: moving test picture, a tone for each language, and boxes as PGS subtitles. */
export interface ClipSpec {
  readonly seconds: number;
  readonly audio: readonly AudioSpec[];
  /** ISO 639-2; one cue every three seconds. */
  readonly subtitles: readonly string[];
  /** Kilobits per second of the picture; 200 unless given. */
  readonly kbps?: number;
  /** H.264 unless given; HEVC makes the disc an Ultra HD one. */
  readonly video?: 'hevc';
}

export interface ItemSpec {
  readonly clip: string;
  /** Clips of the other angles. */
  readonly angles?: readonly string[];
  /** Seconds after the start, and before the end, of the clip. */
  readonly skip?: number;
  readonly cut?: number;
  /** Connection condition 5 or 6; 1 unless given. */
  readonly connection?: 1 | 5 | 6;
}

export interface PlaylistSpec {
  readonly items: readonly ItemSpec[];
  /** Chapters in seconds of the playlist. */
  readonly marks: readonly number[];
}

export interface BluraySpec {
  /** Volume label: at most 32 of A-Z, 0-9 and _. */
  readonly label: string;
  /** Titles in META/DL by language. */
  readonly names: Readonly<Record<string, string>>;
  readonly clips: Readonly<Record<string, ClipSpec>>;
  readonly playlists: Readonly<Record<string, PlaylistSpec>>;
  /** Adds the folders by which AACS or BD+ is recognised; nothing is encrypted. */
  readonly protection?: 'aacs' | 'bdplus';
}

/** The version in the head of a structure file: 3 on Ultra HD discs. */
export function versionOf(clips: readonly ClipSpec[]): '0200' | '0300' {
  return clips.some(({ video }) => video === 'hevc') ? '0300' : '0200';
}
