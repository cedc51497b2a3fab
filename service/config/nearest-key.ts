import { distance } from 'fastest-levenshtein';
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
    .map((candidate) => ({
      candidate,
      edits: distance(plain(word), plain(shown(candidate))),
    }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best && best.edits <= Math.max(2, word.length / 3) ? best.candidate : undefined;
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

/** Without what is easily confused: capitals, "-" and "_". */
function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[-_]/g, '').slice(0, 64);
}
