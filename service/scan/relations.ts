import { findPlayAlls } from './play-all.ts';
import type { Relation, ScannedTitle } from './record.ts';
import { type SegmentList, segmentListOf, sharedWeight } from './segments.ts';

/** Two cuts share at least this much of the longer one; less is a chapter or a common opening. */
const minimumCutShare = 0.5;

/** Says of each title whether it repeats, joins, varies or excerpts others, from what they play alone. */
export function findRelations<T extends ScannedTitle>(titles: readonly T[]): T[] {
  const lists = titles.map(segmentListOf);
  const originals = new Map<string, SegmentList>();
  for (const list of lists) if (!originals.has(list.signature)) originals.set(list.signature, list);
  const distinct = [...originals.values()].filter(({ total }) => total > 0);
  const playAlls = findPlayAlls(distinct);
  const singles = distinct.filter(({ number }) => !playAlls.has(number));
  const relationOf = (list: SegmentList): Relation | null => {
    if (list.total === 0) return null;
    const original = originals.get(list.signature)?.number;
    if (original !== undefined && original !== list.number)
      return { kind: 'duplicate', of: [original] };
    const members = playAlls.get(list.number);
    if (members) return { kind: 'play-all', of: members };
    return cutOf(list, singles) ?? excerptOf(list, singles);
  };
  const relations = new Map(lists.map((list) => [list.number, relationOf(list)]));
  return titles.map((title) => ({ ...title, relation: relations.get(title.number) ?? null }));
}

function cutOf(list: SegmentList, others: readonly SegmentList[]): Relation | null {
  const cuts = others.filter(
    (other) =>
      other.number !== list.number &&
      sharedWeight(list, other.weights) >= minimumCutShare * Math.max(list.total, other.total),
  );
  return cuts.length === 0 ? null : { kind: 'cut', of: cuts.map(({ number }) => number) };
}

/** A logo or trailer is part of many titles and names them all. */
function excerptOf(list: SegmentList, others: readonly SegmentList[]): Relation | null {
  const wholes = others.filter(
    (other) => other.total > list.total && list.keys.every((key) => other.weights.has(key)),
  );
  return wholes.length === 0
    ? null
    : { kind: 'chapter-of', of: wholes.map(({ number }) => number) };
}
