import { createHash } from 'node:crypto';
import type { IdentityKind } from '../../contract/identity.ts';
import type { Evidence } from '../../contract/values.ts';
import type { TitleForm } from '../../metadata/works.ts';
import type { DescribedDisc } from './described-disc.ts';
import { doubtsAbout, type OtherEvidence } from './entry-doubts.ts';
import type { Possibility } from './possibility.ts';
import { workFacts } from './work-facts.ts';

/** People describe discs well, and now and then a wrong one. */
const TRUST = 0.97;

/**
 * What TheDiscDB's entries of exactly this disc say that it is; those of one work and season count once, the one with
 * the number of the disc's own name first.
 */
export function describedPossibilities(
  described: readonly DescribedDisc[],
  form: TitleForm,
  others: OtherEvidence,
): Possibility[] {
  const number = others.names[0]?.disc ?? null;
  const isOfNumber = ({ disc }: DescribedDisc) => Number(disc.disc.index === number);
  const works = new Map<string, Possibility>();
  for (const entry of described.toSorted((a, b) => isOfNumber(b) - isOfNumber(a))) {
    const possibility = possibilityOf(entry, form, others);
    if (!works.has(possibility.id)) works.set(possibility.id, possibility);
  }
  return [...works.values()].map((one) => ({ ...one, probability: one.probability / works.size }));
}

function possibilityOf(entry: DescribedDisc, form: TitleForm, others: OtherEvidence): Possibility {
  const { disc, work, season, isUnfinished, isSeveralFilms } = entry;
  const kind = kindOf(entry);
  const year = work?.year ?? disc.year;
  const release = disc.release.title ?? disc.release.slug;
  const doubts = doubtsAbout(entry, kind, others);
  const evidence: Evidence[] = [
    {
      source: 'thediscdb',
      says: `TheDiscDB knows exactly this disc: "${disc.title}"${year ? ` (${year})` : ''}${release ? `, ${release}` : ''}`,
      weight: TRUST,
    },
    ...doubts.map(({ says, factor }) => ({
      source: 'thediscdb',
      says: `Against TheDiscDB: ${says}`,
      weight: factor - 1,
    })),
  ];
  return {
    id: idOf(entry, kind),
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
    probability: trustDespite(doubts.map(({ factor }) => factor)),
    // That nobody described the film is no proof that the disc has none.
    confirmed: (kind !== 'extras' || !isUnfinished) && !isSeveralFilms,
    evidence: evidence.map((one) => ({ ...one, says: one.says.slice(0, 300) })),
  };
}

/** The trust in an entry after its odds were multiplied by these factors. */
function trustDespite(factors: readonly number[]): number {
  const odds = factors.reduce((product, factor) => product * factor, TRUST / (1 - TRUST));
  return odds / (1 + odds);
}

/** Two entries have one id only if they say the same. */
function idOf({ disc, season }: DescribedDisc, kind: IdentityKind): string {
  const { title, year, externalIds } = disc;
  const named = () =>
    createHash('sha1')
      .update(JSON.stringify([title, year]))
      .digest('hex');
  const which = externalIds.tmdb ?? named().slice(0, 12);
  return `discdb-${kind}-${which}${season === null ? '' : `-s${season}`}`;
}

/** A disc of a film without the film, or of a series without an episode, holds its extras. */
function kindOf({ disc, titles }: DescribedDisc): IdentityKind {
  if (titles.some(({ role }) => role === 'episode')) return 'tv';
  if (titles.some(({ role }) => role === 'main')) return 'movie';
  return disc.kind === null ? 'unknown' : 'extras';
}
