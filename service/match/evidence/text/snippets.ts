import type { Cue } from '../../references/reference.ts';
import { dialogueByCues, richPlaces } from '../rich-places.ts';
import { sumScores } from './standing.ts';
import type { Around, TextScorer } from './text-scorer.ts';
import { wordsOf } from './words.ts';

/** What is said in half a minute or so of a title. */
export interface Snippet {
  /** Seconds from the start of the title to its middle. */
  readonly time: number;
  readonly words: readonly string[];
}

const USUAL_COUNT = 6;
const USUAL_SECONDS = 30;
/** A few words are in every episode. */
const LEAST_WORDS = 8;

/** The most talkative stretches of subtitles, captions or what was read from pictures. */
export function snippetsOf(
  cues: readonly Cue[],
  { count = USUAL_COUNT, seconds = USUAL_SECONDS } = {},
): Snippet[] {
  const duration = Math.ceil(cues.at(-1)?.end ?? 0) + seconds;
  const said = dialogueByCues([{ cues, alignment: null }], duration);
  return richPlaces(said, { count, seconds }).flatMap(({ start, seconds: length }) => {
    const within = cues.filter((cue) => cue.start >= start && cue.start < start + length);
    const words = within.flatMap(({ text }) => wordsOf(text));
    return words.length < LEAST_WORDS ? [] : [{ time: start + length / 2, words }];
  });
}

/** The score of each reference over all snippets, near the times at which they are said. */
export function scoreSnippets(
  scorer: TextScorer,
  snippets: readonly Snippet[],
  alignments?: Around['alignments'],
): number[] {
  return sumScores(
    snippets.map(({ time, words }) => scorer.score(words, { around: { time, alignments } })),
  );
}
