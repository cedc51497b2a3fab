import type { Match, MatchStatement, Title } from '../contract/title.ts';
import type { Evidence } from '../contract/values.ts';
import type { Catalogue } from '../jobs/document.ts';

/** Somebody has looked at this title of exactly this disc and said what it is. */
export const DESCRIBED = 0.95;

export const describedEvidence: Evidence = {
  source: 'thediscdb',
  says: 'TheDiscDB says so of this title of exactly this disc',
  weight: DESCRIBED,
};

/** The episode that a title is, if TheDiscDB names one. */
export function describedEpisode(
  { id }: Pick<Title, 'id'>,
  catalogue: Catalogue | null | undefined,
): (MatchStatement & { episodes: number[] }) | undefined {
  const match = descriptionOf(id, catalogue);
  if (match?.kind !== 'episode' || !match.episodes?.length) return undefined;
  return { ...match, episodes: match.episodes };
}

/** An extra, trailer or version under the name that TheDiscDB has for it. */
export function describedMatch(
  { id }: Pick<Title, 'id'>,
  catalogue: Catalogue | null | undefined,
): Match | null {
  const match = descriptionOf(id, catalogue);
  if (!match || match.kind === 'episode') return null;
  return {
    kind: match.kind,
    season: match.season ?? null,
    episodes: [],
    name: match.name ?? null,
    probability: DESCRIBED,
    decidedBy: 'evidence',
    evidence: [describedEvidence],
  };
}

function descriptionOf(title: string, catalogue: Catalogue | null | undefined) {
  return catalogue?.titles.find(({ id }) => id === title)?.match;
}
