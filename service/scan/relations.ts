import { findDecoys } from './decoys.ts';
import { type Overlaps, overlapsOf } from './overlaps.ts';
import { findPlayAlls } from './play-all.ts';
import type { Relation, ScannedTitle } from './record.ts';
import { type Playable, playablesOf, type SegmentList, segmentListsOf } from './segments.ts';
import { findSums } from './sums.ts';

/** Two cuts share at least this much of the longer one; less is a chapter or a common opening. */
const minimumCutShare = 0.4;

/** Says of each title whether it repeats, joins, varies, hides or excerpts others, from what they play alone. */
export function findRelations<T extends ScannedTitle>(titles: readonly T[]): T[] {
  const relations = relationsOf(playablesOf(titles));
  return titles.map((title) => ({ ...title, relation: relations.get(title.number) ?? null }));
}

/** The relations of a disc's titles, by number; a title without one is content of its own. */
export function relationsOf(titles: readonly Playable[]): Map<number, Relation> {
  const lists = segmentListsOf(titles);
  const originals = originalsOf(titles, lists);
  const decoys = findDecoys(titles, lists);
  const distinct = lists.filter(
    ({ number, total }) => total > 0 && !originals.has(number) && !decoys.has(number),
  );
  const overlaps = overlapsOf(distinct);
  const playAlls = new Map([
    ...findPlayAlls(distinct, overlaps),
    ...findSums(titles.filter(({ number }) => !originals.has(number))),
  ]);
  const relationOf = (list: SegmentList): Relation | null => {
    const { number } = list;
    const original = originals.get(number);
    if (original !== undefined) return { kind: 'duplicate', of: [original] };
    const hidden = decoys.get(number);
    if (hidden) return { kind: 'decoy', of: hidden };
    const members = playAlls.get(number);
    if (members) return { kind: 'play-all', of: members };
    const singles = overlaps.sharers(list).filter((other) => !playAlls.has(other.number));
    return cutOf(list, singles, overlaps) ?? excerptOf(list, singles);
  };
  return new Map(
    lists.flatMap((list) => {
      const relation = relationOf(list);
      return relation ? [[list.number, relation]] : [];
    }),
  );
}

/** Title number of a repetition → the title that is the same, to the segment or, where those tell nothing, to the byte. */
function originalsOf(titles: readonly Playable[], lists: readonly SegmentList[]) {
  const first = new Map<string, number>();
  const originals = new Map<number, number>();
  const signatures = new Map(lists.map(({ number, signature }) => [number, signature]));
  for (const { number, duration, bytes, segments } of titles.toSorted(
    (a, b) => b.richness - a.richness || a.number - b.number,
  )) {
    const opaque = bytes === null ? null : `${bytes} bytes, ${Math.round(duration)} s`;
    const identity = segments === null ? opaque : signatures.get(number) || null;
    if (identity === null) continue;
    const original = first.get(identity);
    if (original === undefined) first.set(identity, number);
    else originals.set(number, original);
  }
  return originals;
}

function cutOf(
  list: SegmentList,
  others: readonly SegmentList[],
  { shared }: Overlaps,
): Relation | null {
  const cuts = others.filter(
    (other) => shared(list, other) >= minimumCutShare * Math.max(list.total, other.total),
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
