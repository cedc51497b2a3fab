/** One stream file: moving test picture, a tone for each language, and boxes as PGS subtitles. */
export interface ClipSpec {
  readonly seconds: number;
  /** ISO 639-2; AC-3 stereo, "eng6" has six channels. */
  readonly audio: readonly string[];
  /** ISO 639-2; one cue every three seconds. */
  readonly subtitles: readonly string[];
  /** Kilobits per second of the picture; 200 unless given. */
  readonly kbps?: number;
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
