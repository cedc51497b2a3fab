/** What a season is measured by. */
export interface Setting {
  readonly name: string;
  /** Share of voice activity that is wrong; null: by subtitle starts. */
  readonly wrongVoice: number | null;
  readonly perEpisode: number;
  /** Share of titles with a good reference that are to be accepted; null where nothing is promised. */
  readonly goal: number | null;
}

/** Every setting with one and with two references per episode, each bad with 10 %. */
export const settings: readonly Setting[] = [1, 2].flatMap((perEpisode) => {
  const files = perEpisode === 1 ? 'one reference' : 'two references';
  return [
    { name: `subtitles, ${files}`, wrongVoice: null, perEpisode, goal: 0.97 },
    { name: `audio 25 % wrong, ${files}`, wrongVoice: 0.25, perEpisode, goal: 0.95 },
    { name: `audio 40 % wrong, ${files}`, wrongVoice: 0.4, perEpisode, goal: null },
  ];
});

export const BAD_REFERENCES = 0.1;
/** Of all accepted titles, in every setting. */
export const MOST_WRONG = 0.001;
