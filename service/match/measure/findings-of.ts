import type { TitleFinding } from '../../contract/findings.ts';
import type { EpisodeCandidate } from '../decide/decide-input.ts';
import { explanationOf } from '../decide/explanation.ts';
import type { TitleDecision } from '../decide/title-decision.ts';
import type { EpisodeKey } from '../episode-key.ts';

/** A decision as the job keeps it, with the names of the episodes. */
export function findingOf(
  decision: TitleDecision,
  candidates: readonly EpisodeCandidate[],
): TitleFinding {
  const { ranked, ...explanation } = explanationOf(decision);
  const named = ranked.map((one) => ({ ...one, name: nameOf(one.episodes, candidates) }));
  return { ...explanation, ranked: named };
}

function nameOf(
  episodes: readonly EpisodeKey[],
  candidates: readonly EpisodeCandidate[],
): string | null {
  const names = episodes.flatMap(({ season, episode }) => {
    const found = candidates.find((one) => one.season === season && one.episode === episode);
    return found?.name ?? [];
  });
  return names.length > 0 && names.length === episodes.length ? names.join(' / ') : null;
}
