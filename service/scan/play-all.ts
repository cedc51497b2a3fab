import { type SegmentList, sharedWeight } from './segments.ts';

/** A logo or warning before an episode may be missing in the play-all. */
const minimumMemberShare = 0.9;
/** An episode of the play-all may have no title of its own. */
const minimumCoverage = 2 / 3;
/** A title that is nearly the whole thing is another cut of it, not an episode among others. */
const maximumMemberShare = 0.8;
/** A common opening is no reason against two members. */
const maximumOverlap = 1 / 3;

/**
 * The numbers of the titles that each play-all title plays one after another. Shorter titles are
 * judged first, so that members are single episodes even where play-alls contain play-alls.
 */
export function findPlayAlls(
  lists: readonly SegmentList[],
  sharing: (list: SegmentList) => readonly SegmentList[],
): Map<number, number[]> {
  const playAlls = new Map<number, number[]>();
  for (const list of lists.toSorted((a, b) => a.total - b.total)) {
    const singles = sharing(list).filter(({ number }) => !playAlls.has(number));
    const members = membersOf(list, singles);
    if (members.length >= 2 && coverage(list, members) >= minimumCoverage)
      playAlls.set(
        list.number,
        members.map(({ number }) => number),
      );
  }
  return playAlls;
}

function membersOf(list: SegmentList, others: readonly SegmentList[]): SegmentList[] {
  const contained = others.filter((other) => isContained(other, list));
  if (contained.some(({ total }) => total > maximumMemberShare * list.total)) return [];
  const order = new Map(list.keys.map((key, index) => [key, index]));
  const whole = contained
    .filter((member) => !contained.some((larger) => isPartOf(member, larger)))
    .sort((a, b) => meanPlace(a, order) - meanPlace(b, order));
  const members: SegmentList[] = [];
  for (const member of whole) if (addsNewContent(member, members)) members.push(member);
  return isSequence(members, order) ? members : [];
}

function isContained(member: SegmentList, list: SegmentList): boolean {
  return (
    member.total < list.total &&
    member.total > 0 &&
    sharedWeight(member, list.weights) >= minimumMemberShare * member.total
  );
}

function isPartOf(part: SegmentList, whole: SegmentList): boolean {
  return part !== whole && isContained(part, whole);
}

function addsNewContent(member: SegmentList, members: readonly SegmentList[]): boolean {
  const known = new Map(members.flatMap(({ weights }) => [...weights]));
  return sharedWeight(member, known) <= maximumOverlap * member.total;
}

/** Whether the members' own segments, without common ones, are played in order and not mixed. */
function isSequence(members: readonly SegmentList[], order: ReadonlyMap<string, number>): boolean {
  const places = members.flatMap((member) => {
    const others = members.filter((other) => other !== member);
    return member.keys
      .filter((key) => !others.some(({ weights }) => weights.has(key)))
      .flatMap((key) => order.get(key) ?? []);
  });
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
