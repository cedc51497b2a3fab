import type { JobDocument } from '../jobs/document.ts';

/** A season that nobody named is the one that all sure titles are of. */
export function nameSeason({
  identity,
  findings,
}: Pick<JobDocument, 'identity' | 'findings'>): void {
  if (identity?.kind !== 'tv' || identity.season !== null || !findings) return;
  const sure = findings.titles.filter(({ verdict }) => verdict !== 'ask');
  const episodes = sure.flatMap(({ ranked: [best] }) => (best?.episodes.length ? [best] : []));
  const [first] = episodes;
  if (!first || episodes.some(({ season }) => season !== first.season)) return;
  identity.season = first.season;
  const says = `${episodes.length} of its titles are episodes of season ${first.season}`;
  identity.evidence = [{ source: 'match', says, weight: 1 }, ...identity.evidence].slice(0, 20);
}
