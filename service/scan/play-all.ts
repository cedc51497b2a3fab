import type { Overlaps } from './overlaps.ts';
import { type SegmentMap, segmentMap } from './segment-map.ts';
import type { SegmentList } from './segments.ts';

/** A logo or warning before an episode may be missing in the play-all. */
const minimumMemberShare = 0.9;
/** An episode of the play-all may have no title of its own. */
const minimumCoverage = 2 / 3;
/** A title that is nearly the whole thing is another cut of it, not an episode among others. */
const maximumMemberShare = 0.8;
/** No disc has more episodes; what contains so many titles was made to lead astray. */
const mostContained = 200;
/** A common opening is no reason against two members. */
const maximumOverlap = 1 / 3;

/**
 * The numbers of the titles that each play-all title plays one after another. Shorter titles are
 * judged first, so that members are single episodes even where play-alls contain play-alls.
 */
export function findPlayAlls(
  lists: readonly SegmentList[],
  weights: Float64Array,
  overlaps: Overlaps,
): Map<number, number[]> {
  const playAlls = new Map<number, number[]>();
  const membersIn = memberFinder(weights, overlaps);
  for (const list of lists.toSorted((a, b) => a.total - b.total)) {
    const members = membersIn(list, ({ number }) => !playAlls.has(number));
    if (members.length >= 2)
      playAlls.set(
        list.number,
        members.map(({ number }) => number),
      );
  }
  return playAlls;
}

/** Finds which single titles a title plays one after another; none when it is no play-all. */
function memberFinder(weights: Float64Array, { sharers, shared }: Overlaps) {
  const order = segmentMap(weights.length);
  const played = segmentMap(weights.length);
  const isContained = (member: SegmentList, whole: SegmentList, weightOf: Float64Array) =>
    member.total < whole.total &&
    (weightOf[member.place] ?? 0) >= minimumMemberShare * member.total;

  return (list: SegmentList, isSingle: (other: SegmentList) => boolean): SegmentList[] => {
    const weightOf = shared(list);
    const contained = sharers(list).filter(
      (other) => isContained(other, list, weightOf) && isSingle(other),
    );
    if (contained.length < 2 || contained.length > mostContained) return [];
    if (contained.some(({ total }) => total > maximumMemberShare * list.total)) return [];
    order.clear();
    for (const [index, segment] of list.segments.entries()) order.set(segment, index);
    const places = new Map(contained.map((member) => [member, meanPlace(member, order)]));
    const inside = contained.map((larger) => [larger, shared(larger)] as const);
    const whole = contained
      .filter((member) => !inside.some(([larger, theirs]) => isContained(member, larger, theirs)))
      .sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
    played.clear();
    const members = whole.filter((member) => {
      const isMember = weightAmong(member, played, weights) <= maximumOverlap * member.total;
      if (isMember)
        for (const segment of member.segments) played.set(segment, (played.get(segment) ?? 0) + 1);
      return isMember;
    });
    const isCovered = weightAmong(list, played, weights) >= minimumCoverage * list.total;
    return isCovered && isSequence(members, order, played) ? members : [];
  };
}

function weightAmong({ segments }: SegmentList, among: SegmentMap, weights: Float64Array): number {
  let weight = 0;
  for (const segment of segments)
    if (among.get(segment) !== undefined) weight += weights[segment] ?? 0;
  return weight;
}

/** Whether the members' own segments, without common ones, are played in order and not mixed. */
function isSequence(
  members: readonly SegmentList[],
  order: SegmentMap,
  holders: SegmentMap,
): boolean {
  let last = -1;
  for (const { segments } of members)
    for (const segment of segments) {
      const place = order.get(segment);
      if (holders.get(segment) !== 1 || place === undefined) continue;
      if (place <= last) return false;
      last = place;
    }
  return true;
}

function meanPlace({ segments }: SegmentList, order: SegmentMap): number {
  let [sum, count] = [0, 0];
  for (const segment of segments) {
    const place = order.get(segment);
    if (place === undefined) continue;
    sum += place;
    count += 1;
  }
  return sum / Math.max(1, count);
}
