import { segmentMap } from './segment-map.ts';
import { type DiscSegments, type SegmentList, textOf } from './segments.ts';

/** Playlists that play the same in so many orders were made to hide the right one. */
const FEWEST_ORDERS = 8;
/** A playlist that jumps about so often in hardly any clips was made to lead astray. */
const FEWEST_JUMPS = 50;
const MOST_CLIPS = 1 / 25;

/**
 * The titles made to hide the right one, each with those that play the same in another order; the
 * right one is among them, and nothing in the structure says which. Never more than the disc's own word:
 * Java, equal lengths or equal sizes prove nothing.
 */
export function findDecoys({ lists, keys }: DiscSegments): Map<number, number[]> {
  const decoys = new Map<number, number[]>();
  for (const group of permutationsOf(lists)) {
    const numbers = group.map(({ number }) => number);
    for (const [index, number] of numbers.entries())
      decoys.set(number, numbers.toSpliced(index, 1));
  }
  for (const number of mazesIn(lists, keys)) decoys.set(number, []);
  return decoys;
}

function permutationsOf(lists: readonly SegmentList[]): SegmentList[][] {
  const bySet = new Map<string, SegmentList[]>();
  for (const list of lists) {
    if (list.segments.length < 3) continue;
    const set = textOf(list.played.toSorted());
    const group = bySet.get(set);
    if (group) group.push(list);
    else bySet.set(set, [list]);
  }
  return [...bySet.values()].filter(
    (group) =>
      group.length >= FEWEST_ORDERS &&
      new Set(group.map(({ signature }) => signature)).size >= FEWEST_ORDERS,
  );
}

function mazesIn(lists: readonly SegmentList[], keys: readonly string[]): number[] {
  const long = lists.filter(({ played }) => played.length >= FEWEST_JUMPS);
  if (long.length === 0) return [];
  const clips = new Map<string, number>();
  const [clipOf, startOf] = [new Int32Array(keys.length), new Float64Array(keys.length)];
  for (const [segment, key] of keys.entries()) {
    const [clip = key, start = '0'] = key.split(':');
    const place = clips.get(clip) ?? clips.size;
    clips.set(clip, place);
    clipOf[segment] = place;
    startOf[segment] = Number.parseInt(start, 10);
  }
  const seen = segmentMap(clips.size);
  return long.flatMap(({ played, segments, number }) => {
    seen.clear();
    for (const segment of segments) seen.set(clipOf[segment] ?? 0, 1);
    if (seen.size() > MOST_CLIPS * played.length) return [];
    const jumps = played.some(
      (segment, index) =>
        index > 0 && (startOf[segment] ?? 0) < (startOf[played[index - 1] ?? 0] ?? 0),
    );
    return jumps ? [number] : [];
  });
}
