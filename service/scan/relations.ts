import { setImmediate } from 'node:timers/promises';
import { findDecoys } from './decoys.ts';
import { type Overlaps, overlapsOf } from './overlaps.ts';
import { findPlayAlls } from './play-all.ts';
import { playablesOf } from './playables.ts';
import type { Relation, ScannedTitle } from './record.ts';
import { type Playable, type SegmentList, segmentsOf } from './segments.ts';
import { findSums } from './sums.ts';

/** Two cuts share at least this much of the longer one; less is a chapter or a common opening. */
const minimumCutShare = 0.4;

/** Says of each title whether it repeats, joins, varies, hides or excerpts others, from what they play alone. */
export function findRelations<T extends ScannedTitle>(titles: readonly T[]): T[] {
  return withRelations(titles, relationsOf(playablesOf(titles)));
}

/** The same, while other work goes on: a thousand playlists that were made to mislead take a while. */
export async function findRelationsInTurns<T extends ScannedTitle>(
  titles: readonly T[],
): Promise<T[]> {
  const turns = relating(playablesOf(titles));
  for (let turn = turns.next(); ; turn = turns.next()) {
    if (turn.done) return withRelations(titles, turn.value);
    await setImmediate();
  }
}

/** The relations of a disc's titles, by number; a title without one is content of its own. */
export function relationsOf(titles: readonly Playable[]): Map<number, Relation> {
  const turns = relating(titles);
  for (let turn = turns.next(); ; turn = turns.next()) if (turn.done) return turn.value;
}

function withRelations<T extends ScannedTitle>(
  titles: readonly T[],
  relations: ReadonlyMap<number, Relation>,
): T[] {
  return titles.map((title) => ({ ...title, relation: relations.get(title.number) ?? null }));
}

/** Yields wherever other work may go on. */
function* relating(titles: readonly Playable[]): Generator<void, Map<number, Relation>> {
  yield;
  const segments = segmentsOf(titles);
  const { lists, weights } = segments;
  yield;
  const originals = originalsOf(titles, lists);
  const decoys = findDecoys(segments);
  const distinct = lists.filter(
    ({ number, total }) => total > 0 && !originals.has(number) && !decoys.has(number),
  );
  yield;
  const overlaps = overlapsOf(distinct, weights);
  yield;
  const playAlls = new Map([
    ...findPlayAlls(distinct, weights, overlaps),
    ...findSums(titles.filter(({ number }) => !originals.has(number))),
  ]);
  yield;
  const relationOf = (list: SegmentList): Relation | null => {
    const { number } = list;
    const original = originals.get(number);
    if (original !== undefined) return { kind: 'duplicate', of: [original] };
    const hidden = decoys.get(number);
    if (hidden) return { kind: 'decoy', of: hidden };
    const members = playAlls.get(number);
    if (members) return { kind: 'play-all', of: members };
    const sharers = overlaps.sharers(list);
    const singles =
      playAlls.size === 0 ? sharers : sharers.filter((other) => !playAlls.has(other.number));
    return cutOf(list, singles, overlaps) ?? excerptOf(list, singles, overlaps);
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
  const weightOf = shared(list);
  const { total } = list;
  const cuts = others.filter(
    (other) => (weightOf[other.place] ?? 0) >= minimumCutShare * Math.max(total, other.total),
  );
  return cuts.length === 0 ? null : { kind: 'cut', of: cuts.map(({ number }) => number) };
}

/** Sums of the same weights in another order differ by so little. */
const ROUNDING = 1e-6;

/** A logo or trailer is part of many titles and names them all. */
function excerptOf(
  list: SegmentList,
  others: readonly SegmentList[],
  { shared }: Overlaps,
): Relation | null {
  const weightOf = shared(list);
  const all = (1 - ROUNDING) * list.total;
  const wholes = others.filter(
    (other) => other.total > list.total && (weightOf[other.place] ?? 0) >= all,
  );
  return wholes.length === 0
    ? null
    : { kind: 'chapter-of', of: wholes.map(({ number }) => number) };
}
