import type { TitleFacts } from './title-facts.ts';

/** One piece of content: a title with its alternate cuts. */
export interface Work {
  /** The biggest cut first. */
  titles: readonly TitleFacts[];
  number: number;
  duration: number;
  bytes: number | null;
}

export interface PlayAll {
  number: number;
  /** Title numbers in playing order. */
  members: readonly number[];
  /** Seconds that none of the members plays: something that is nowhere else on the disc. */
  ownSeconds: number;
}

/** A disc's titles, told apart into what is content of its own and what repeats other titles. */
export interface DiscWorks {
  /** In disc order. */
  works: readonly Work[];
  playAlls: readonly PlayAll[];
  /** Title number of a repetition → title number that holds it. */
  copies: ReadonlyMap<number, number>;
  /** Titles made to hide the right one, the most promising first. */
  decoys: readonly number[];
  /** What the decoys hide, as the most promising of them shows it; null when they hide nothing. */
  hidden: Work | null;
}

/** A play-all is made of its members; a film is not made of the two scenes that are also titles. */
const PLAY_ALL_COVERAGE = 0.6;
/** What is shorter is a chapter, a logo or a menu loop, never an episode. */
const SHORTEST_MEMBER_SECONDS = 10;
/** Versions in other languages differ by their credits and titles, versions of the story by scenes. */
const SAME_STORY = 0.002;

/** Sorts a disc's titles by their relations, before any duration is looked at. */
export function worksOf(titles: readonly TitleFacts[]): DiscWorks {
  const inOrder = titles.toSorted((a, b) => a.number - b.number);
  const byNumber = new Map(inOrder.map((title) => [title.number, title]));
  const playAlls: PlayAll[] = [];
  const copies = new Map<number, number>();
  for (const { number, relation } of inOrder) {
    const original = relation?.of.find((other) => byNumber.has(other) && other !== number);
    if (
      (relation?.kind === 'duplicate' || relation?.kind === 'chapter-of') &&
      original !== undefined
    )
      copies.set(number, original);
  }
  for (const title of inOrder) {
    const members = membersOf(title, byNumber);
    if (members.length === 0 || copies.has(title.number)) continue;
    if (isMadeOf(title, members)) playAlls.push(playAllOf(title, members));
    else
      for (const { number } of members) if (!copies.has(number)) copies.set(number, title.number);
  }
  const joined = new Set(playAlls.map(({ number }) => number));
  for (const { members } of playAlls) for (const number of members) copies.delete(number);
  const decoys = inOrder.filter(({ relation }) => relation?.kind === 'decoy');
  const own = inOrder.filter(
    ({ number, relation }) =>
      !copies.has(number) && !joined.has(number) && relation?.kind !== 'decoy',
  );
  const groups = groupCuts(own);
  for (const group of groups) takeOutCopies(group, copies);
  const works = groups.flatMap(workOf).toSorted((a, b) => a.number - b.number);
  const ranked = rankDecoys(decoys);
  const [hidden = null] = workOf(ranked.filter((title) => !isMaze(title)).slice(0, 1));
  return { works, playAlls, copies, decoys: ranked.map(({ number }) => number), hidden };
}

export function titleNumbers({ titles }: Work): number[] {
  return titles.map(({ number }) => number);
}

function membersOf({ relation, number }: TitleFacts, byNumber: Map<number, TitleFacts>) {
  if (relation?.kind !== 'play-all') return [];
  return relation.of.flatMap((other) => {
    const member = byNumber.get(other);
    return member && other !== number ? [member] : [];
  });
}

function isMadeOf({ duration }: TitleFacts, members: readonly TitleFacts[]): boolean {
  const long = members.filter((member) => member.duration >= SHORTEST_MEMBER_SECONDS);
  return long.length >= 2 && lengthOf(long) >= PLAY_ALL_COVERAGE * duration;
}

function playAllOf({ number, duration }: TitleFacts, members: readonly TitleFacts[]): PlayAll {
  return {
    number,
    members: members.map((member) => member.number),
    ownSeconds: Math.max(0, duration - lengthOf(members)),
  };
}

function lengthOf(titles: readonly TitleFacts[]): number {
  return titles.reduce((sum, { duration }) => sum + duration, 0);
}

function groupCuts(titles: readonly TitleFacts[]): TitleFacts[][] {
  const groupOf = new Map(titles.map((title) => [title.number, [title]]));
  for (const { number, relation } of titles)
    for (const other of relation?.kind === 'cut' ? relation.of : []) {
      const [group, joined] = [groupOf.get(number), groupOf.get(other)];
      if (!group || !joined || group === joined) continue;
      group.push(...joined);
      for (const cut of joined) groupOf.set(cut.number, group);
    }
  return [...new Set(groupOf.values())];
}

/** Of versions that differ by their credits alone the one with the most tracks is kept. */
function takeOutCopies(group: TitleFacts[], copies: Map<number, number>): void {
  const kept: TitleFacts[] = [];
  for (const title of group.toSorted((a, b) => tracksOf(b) - tracksOf(a) || bySize(a, b))) {
    const same = kept.find(
      ({ duration }) => Math.abs(duration - title.duration) <= SAME_STORY * duration,
    );
    if (same) copies.set(title.number, same.number);
    else kept.push(title);
  }
  group.splice(0, group.length, ...kept);
}

function tracksOf({ audioTracks, subtitleTracks }: TitleFacts): number {
  return (audioTracks ?? 0) + (subtitleTracks ?? 0);
}

function bySize(a: TitleFacts, b: TitleFacts): number {
  return (b.bytes ?? 0) - (a.bytes ?? 0) || b.duration - a.duration || a.number - b.number;
}

function workOf(cuts: readonly TitleFacts[]): Work[] {
  const titles = cuts.toSorted(bySize);
  const [biggest] = titles;
  if (!biggest) return [];
  const { number, duration, bytes } = biggest;
  return [{ titles, number, duration, bytes }];
}

/** The right one tends to be authored with care: more tracks and chapters than its hastily made copies. */
function rankDecoys(decoys: readonly TitleFacts[]): TitleFacts[] {
  return decoys.toSorted(
    (a, b) =>
      Number(isMaze(a)) - Number(isMaze(b)) ||
      tracksOf(b) - tracksOf(a) ||
      (b.chapters ?? 0) - (a.chapters ?? 0) ||
      bySize(a, b),
  );
}

/** A decoy that resembles no other title plays scraps and hides nothing. */
function isMaze({ relation }: TitleFacts): boolean {
  return relation?.of.length === 0;
}
