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

/** What is left of that when something contradicts it: a person should say. */
export const CONTRADICTED = 0.5;

type Season = NonNullable<Catalogue['season']>;

/**
 * Why an episode is not what a title was described as: another title is described as the same one, or TMDB has no such
 * episode in that season. Null when nothing contradicts it.
 */
export function contradictionOf(
  match: MatchStatement,
  described: readonly MatchStatement[],
  listed: Season | null,
): string | null {
  const episodes = match.episodes ?? [];
  const twice = episodes.find((episode) => {
    const claims = described.filter((other) => isOf(other, match.season, episode));
    return claims.length > 1;
  });
  if (twice !== undefined) return `TheDiscDB calls another title episode ${twice}, too`;
  if (!listed || listed.episodes.length === 0 || listed.season !== match.season) return null;
  const missing = episodes.find((one) => !listed.episodes.some(({ episode }) => episode === one));
  return missing === undefined
    ? null
    : `TMDB has no episode ${missing} in season ${listed.season}, which TheDiscDB names`;
}

function isOf(match: MatchStatement, season: number | null | undefined, episode: number): boolean {
  return match.season === season && (match.episodes?.includes(episode) ?? false);
}

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

export function descriptionOf(title: string, catalogue: Catalogue | null | undefined) {
  return catalogue?.titles.find(({ id }) => id === title)?.match;
}
