import type { Overlaps } from './overlaps.ts';
import { type SegmentList, sharedWeight } from './segments.ts';

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
  overlaps: Overlaps,
): Map<number, number[]> {
  const playAlls = new Map<number, number[]>();
  for (const list of lists.toSorted((a, b) => a.total - b.total)) {
    const singles = overlaps.sharers(list).filter(({ number }) => !playAlls.has(number));
    const members = membersOf(list, singles, overlaps);
    if (members.length >= 2 && coverage(list, members) >= minimumCoverage)
      playAlls.set(
        list.number,
        members.map(({ number }) => number),
      );
  }
  return playAlls;
}

function membersOf(
  list: SegmentList,
  others: readonly SegmentList[],
  { shared }: Overlaps,
): SegmentList[] {
  const isContained = (member: SegmentList, whole: SegmentList) =>
    member.total < whole.total &&
    member.total > 0 &&
    shared(member, whole) >= minimumMemberShare * member.total;
  const contained = others.filter((other) => isContained(other, list));
  if (contained.length > mostContained) return [];
  if (contained.some(({ total }) => total > maximumMemberShare * list.total)) return [];
  const order = new Map(list.keys.map((key, index) => [key, index]));
  const places = new Map(contained.map((member) => [member, meanPlace(member, order)]));
  const whole = contained
    .filter((member) => !contained.some((larger) => isContained(member, larger)))
    .sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  const members: SegmentList[] = [];
  const played = new Set<string>();
  for (const member of whole) {
    if (weightAmong(member, played) > maximumOverlap * member.total) continue;
    members.push(member);
    for (const key of member.keys) played.add(key);
  }
  return isSequence(members, order) ? members : [];
}

function weightAmong({ weights }: SegmentList, keys: ReadonlySet<string>): number {
  let among = 0;
  for (const [key, weight] of weights) if (keys.has(key)) among += weight;
  return among;
}

/** Whether the members' own segments, without common ones, are played in order and not mixed. */
function isSequence(members: readonly SegmentList[], order: ReadonlyMap<string, number>): boolean {
  const holders = new Map<string, number>();
  for (const { keys } of members)
    for (const key of keys) holders.set(key, (holders.get(key) ?? 0) + 1);
  const places = members.flatMap(({ keys }) =>
    keys.filter((key) => holders.get(key) === 1).flatMap((key) => order.get(key) ?? []),
  );
  return places.every((place, index) => place > (places[index - 1] ?? -1));
}

function meanPlace(member: SegmentList, order: ReadonlyMap<string, number>): number {
  const places = member.keys.flatMap((key) => order.get(key) ?? []);
  return places.reduce((sum, place) => sum + place, 0) / Math.max(1, places.length);
}

function coverage(list: SegmentList, members: readonly SegmentList[]): number {
  const played = new Map(members.flatMap(({ weights }) => [...weights]));
  return sharedWeight(list, played) / list.total;
}
