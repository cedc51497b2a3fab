import { seededRandom } from '../../../../authoring/seeded-random.ts';

const WORDS_IN_LANGUAGE = 30_000;
const WORDS_A_CUE = 8;
const SECONDS_A_CUE = 2.6;

export interface MadeEpisode {
  readonly season: number;
  readonly episodes: readonly number[];
  readonly cues: readonly { start: number; end: number; text: string }[];
}

/** Word frequencies as languages have them (Zipf): the word of rank r comes 1/r as often as the first. */
export function wordSource(name: string): () => string {
  const random = seededRandom(name);
  return () => `w${Math.floor(WORDS_IN_LANGUAGE ** random()) - 1}`;
}

/** Episodes of 44 minutes with about 6,000 words each, all from one vocabulary. */
export function makeSeason(count: number, name = 'season'): MadeEpisode[] {
  const next = wordSource(name);
  return Array.from({ length: count }, (_, index) => ({
    season: 1,
    episodes: [index + 1],
    cues: Array.from({ length: 750 }, (_, cue) => ({
      start: 20 + cue * 3.4,
      end: 20 + cue * 3.4 + SECONDS_A_CUE,
      text: Array.from({ length: WORDS_A_CUE }, next).join(' '),
    })),
  }));
}

/** What is said from `time` on in half a minute, of which a recogniser gets `wrong` of the words wrong. */
export function heard(episode: MadeEpisode, time: number, wrong: number, name: string): string[] {
  const random = seededRandom(name);
  const other = wordSource(`${name} wrong`);
  const said = episode.cues.filter(({ start }) => start >= time && start < time + 30);
  return said
    .flatMap(({ text }) => text.split(' '))
    .map((word) => (random() < wrong ? other() : word));
}
