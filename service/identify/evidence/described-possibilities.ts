import type { IdentityKind } from '../../contract/identity.ts';
import type { Film, Show, TitleForm } from '../../metadata/works.ts';
import type { FittingDisc } from './fit-known-disc.ts';
import type { LookedUp } from './look-up.ts';
import type { Possibility } from './possibility.ts';
import { workFacts } from './work-facts.ts';

/** People describe discs well, and now and then a wrong one. */
const TRUST = 0.97;

/** What TheDiscDB's entries of exactly this disc say that it is; entries of one work count once. */
export function describedPossibilities(
  { discs, described }: LookedUp,
  form: TitleForm,
): Possibility[] {
  const works = new Map<string, Possibility>();
  for (const [index, fitting] of discs.entries()) {
    const possibility = possibilityOf(fitting, described[index] ?? null, form);
    if (!works.has(possibility.id)) works.set(possibility.id, possibility);
  }
  const share = TRUST / works.size;
  return [...works.values()].map((one) => ({ ...one, probability: share }));
}

function possibilityOf(
  { disc, season, titles, isUnfinished, isSeveralFilms }: FittingDisc,
  work: Film | Show | null,
  form: TitleForm,
): Possibility {
  const kind = kindOf({ disc, titles });
  const year = work?.year ?? disc.year;
  const release = disc.release.title ?? disc.release.slug;
  return {
    id: `discdb-${kind}-${disc.externalIds.tmdb ?? disc.release.slug ?? 'unnamed'}`.slice(0, 40),
    identity: {
      kind,
      title: disc.title,
      year,
      season: kind === 'tv' ? season : null,
      disc: disc.disc.index,
      edition: null,
      ...workFacts(work, form),
      ...(work === null && { tmdb: disc.externalIds.tmdb }),
    },
    probability: TRUST,
    // That nobody described the film is no proof that the disc has none.
    confirmed: (kind !== 'extras' || !isUnfinished) && !isSeveralFilms,
    evidence: [
      {
        source: 'thediscdb',
        says: `TheDiscDB knows exactly this disc: "${disc.title}"${year ? ` (${year})` : ''}${release ? `, ${release}` : ''}`.slice(
          0,
          300,
        ),
        weight: TRUST,
      },
    ],
  };
}

/** A disc of a film without the film, or of a series without an episode, holds its extras. */
function kindOf({ disc, titles }: Pick<FittingDisc, 'disc' | 'titles'>): IdentityKind {
  if (titles.some(({ role }) => role === 'episode')) return 'tv';
  if (titles.some(({ role }) => role === 'main')) return 'movie';
  return disc.kind === null ? 'unknown' : 'extras';
}
