import { titleWords } from './title-words.ts';

/** Words that may be in a label, parted as somebody may have meant them. */
export interface PartedWords {
  readonly text: string;
  /** Every part is a word that we know; else one of them may be a name, or half of a word. */
  readonly isComplete: boolean;
}

interface Parting {
  readonly words: readonly string[];
  readonly cost: number;
  readonly unknown: number;
}

const SHORTEST_JOINED = 6;
/** A volume label has 32 characters; longer words come from names of files, and are none. */
const LONGEST_JOINED = 40;
const SHORTEST_UNKNOWN = 4;
/** The share of letters that may be of no known word. */
const MOST_UNKNOWN = 0.75;
const LONGEST_WORD = 14;
/** As many beginnings are followed up. */
const BEAM = 4;
const MOST_PARTINGS = 2;

/**
 * What "LONGMERIDIAN" may be in words: the cheapest ways to put it together from words that titles are made of (the
 * rarer the dearer, Zipf's law) and at most one other word, which has to leave room for known ones. `others` are words
 * that the disc or its image uses elsewhere. Empty for a word that is known as it is, and for several: whoever has
 * parted some words has hardly left others joined.
 */
export function partedWords(text: string, others: readonly string[] = []): PartedWords[] {
  const [, joined = '', number = ''] = /^([a-z]+)( \d+)?$/i.exec(text) ?? [];
  const letters = joined.toLowerCase();
  if (letters.length < SHORTEST_JOINED || letters.length > LONGEST_JOINED) return [];
  if (titleWords.has(letters)) return [];
  const known = new Set(
    others.map((word) => word.toLowerCase()).filter((word) => word !== letters),
  );
  return partings(letters, known)
    .filter(({ words, unknown }) => words.length > 1 && unknown <= MOST_UNKNOWN * letters.length)
    .slice(0, MOST_PARTINGS)
    .map(({ words, unknown }) => ({
      text: `${words.join(' ')}${number}`,
      isComplete: unknown === 0,
    }));
}

/** The cheapest partings of the whole, by way of the cheapest ones of each beginning. */
function partings(letters: string, others: ReadonlySet<string>): Parting[] {
  const best: Parting[][] = [[{ words: [], cost: 0, unknown: 0 }]];
  for (let end = 1; end <= letters.length; end++) {
    const ways: Parting[] = [];
    for (let start = Math.max(0, end - LONGEST_WORD); start < end; start++) {
      const part = letters.slice(start, end);
      const cost = costOf(part, others);
      for (const before of best[start] ?? []) {
        const isUnknown = cost === null;
        if (isUnknown && (part.length < SHORTEST_UNKNOWN || before.unknown > 0)) continue;
        ways.push({
          words: [...before.words, part],
          cost: before.cost + (cost ?? COST_OF_A_WORD + COST_OF_A_LETTER * part.length),
          unknown: before.unknown + (isUnknown ? part.length : 0),
        });
      }
    }
    best.push(ways.sort((a, b) => a.cost - b.cost).slice(0, BEAM));
  }
  return best[letters.length] ?? [];
}

/** Of a word that nobody knows: each letter may be any. */
const COST_OF_A_LETTER = Math.log(26);
/** What every word costs beside its rank: few long words are likelier than many short ones. */
const COST_OF_A_WORD = 3;

/** Null for a word that nobody knows. */
function costOf(word: string, others: ReadonlySet<string>): number | null {
  if (others.has(word)) return COST_OF_A_WORD;
  const rank = titleWords.get(word);
  return rank === undefined ? null : COST_OF_A_WORD + Math.log(rank + 10);
}
