import type { Cue } from '../../references/reference.ts';
import { wordsOf } from './words.ts';

/** Words of a window of a reference, and how far the next one starts behind it; 30 s of dialogue have about 75. */
export const WINDOW_WORDS = 110;
export const WINDOW_STEP = 25;

/** A reference as numbers, made once and then only read. */
export interface IndexedReference {
  /** Word numbers in their order. */
  readonly words: Uint32Array;
  readonly occurrences: ReadonlyMap<number, Occurrences>;
  readonly windows: number;
  /** Seconds at which each window starts and ends. */
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

export interface Occurrences {
  /** Where the word stands in `words`. */
  readonly places: readonly number[];
  /** The windows that hold it, each once. */
  readonly windows: readonly number[];
}

/** Numbers words in the order in which they are met. */
export type NumberWord = (word: string) => number;

export function indexReference(cues: readonly Cue[], numberOf: NumberWord): IndexedReference {
  const words: number[] = [];
  const times: number[] = [];
  for (const { start, end, text } of cues) {
    const said = wordsOf(text);
    for (const [index, word] of said.entries()) {
      words.push(numberOf(word));
      times.push(start + ((end - start) * index) / said.length);
    }
  }
  const windows = countWindows(words.length);
  const timeOf = (place: number) => times[Math.min(place, times.length - 1)] ?? 0;
  return {
    words: Uint32Array.from(words),
    occurrences: occurrencesOf(words, windows),
    windows,
    starts: Float64Array.from({ length: windows }, (_, window) => timeOf(window * WINDOW_STEP)),
    ends: Float64Array.from({ length: windows }, (_, window) =>
      timeOf(window * WINDOW_STEP + WINDOW_WORDS - 1),
    ),
  };
}

/** The first and the last window that hold the words from `first` to `last`. */
export function windowsAround(first: number, last: number, windows: number): [number, number] {
  const from = Math.max(0, Math.ceil((last - WINDOW_WORDS + 1) / WINDOW_STEP));
  return [from, Math.min(windows - 1, Math.floor(first / WINDOW_STEP))];
}

/** The last window is the first one that reaches the end. */
function countWindows(words: number): number {
  if (words === 0) return 0;
  return Math.max(0, Math.ceil((words - WINDOW_WORDS) / WINDOW_STEP)) + 1;
}

function occurrencesOf(words: readonly number[], windows: number): Map<number, Occurrences> {
  const occurrences = new Map<number, { places: number[]; windows: number[] }>();
  for (const [place, word] of words.entries()) {
    const known = occurrences.get(word) ?? { places: [], windows: [] };
    const [from, to] = windowsAround(place, place, windows);
    const next = (known.windows.at(-1) ?? -1) + 1;
    for (let window = Math.max(from, next); window <= to; window++) known.windows.push(window);
    known.places.push(place);
    occurrences.set(word, known);
  }
  return occurrences;
}
