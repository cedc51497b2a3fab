import type { Playable, SegmentList } from './segments.ts';

/** Playlists that play the same in so many orders were made to hide the right one. */
const FEWEST_ORDERS = 8;
/** A playlist that jumps about so often in hardly any clips was made to lead astray. */
const FEWEST_JUMPS = 50;

/**
 * The titles made to hide the right one, each with those that play the same in another order; the
 * right one is among them, and nothing in the structure says which. Never more than the disc's own word:
 * Java, equal lengths or equal sizes prove nothing.
 */
export function findDecoys(
  titles: readonly Playable[],
  lists: readonly SegmentList[],
): Map<number, number[]> {
  const decoys = new Map<number, number[]>();
  for (const group of permutationsOf(lists))
    for (const { number } of group)
      decoys.set(
        number,
        group.map((other) => other.number).filter((other) => other !== number),
      );
  for (const { number, segments } of titles)
    if (segments && isMaze(segments.map(({ key }) => key))) decoys.set(number, []);
  return decoys;
}

function permutationsOf(lists: readonly SegmentList[]): SegmentList[][] {
  const bySet = new Map<string, SegmentList[]>();
  for (const list of lists) {
    if (list.keys.length < 3) continue;
    const set = list.signature.split(' ').sort().join(' ');
    const group = bySet.get(set);
    if (group) group.push(list);
    else bySet.set(set, [list]);
  }
  return [...bySet.values()].filter(
    (group) => new Set(group.map(({ signature }) => signature)).size >= FEWEST_ORDERS,
  );
}

function isMaze(keys: readonly string[]): boolean {
  if (keys.length < FEWEST_JUMPS) return false;
  const clips = keys.map((key) => key.split(':')[0] ?? key);
  const isInOrder = keys.every(
    (key, index) => index === 0 || startOf(key) >= startOf(keys[index - 1]),
  );
  return new Set(clips).size * 25 <= keys.length && !isInOrder;
}

function startOf(key = ''): number {
  return Number.parseInt(key.split(':')[1] ?? '0', 10);
}
