import { distance } from 'fastest-levenshtein';
import { keysOf, numbersOf, wordsOf } from './title-keys.ts';

export interface Likeness {
  /** How probable such a label is on a disc of this work; 0 = not at all. */
  readonly value: number;
  /** However much else agrees, the work is no more probable than this. */
  readonly limit: number;
  /** True when both are one title, spelled in two ways. */
  readonly same: boolean;
  /** In words; names the title that was met. */
  readonly says: string;
}

const nothing: Likeness = { value: 0, limit: 0, same: false, says: 'its name is another' };

/** A volume label ends at 32 characters, and many tools cut earlier. */
const LONG_BEGINNING = 14;
const SHORTEST_PART = 4;
const LEAST_SIMILARITY = 0.8;

/** A title with the forms in which it is compared. */
interface Compared {
  readonly text: string;
  readonly keys: ReadonlyMap<string, number>;
  /** With and without an article; the first is the most literal. */
  readonly near: readonly string[];
  readonly words: readonly string[];
}

/** Compares the titles of many works with one label: the best of what they have in common. */
export function createLikeness(label: string): (titles: readonly string[]) => Likeness {
  const compared = compare(label);
  return (titles) =>
    titles
      .map((title) => likeness(compared, compare(title)))
      .reduce((best, next) => (next.value > best.value ? next : best), nothing);
}

function compare(text: string): Compared {
  const keys = keysOf(text);
  return {
    text,
    keys: new Map(keys.map(({ key, weight }) => [key, weight])),
    near: keys.flatMap(({ key, weight }) => (weight > 0.9 ? [key] : [])),
    words: wordsOf(text),
  };
}

function likeness(label: Compared, title: Compared): Likeness {
  const equal = equalKeys(label, title);
  if (equal > 0)
    return { value: equal, limit: 1, same: true, says: `it is called "${title.text}"` };
  const found = mainPart(label, title) ?? beginning(label, title) ?? misspelled(label, title);
  if (!found) return nothing;
  if (numbersAgree(label, title)) return found;
  return {
    ...found,
    value: found.value * 0.1,
    limit: 0.4,
    says: `${found.says}, with another number`,
  };
}

function equalKeys(label: Compared, title: Compared): number {
  let best = 0;
  for (const [key, weight] of label.keys)
    best = Math.max(best, weight * (title.keys.get(key) ?? 0));
  return best;
}

/** "Ferry Road" for "Ferry Road: The Crossing": a subtitle is often left out, and so tells no sequels apart. */
function mainPart(label: Compared, { text }: Compared): Likeness | null {
  const [main, ...rest] = text.split(/:\s|\s[-–—]\s|\s\(/);
  if (main === undefined || rest.length === 0 || equalKeys(label, compare(main)) === 0) return null;
  return { value: 0.25, limit: 0.75, same: false, says: `"${text}" begins like that` };
}

function beginning(label: Compared, title: Compared): Likeness | null {
  const [short, long] = [literal(label), literal(title)];
  if (short.length >= SHORTEST_PART && long.startsWith(short)) {
    const cut = short.length >= LONG_BEGINNING;
    if (!cut && !startsWithWords(title, label)) return null;
    const says = `"${title.text}" begins like that`;
    return { value: cut ? 0.3 : 0.1, limit: cut ? 0.85 : 0.6, same: false, says };
  }
  if (long.length >= SHORTEST_PART && short.startsWith(long) && startsWithWords(label, title)) {
    const says = `the label begins like "${title.text}"`;
    return { value: 0.2 * (long.length / short.length), limit: 0.7, same: false, says };
  }
  return null;
}

function misspelled(label: Compared, title: Compared): Likeness | null {
  const similarities = label.near.flatMap((a) => title.near.map((b) => similarityOf(a, b)));
  const similarity = Math.max(0, ...similarities);
  if (similarity < LEAST_SIMILARITY) return null;
  const share = (similarity - LEAST_SIMILARITY) / (1 - LEAST_SIMILARITY);
  const says = `it is called "${title.text}", nearly`;
  return { value: 0.4 * share ** 2, limit: 0.75, same: false, says };
}

function similarityOf(a: string, b: string): number {
  const [shorter, longer] = [Math.min(a.length, b.length), Math.max(a.length, b.length)];
  const cannotBeAlike = shorter < SHORTEST_PART || shorter < LEAST_SIMILARITY * longer;
  return cannotBeAlike ? 0 : 1 - distance(a, b) / longer;
}

function startsWithWords(text: Compared, start: Compared): boolean {
  return start.words.every((word, index) => text.words[index] === word);
}

function numbersAgree(label: Compared, title: Compared): boolean {
  const [a, b] = [numbersOf(label.text).toSorted(), numbersOf(title.text).toSorted()];
  return a.length === b.length && a.every((number, index) => number === b[index]);
}

function literal({ near }: Compared): string {
  return near[0] ?? '';
}
