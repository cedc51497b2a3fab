import type { Relation } from '../scan/record.ts';

/** What the rules need to know of a title; the scan's titles and a job's titles both say it. */
export interface TitleFacts {
  number: number;
  duration: number;
  bytes: number;
  relation: Relation | null;
}

/** One piece of content: a title with its alternate cuts. */
export interface Work {
  /** The biggest cut first. */
  titles: readonly TitleFacts[];
  number: number;
  duration: number;
  bytes: number;
}

export interface PlayAll {
  number: number;
  /** Title numbers in playing order. */
  members: readonly number[];
}

/** A disc's titles, told apart into what is content of its own and what repeats other titles. */
export interface DiscWorks {
  /** In disc order. */
  works: readonly Work[];
  playAlls: readonly PlayAll[];
  /** Title number of a repetition → title number that holds it. */
  copies: ReadonlyMap<number, number>;
}

/** A play-all is made of its members; a film is not made of the two scenes that are also titles. */
const PLAY_ALL_COVERAGE = 0.6;
/** What is shorter is a chapter, a logo or a menu loop, never an episode. */
const SHORTEST_MEMBER_SECONDS = 10;

/** Sorts a disc's titles by their relations, before any duration is looked at. */
export function worksOf(titles: readonly TitleFacts[]): DiscWorks {
  const inOrder = titles.toSorted((a, b) => a.number - b.number);
  const byNumber = new Map(inOrder.map((title) => [title.number, title]));
  const playAlls: PlayAll[] = [];
  const copies = new Map<number, number>();
  for (const { number, relation } of inOrder) {
    const original = relation?.of.find((other) => byNumber.has(other) && other !== number);
    if ((relation?.kind === 'duplicate' || relation?.kind === 'chapter-of') && original)
      copies.set(number, original);
  }
  for (const title of inOrder) {
    const members = membersOf(title, byNumber);
    if (members.length === 0 || copies.has(title.number)) continue;
    if (isMadeOf(title, members))
      playAlls.push({ number: title.number, members: members.map(({ number }) => number) });
    else
      for (const { number } of members) if (!copies.has(number)) copies.set(number, title.number);
  }
  const joined = new Set(playAlls.map(({ number }) => number));
  for (const { members } of playAlls) for (const number of members) copies.delete(number);
  const own = inOrder.filter(({ number }) => !copies.has(number) && !joined.has(number));
  return { works: groupCuts(own), playAlls, copies };
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
  const covered = long.reduce((sum, member) => sum + member.duration, 0);
  return long.length >= 2 && covered >= PLAY_ALL_COVERAGE * duration;
}

function groupCuts(titles: readonly TitleFacts[]): Work[] {
  const groups: TitleFacts[][] = [];
  for (const title of titles) {
    const related = groups.filter((group) => group.some((other) => areCuts(title, other)));
    const merged = [...related.flat(), title];
    for (const group of related) groups.splice(groups.indexOf(group), 1);
    groups.push(merged);
  }
  return groups.flatMap(workOf).toSorted((a, b) => a.number - b.number);
}

function areCuts(a: TitleFacts, b: TitleFacts): boolean {
  return names(a, b.number) || names(b, a.number);
}

function names({ relation }: TitleFacts, number: number): boolean {
  return relation?.kind === 'cut' && relation.of.includes(number);
}

function workOf(cuts: readonly TitleFacts[]): Work[] {
  const titles = cuts.toSorted((a, b) => b.bytes - a.bytes || a.number - b.number);
  const [biggest] = titles;
  if (!biggest) return [];
  const { number, duration, bytes } = biggest;
  return [{ titles, number, duration, bytes }];
}
