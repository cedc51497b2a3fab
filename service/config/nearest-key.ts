import { allKeys, type ConfigKey, configKeys } from './keys.ts';

/** What somebody meant by a key that does not exist: a likely key, or all keys of its place. */
export function suggestion(unknown: string, place: readonly string[]): string {
  const siblings = keysAt(place);
  const near = nearest(unknown, siblings.map(pathOf), (path) => path.split('.').at(-1) ?? path);
  const elsewhere = allKeys().filter((key) => key.name === unknown);
  const meant = near ?? (elsewhere[0] && pathOf(elsewhere[0]));
  if (meant !== undefined) return `did you mean ${meant}?`;
  return `known here: ${siblings.map(({ name }) => name).join(', ')}`;
}

/** The candidate that is a typing error away, or undefined. */
export function nearest(
  word: string,
  candidates: readonly string[],
  shown: (candidate: string) => string = (candidate) => candidate,
): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(word, shown(candidate)) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(2, word.length / 3) ? best.candidate : undefined;
}

function keysAt(place: readonly string[]): readonly ConfigKey[] {
  return place.reduce<readonly ConfigKey[]>(
    (keys, name) => keys.find((key) => key.name === name)?.children ?? [],
    configKeys,
  );
}

function pathOf(key: ConfigKey): string {
  return key.path.join('.');
}

/** Levenshtein distance of two short words, without regard to case, "-" and "_". */
function editDistance(a: string, b: string): number {
  const from = plain(a);
  const to = plain(b);
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[-_]/g, '').slice(0, 64);
}
