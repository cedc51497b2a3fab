import type { Reference } from '../../references/reference.ts';
import { type IndexedReference, indexReference, windowsAround } from './indexed-reference.ts';
import { wordWeights } from './word-weights.ts';

/** What two words in the same order tell beside their own weights. */
const BIGRAM_WEIGHT = 2;
/** Seconds of dialogue that about 400 words take. */
const DEFAULT_SLACK = 150;

/** Title time = reference time * speed + offset, as the aligner measures it. */
interface Placed {
  readonly offset: number;
  readonly speed: number;
}

export interface Around {
  /** Seconds from the start of the title at which the words were said. */
  readonly time: number;
  /** How each reference lies in the title, in their order; without it as if both began together. */
  readonly alignments?: readonly (Placed | null)[] | undefined;
  /** Seconds before and after that still count; 150 unless given. */
  readonly slack?: number;
}

export type ScoredReference = Pick<Reference, 'season' | 'episodes' | 'cues'>;

export interface TextScorer {
  /**
   * How much of a snippet of dialogue each reference holds in one place, in their order: the weights of the distinct
   * words that the best window of 110 words shares with it, and 2 for each pair of neighbours. Zero is nothing.
   * Only ranks and ratios mean something: see `standingOf`.
   */
  score(words: readonly string[], options?: { around?: Around }): number[];
}

/**
 * Compares snippets of a few dozen words with the references of a season. A snippet of half a minute is lost in the
 * word counts of a whole episode, but stands out in a window of its own length. All preparation is done here, so that
 * a snippet costs milliseconds.
 */
export function createTextScorer(references: readonly ScoredReference[]): TextScorer {
  const numbers = new Map<string, number>();
  const numberOf = (word: string) => {
    const number = numbers.get(word) ?? numbers.size;
    numbers.set(word, number);
    return number;
  };
  const indexed = references.map(({ cues }) => indexReference(cues, numberOf));
  const weights = wordWeights(documentsOf(references, indexed));

  return {
    score(words, { around } = {}) {
      const known = words.map((word) => numbers.get(word) ?? null);
      const wanted = distinctWords(known);
      const pairs = distinctPairs(known);
      return indexed.map((reference, index) => {
        const scores = new Float64Array(reference.windows);
        addWords(scores, reference, wanted, weights);
        addPairs(scores, reference, pairs);
        return best(scores, reference, around && placeIn(index, around));
      });
    },
  };
}

/** Several references of one episode are one document: a word is not common because it was written down twice. */
function documentsOf(
  references: readonly ScoredReference[],
  indexed: readonly IndexedReference[],
): ReadonlySet<number>[] {
  const documents = new Map<string, Set<number>>();
  for (const [index, { season, episodes }] of references.entries()) {
    const key = `${season}:${episodes.join()}`;
    const words = documents.get(key) ?? new Set<number>();
    for (const word of indexed[index]?.words ?? []) words.add(word);
    documents.set(key, words);
  }
  return [...documents.values()];
}

type Known = readonly (number | null)[];

function distinctWords(words: Known): Set<number> {
  return new Set(words.filter((word) => word !== null));
}

/** By the first word of each pair, the distinct words that follow it. */
function distinctPairs(words: Known): Map<number, Set<number>> {
  const pairs = new Map<number, Set<number>>();
  for (const [index, first] of words.entries()) {
    const second = words[index + 1];
    if (first === null || second === null || second === undefined) continue;
    const seconds = pairs.get(first) ?? new Set<number>();
    pairs.set(first, seconds.add(second));
  }
  return pairs;
}

function addWords(
  scores: Float64Array,
  { occurrences }: IndexedReference,
  wanted: ReadonlySet<number>,
  weights: ReadonlyMap<number, number>,
): void {
  for (const word of wanted) {
    const weight = weights.get(word) ?? 0;
    for (const window of occurrences.get(word)?.windows ?? []) add(scores, window, weight);
  }
}

function addPairs(
  scores: Float64Array,
  reference: IndexedReference,
  pairs: ReadonlyMap<number, ReadonlySet<number>>,
): void {
  for (const [first, seconds] of pairs)
    for (const second of seconds) {
      let next = 0;
      for (const place of placesOfPair(reference, first, second)) {
        const [from, to] = windowsAround(place, place + 1, reference.windows);
        for (let window = Math.max(from, next); window <= to; window++)
          add(scores, window, BIGRAM_WEIGHT);
        next = Math.max(next, to + 1);
      }
    }
}

/** Where the first of two neighbours stands; found by the rarer of the two. */
function placesOfPair(
  { occurrences, words }: IndexedReference,
  first: number,
  second: number,
): number[] {
  const firsts = occurrences.get(first)?.places ?? [];
  const seconds = occurrences.get(second)?.places ?? [];
  if (firsts.length <= seconds.length) return firsts.filter((place) => words[place + 1] === second);
  return seconds.filter((place) => words[place - 1] === first).map((place) => place - 1);
}

function add(scores: Float64Array, window: number, weight: number): void {
  scores[window] = (scores[window] ?? 0) + weight;
}

/** Seconds of the reference between which the words should be. */
function placeIn(index: number, { time, alignments, slack = DEFAULT_SLACK }: Around) {
  const { offset, speed } = alignments?.[index] ?? { offset: 0, speed: 1 };
  const middle = (time - offset) / speed;
  return { from: middle - slack, to: middle + slack };
}

function best(
  scores: Float64Array,
  { starts, ends }: IndexedReference,
  place: { from: number; to: number } | undefined,
): number {
  let highest = 0;
  for (let window = 0; window < scores.length; window++) {
    const score = scores[window] ?? 0;
    if (score <= highest) continue;
    const isNear =
      place === undefined ||
      ((starts[window] ?? 0) <= place.to && (ends[window] ?? 0) >= place.from);
    if (isNear) highest = score;
  }
  return highest;
}
