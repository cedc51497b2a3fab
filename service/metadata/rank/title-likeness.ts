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

/** The best of what a label's title has in common with the titles of one work. */
export function likenessOf(label: string, titles: readonly string[]): Likeness {
  return titles
    .map((title) => likeness(label, title))
    .reduce((best, next) => (next.value > best.value ? next : best), nothing);
}

function likeness(label: string, title: string): Likeness {
  const equal = equalKeys(label, title);
  if (equal > 0) return { value: equal, limit: 1, same: true, says: `it is called "${title}"` };
  const found = mainPart(label, title) ?? beginning(label, title) ?? misspelled(label, title);
  if (!found) return nothing;
  return numbersAgree(label, title)
    ? found
    : {
        ...found,
        value: found.value * 0.1,
        limit: 0.4,
        says: `${found.says}, with another number`,
      };
}

function equalKeys(label: string, title: string): number {
  const keys = new Map(keysOf(title).map(({ key, weight }) => [key, weight]));
  return Math.max(0, ...keysOf(label).map(({ key, weight }) => weight * (keys.get(key) ?? 0)));
}

/** "Ferry Road" for "Ferry Road: The Crossing": a subtitle is often left out, and so tells no sequels apart. */
function mainPart(label: string, title: string): Likeness | null {
  const [main, ...rest] = title.split(/:\s|\s[-–—]\s|\s\(/);
  if (main === undefined || rest.length === 0 || equalKeys(label, main) === 0) return null;
  return { value: 0.25, limit: 0.75, same: false, says: `"${title}" begins like that` };
}

function beginning(label: string, title: string): Likeness | null {
  const [short, long] = [literal(label), literal(title)];
  if (short.length >= SHORTEST_PART && long.startsWith(short)) {
    const cut = short.length >= LONG_BEGINNING;
    if (!cut && !startsWithWords(title, label)) return null;
    const says = `"${title}" begins like that`;
    return { value: cut ? 0.3 : 0.1, limit: cut ? 0.85 : 0.6, same: false, says };
  }
  if (long.length >= SHORTEST_PART && short.startsWith(long) && startsWithWords(label, title)) {
    const says = `the label begins like "${title}"`;
    return { value: 0.2 * (long.length / short.length), limit: 0.7, same: false, says };
  }
  return null;
}

function misspelled(label: string, title: string): Likeness | null {
  const similarity = Math.max(
    0,
    ...nearKeys(label).flatMap((a) => nearKeys(title).map((b) => similarityOf(a, b))),
  );
  if (similarity < LEAST_SIMILARITY) return null;
  const share = (similarity - LEAST_SIMILARITY) / (1 - LEAST_SIMILARITY);
  return {
    value: 0.4 * share ** 2,
    limit: 0.75,
    same: false,
    says: `it is called "${title}", nearly`,
  };
}

/** With and without an article. */
function nearKeys(title: string): string[] {
  return keysOf(title).flatMap(({ key, weight }) => (weight > 0.9 ? [key] : []));
}

function similarityOf(a: string, b: string): number {
  if (Math.min(a.length, b.length) < SHORTEST_PART) return 0;
  return 1 - distance(a, b) / Math.max(a.length, b.length);
}

function startsWithWords(text: string, start: string): boolean {
  const words = wordsOf(text);
  return wordsOf(start).every((word, index) => words[index] === word);
}

function numbersAgree(label: string, title: string): boolean {
  const [a, b] = [numbersOf(label).toSorted(), numbersOf(title).toSorted()];
  return a.length === b.length && a.every((number, index) => number === b[index]);
}

function literal(title: string): string {
  return keysOf(title)[0]?.key ?? '';
}
