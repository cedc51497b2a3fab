import type { SegmentList } from './segments.ts';

/** What the lists of a disc have in common. */
export interface Overlaps {
  /** Those that share anything with it, by number: nearly all titles of a disc share nothing. */
  sharers(list: SegmentList): readonly SegmentList[];
  /** Weight of what each other list shares with it, by the other's place. */
  shared(list: SegmentList): Float64Array;
}

/** So many segments are looked at together: all that two lists share of them is one look into a table. */
const BUNDLE = 8;

/** Which of the segments of one bundle each list plays, by bits; only of lists that play any. */
interface Bundle {
  /** Places, ascending. */
  places: number[];
  bits: number[];
  /** By bit. */
  weights: number[];
}

/**
 * Weighs what each two lists share, once: discs made to mislead have a thousand lists that all share something, and
 * each pair is looked at again and again. Bundles of segments are added up beforehand for every choice of them
 * (the "four Russians": Arlazarov, Dinic, Kronrod and Faradzev 1970).
 */
export function overlapsOf(lists: readonly SegmentList[], weights: Float64Array): Overlaps {
  const byNumber = lists.toSorted((a, b) => a.number - b.number);
  const size = 1 + Math.max(0, ...lists.map(({ place }) => place));
  const sums = new Float64Array(size * size);
  for (const bundle of bundlesOf(lists, weights)) addTo(sums, size, bundle);
  for (let a = 0; a < size; a += 1)
    for (let b = a + 1; b < size; b += 1) sums[b * size + a] = sums[a * size + b] ?? 0;
  const shared = ({ place }: SegmentList) => sums.subarray(place * size, (place + 1) * size);
  return {
    shared,
    sharers(list) {
      const weightOf = shared(list);
      return byNumber.filter(({ place }) => (weightOf[place] ?? 0) > 0);
    },
  };
}

function bundlesOf(lists: readonly SegmentList[], weights: Float64Array): Bundle[] {
  const holders = new Int32Array(weights.length);
  for (const { segments } of lists)
    for (const segment of segments) holders[segment] = (holders[segment] ?? 0) + 1;
  const order = new Int32Array(weights.length).fill(-1);
  const bundles: Bundle[] = [];
  let placed = 0;
  for (const { place, segments } of lists.toSorted((a, b) => a.place - b.place))
    for (const segment of segments) {
      if ((holders[segment] ?? 0) < 2) continue;
      if (order[segment] === -1) {
        order[segment] = placed;
        placed += 1;
      }
      const bit = (order[segment] ?? 0) % BUNDLE;
      const index = ((order[segment] ?? 0) - bit) / BUNDLE;
      const bundle = bundles[index] ?? { places: [], bits: [], weights: [] };
      bundles[index] = bundle;
      bundle.weights[bit] = weights[segment] ?? 0;
      if (bundle.places.at(-1) !== place) {
        bundle.places.push(place);
        bundle.bits.push(0);
      }
      const last = bundle.bits.length - 1;
      bundle.bits[last] = (bundle.bits[last] ?? 0) | (1 << bit);
    }
  return bundles;
}

function addTo(sums: Float64Array, size: number, { places, bits, weights }: Bundle): void {
  const table = tableOf(weights);
  const [others, theirs] = [Int32Array.from(places), Uint8Array.from(bits)];
  for (const [index, place] of places.entries()) {
    const own = bits[index] ?? 0;
    const start = place * size;
    for (let i = index + 1; i < others.length; i += 1) {
      const at = start + (others[i] ?? 0);
      sums[at] = (sums[at] ?? 0) + (table[own & (theirs[i] ?? 0)] ?? 0);
    }
  }
}

/** The sum of every choice of weights, by the bits of those that are chosen. */
function tableOf(weights: readonly number[]): Float64Array {
  const table = new Float64Array(1 << weights.length);
  for (const [bit, weight] of weights.entries())
    for (let choice = 0; choice < 1 << bit; choice += 1)
      table[(1 << bit) | choice] = (table[choice] ?? 0) + weight;
  return table;
}
