import type { SegmentList } from './segments.ts';

/** What the lists of a disc have in common. */
export interface Overlaps {
  /** Those that share anything with it, by number: nearly all titles of a disc share nothing. */
  sharers(list: SegmentList): readonly SegmentList[];
  /** How much of `list` is also in `other`. */
  shared(list: SegmentList, other: SegmentList): number;
}

/**
 * Weighs what lists share once, segment by segment and not pair by pair: discs made to mislead have a thousand lists
 * that all share something, and each pair is looked at again and again.
 */
export function overlapsOf(lists: readonly SegmentList[]): Overlaps {
  const indexes = new Map(lists.map((list, index) => [list, index]));
  const holders = new Map<string, number[]>();
  for (const [index, { keys }] of lists.entries())
    for (const key of keys) {
      const known = holders.get(key);
      if (known) known.push(index);
      else holders.set(key, [index]);
    }
  const rows = new Map<SegmentList, Float64Array>();

  function rowOf(list: SegmentList): Float64Array {
    const known = rows.get(list);
    if (known) return known;
    const row = new Float64Array(lists.length);
    for (const [key, weight] of list.weights)
      for (const index of holders.get(key) ?? []) row[index] = (row[index] ?? 0) + weight;
    rows.set(list, row);
    return row;
  }

  return {
    sharers(list) {
      const row = rowOf(list);
      return lists
        .filter((other, index) => other !== list && (row[index] ?? 0) > 0)
        .sort((a, b) => a.number - b.number);
    },
    shared: (list, other) => rowOf(list)[indexes.get(other) ?? -1] ?? 0,
  };
}
