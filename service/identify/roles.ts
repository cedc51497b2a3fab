import type { IdentityKind } from '../contract/identity.ts';
import type { TitleRole } from '../contract/title.ts';
import { episodeWorks } from './kind.ts';
import type { DiscWorks, Work } from './works.ts';

/** What a title is on its disc, with the title numbers it refers to. */
export interface RoleOf {
  role: TitleRole;
  related: readonly number[];
}

/**
 * The role of every title, by number, if the disc is of this kind. No short title is called a trailer:
 * a trailer and a deleted scene have the same structure, so that is for a name to tell.
 */
export function rolesOf(kind: IdentityKind, disc: DiscWorks): Map<number, RoleOf> {
  const roles = new Map<number, RoleOf>();
  const principal = principalWorks(kind, disc);
  for (const work of disc.works) {
    const role = principal.roles.get(work) ?? principal.others;
    const cutRole = role === 'main' || role === 'episode' ? 'cut' : role;
    const numbers = cutsOf(work, disc);
    for (const [index, number] of numbers.entries()) {
      const related = numbers.filter((other) => other !== number);
      roles.set(number, { role: index === 0 ? role : cutRole, related });
    }
  }
  for (const { number, members } of disc.playAlls)
    roles.set(number, { role: 'play-all', related: members });
  for (const [number, original] of disc.copies)
    roles.set(number, { role: 'duplicate', related: [original] });
  return roles;
}

interface Principal {
  roles: ReadonlyMap<Work, TitleRole>;
  others: TitleRole;
}

function principalWorks(kind: IdentityKind, disc: DiscWorks): Principal {
  switch (kind) {
    case 'movie': {
      const main = disc.works.toSorted((a, b) => b.bytes - a.bytes).slice(0, 1);
      return { roles: new Map(main.map((work) => [work, 'main'])), others: 'extra' };
    }
    case 'tv':
      return {
        roles: new Map(seriesWorks(disc).map((work) => [work, 'episode'])),
        others: 'extra',
      };
    case 'extras':
      return { roles: new Map(), others: 'extra' };
    case 'music':
    case 'data':
    case 'unknown':
      return { roles: new Map(), others: 'unknown' };
  }
}

/** The episodes, and without a play-all to name them all what is bigger than each of them: a double one. */
function seriesWorks(disc: DiscWorks): readonly Work[] {
  const episodes = episodeWorks(disc);
  if (disc.playAlls.length > 0) return episodes;
  const isBigger = (work: Work) =>
    episodes.every(({ bytes, duration }) => work.bytes > bytes && work.duration > duration);
  return disc.works.filter((work) => episodes.includes(work) || isBigger(work));
}

/** The cut that a play-all plays comes first: that is the one the disc's makers mean; else the biggest. */
function cutsOf({ titles }: Work, { playAlls }: DiscWorks): number[] {
  const numbers = titles.map(({ number }) => number);
  const played = numbers.find((number) => playAlls.some(({ members }) => members.includes(number)));
  return played === undefined
    ? numbers
    : [played, ...numbers.filter((number) => number !== played)];
}
