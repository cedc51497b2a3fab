import type { IdentityKind } from '../../contract/identity.ts';
import type { TitleRole } from '../../contract/title.ts';
import { bestStory } from './kinds.ts';
import { scaleOf } from './piece.ts';
import type { Structure } from './structure.ts';
import type { TitleFacts } from './title-facts.ts';
import { type DiscWorks, type PlayAll, titleNumbers, type Work } from './works.ts';

/** What a title is on its disc, with the title numbers it refers to. */
export interface RoleOf {
  role: TitleRole;
  related: readonly number[];
}

/** Logos, warnings and menu loops; a scene that short is no loss either. */
const LONGEST_JUNK_SECONDS = 25;

/**
 * The role of every title, by number, if the disc is of this kind. No short title is called a trailer:
 * a trailer and a deleted scene have the same structure, so that is for a name to tell.
 */
export function rolesOf(kind: IdentityKind, structure: Structure): Map<number, RoleOf> {
  const { works, titles } = structure;
  const roles = new Map<number, RoleOf>();
  const principals = principalRoles(kind, structure);
  const isJunk = junkTest(works, titles);
  for (const work of works.works) {
    const other = kind === 'unknown' ? 'unknown' : isJunk(work) ? 'junk' : 'extra';
    const { role, related } = principals.get(work) ?? { role: other, related: [] };
    const cutRole = role === 'main' || role === 'episode' ? 'cut' : role;
    const numbers = cutsOf(work, works);
    for (const [index, number] of numbers.entries()) {
      const cuts = numbers.filter((cut) => cut !== number);
      roles.set(number, { role: index === 0 ? role : cutRole, related: [...cuts, ...related] });
    }
  }
  for (const playAll of works.playAlls) roles.set(playAll.number, playAllRole(playAll, works));
  for (const [number, original] of works.copies)
    roles.set(number, { role: 'duplicate', related: [original] });
  for (const number of works.decoys)
    roles.set(number, { role: 'decoy', related: relatedDecoys(number, titles) });
  return roles;
}

function principalRoles(kind: IdentityKind, { stories }: Structure): Map<Work, RoleOf> {
  const story = bestStory(kind, stories);
  const works = story?.principals ?? [];
  if (kind === 'tv') return new Map(works.map((work) => [work, { role: 'episode', related: [] }]));
  if (!story?.oneWork) return new Map(works.map((work) => [work, { role: 'main', related: [] }]));
  const numbers = works.map(({ number }) => number);
  return new Map(
    works.map((work, index) => [
      work,
      {
        role: index === 0 ? 'main' : 'cut',
        related: numbers.filter((number) => number !== work.number),
      },
    ]),
  );
}

/** Of several that play the same titles, the one in the order of their numbers is meant; the others mislead. */
function playAllRole({ number, members }: PlayAll, { playAlls }: DiscWorks): RoleOf {
  const same = playAlls.filter((other) => haveSameMembers(other.members, members));
  const meant = same.find((other) => isAscending(other.members)) ?? same[0];
  return meant === undefined || meant.number === number
    ? { role: 'play-all', related: members }
    : { role: 'decoy', related: [meant.number] };
}

function haveSameMembers(some: readonly number[], others: readonly number[]): boolean {
  return some.length === others.length && others.every((number) => some.includes(number));
}

function isAscending(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? number));
}

/** What is over in a blink, and what has no sound on a disc whose titles have one. */
function junkTest(works: DiscWorks, titles: readonly TitleFacts[]): (work: Work) => boolean {
  const scale = scaleOf(works);
  const hasSound = titles.some(({ audioTracks }) => audioTracks !== null && audioTracks > 0);
  return ({ duration, titles: [title] }) =>
    duration * scale < LONGEST_JUNK_SECONDS || (hasSound && title?.audioTracks === 0);
}

/** The cut that a play-all plays comes first: that is the one the disc's makers mean; else the biggest. */
function cutsOf(work: Work, { playAlls }: DiscWorks): number[] {
  const numbers = titleNumbers(work);
  const played = numbers.find((number) => playAlls.some(({ members }) => members.includes(number)));
  return played === undefined
    ? numbers
    : [played, ...numbers.filter((number) => number !== played)];
}

function relatedDecoys(number: number, titles: readonly TitleFacts[]): readonly number[] {
  return titles.find((title) => title.number === number)?.relation?.of ?? [];
}
