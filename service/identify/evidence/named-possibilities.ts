import type { IdentityKind, IdentityStatement } from '../../contract/identity.ts';
import type { Evidence } from '../../contract/values.ts';
import type { RankedWork } from '../../metadata/rank/rank-works.ts';
import type { Reason } from '../../metadata/rank/reasons.ts';
import type { TitleForm } from '../../metadata/works.ts';
import type { NamedRanking } from './looked-up.ts';
import type { Possibility } from './possibility.ts';
import { workFacts } from './work-facts.ts';

/** A candidate that is less probable is not worth a line. */
const WORTH_OFFERING = 0.02;
/** However well it fits, a name may be that of another work that no catalogue knows. */
const MOST_BY_NAME = 0.97;
/** What nothing but its name speaks for. */
const MOST_BY_NAME_ALONE = 0.8;

/** The works of TMDB that the disc's names may mean. */
export function namedPossibilities(
  { name, ranking }: NamedRanking,
  { stated, form }: { stated: IdentityStatement; form: TitleForm },
): Possibility[] {
  return ranking.ranked
    .filter(({ probability }) => probability >= WORTH_OFFERING)
    .slice(0, 5)
    .flatMap((ranked) =>
      seasonsOf(ranked, name.season ?? stated.season ?? null).map((season) => {
        const kind = name.bonus ? 'extras' : ranked.work.kind;
        const confirmed = ranking.verdict === 'clear' && isConfirmed(ranked) && !name.guessed;
        return {
          id: `${ranked.work.kind}-${ranked.work.tmdb}${season.of === null ? '' : `-s${season.of}`}`,
          identity: identityOf(kind, ranked, { name, stated, form, season: season.of }),
          probability: probabilityOf(ranked, { confirmed, trust: name.trust }) * season.share,
          confirmed: confirmed && season.share === 1,
          evidence: [nameEvidence(name), ...ranked.reasons.map(evidenceOf), ...season.evidence],
        };
      }),
    );
}

function identityOf(
  kind: IdentityKind,
  { work }: RankedWork,
  {
    name,
    stated,
    form,
    season,
  }: {
    name: NamedRanking['name'];
    stated: IdentityStatement;
    form: TitleForm;
    season: number | null;
  },
): IdentityStatement {
  return {
    kind,
    season: kind === 'tv' ? season : null,
    disc: stated.disc ?? name.disc,
    edition: stated.edition ?? name.edition,
    ...workFacts(work, form),
  };
}

/**
 * A name that leads to one work whose length or seasons agree with the disc is confirmed by what the disc is,
 * and the doubt whether the label means the disc's content is gone.
 */
function probabilityOf(
  { probability }: RankedWork,
  { confirmed, trust }: { confirmed: boolean; trust: number },
): number {
  if (confirmed) return Math.min(MOST_BY_NAME, probability);
  return Math.min(MOST_BY_NAME_ALONE, probability * trust);
}

/** What fits any work of the kind, such as season 1, confirms none. */
function isConfirmed({ reasons }: RankedWork): boolean {
  const measured = reasons.filter(({ about }) => about === 'runtime' || about === 'season');
  return (
    measured.some(({ factor }) => factor > 1) && measured.every(({ speaks }) => speaks === 'for')
  );
}

interface SeasonShare {
  of: number | null;
  share: number;
  evidence: Evidence[];
}

/** A series without a named season is one question: which one; with a single season it is none. */
function seasonsOf({ work }: RankedWork, named: number | null): SeasonShare[] {
  if (work.kind === 'movie' || named !== null) return [{ of: named, share: 1, evidence: [] }];
  const seasons = 'seasons' in work ? work.seasons.filter(({ season }) => season > 0) : [];
  if (seasons.length === 0) return [{ of: null, share: 1, evidence: [] }];
  const says =
    seasons.length === 1 ? 'It has one season only' : 'Nothing says which season is on the disc';
  const weight = seasons.length === 1 ? 0.3 : -0.3;
  return seasons.slice(0, 5).map(({ season }) => ({
    of: season,
    share: 1 / seasons.length,
    evidence: [{ source: 'tmdb', says, weight }],
  }));
}

const witnessWords = {
  'disc-name': 'Its own name',
  label: 'Its label',
  'file-name': 'Its file name',
};

function nameEvidence({ id, title, trust, guessed }: NamedRanking['name']): Evidence {
  const source = id === 'file' ? 'file-name' : id === 'disc-name' ? 'disc-name' : 'label';
  return {
    source,
    says: `${witnessWords[source]} ${guessed ? 'may mean' : 'reads as'} "${title}"`,
    weight: trust,
  };
}

/** How much a reason changed the odds, as a share: ten times or a tenth is all or nothing. */
function evidenceOf({ says, factor }: Reason): Evidence {
  const weight = Math.max(-1, Math.min(1, Math.log10(Math.max(factor, 1e-3))));
  return { source: 'tmdb', says: `TMDB: ${says}`.slice(0, 300), weight };
}
