import type { Identity } from '../contract/identity.ts';
import type { Match, Title } from '../contract/title.ts';

/** What a title is that is no episode: the film, another cut of it, or an extra named after its place on the disc. */
export function otherMatch(
  { role, number }: Pick<Title, 'role' | 'number'>,
  identity: Identity | null,
  cutIndex: number,
): Match {
  const film = identity?.kind === 'movie' && (role === 'main' || role === 'cut');
  const place = `${identity?.disc ?? 1}-${String(number).padStart(2, '0')}`;
  const kindOfExtra = role === 'cut' ? 'Alternate' : 'Bonus';
  const filmName = role === 'cut' ? `Cut ${cutIndex + 2}` : null;
  return {
    kind: film ? 'movie' : 'extra',
    season: null,
    episodes: [],
    name: film ? filmName : `${kindOfExtra} ${place}`,
    probability: identity?.probability ?? 0,
    decidedBy: 'evidence',
    evidence: [{ source: 'structure', says: `Its role on the disc is "${role}"`, weight: 1 }],
  };
}
