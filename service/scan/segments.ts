import type { ScannedTitle } from './record.ts';

/** A title as the ordered list of what it plays, weighed by how much that is. */
export interface SegmentList {
  number: number;
  /** In playing order; what is played twice counts where it comes first. */
  keys: string[];
  /** Sectors of a DVD's cells, bytes of a Blu-ray's clips; comparable within one disc. */
  weights: ReadonlyMap<string, number>;
  total: number;
  /** The same for titles that play the same segments in the same order. */
  signature: string;
}

interface Segment {
  key: string;
  weight: number;
}

export function segmentListOf(title: ScannedTitle): SegmentList {
  const segments = segmentsOf(title);
  const weights = new Map(segments.map(({ key, weight }) => [key, weight]));
  return {
    number: title.number,
    keys: [...weights.keys()],
    weights,
    total: [...weights.values()].reduce((sum, weight) => sum + weight, 0),
    signature: segments.map(({ key }) => key).join(' '),
  };
}

/** Nothing for a title of which only MakeMKV tells, unless it names the clips. */
function segmentsOf(title: ScannedTitle): Segment[] {
  if ('cells' in title)
    return title.cells.map(({ key, firstSector, lastSector }) => ({
      key,
      weight: lastSector - firstSector + 1,
    }));
  if ('items' in title)
    return title.items.map(({ clip, in: from, out, bytes }) => ({
      key: `${clip}:${from}-${out}`,
      weight: bytes,
    }));
  return (title.clips ?? []).map((key) => ({ key, weight: 1 }));
}

/** How much of `list` is also in `other`. */
export function sharedWeight(list: SegmentList, other: ReadonlyMap<string, unknown>): number {
  let shared = 0;
  for (const [key, weight] of list.weights) if (other.has(key)) shared += weight;
  return shared;
}
