import type { Evidence } from '../../contract/values.ts';
import type { EpisodeCandidate } from '../decide/decide-input.ts';
import type { Explained, RankedPossibility, TitleDecision } from '../decide/title-decision.ts';
import type { Possibility, TitleFinding } from '../findings.ts';

const MOST_POSSIBILITIES = 6;
const MOST_REASONS = 10;
/** The logarithm of a likelihood ratio that settles a question alone. */
const DECISIVE = 18;

/** A decision as the job keeps it, with the names of the episodes. */
export function findingOf(
  { id, verdict, doubt, ranked }: TitleDecision,
  candidates: readonly EpisodeCandidate[],
): TitleFinding {
  const possibilities = ranked
    .slice(0, MOST_POSSIBILITIES)
    .map((possibility) => possibilityOf(possibility, candidates));
  const [best] = possibilities;
  if (best && doubt !== null)
    best.evidence = [...best.evidence.slice(0, MOST_REASONS - 1), doubtOf(doubt)];
  return { id, verdict, ranked: possibilities };
}

function possibilityOf(
  { episodes, probability, explanation }: RankedPossibility,
  candidates: readonly EpisodeCandidate[],
): Possibility {
  const season = episodes[0]?.season ?? 0;
  const names = episodes.map(
    (key) =>
      candidates.find((one) => one.season === key.season && one.episode === key.episode)?.name ??
      null,
  );
  return {
    season,
    episodes: episodes.filter((key) => key.season === season).map(({ episode }) => episode),
    name: names.every((name) => name !== null) && names.length > 0 ? names.join(' / ') : null,
    // Sums of many probabilities end a hair above 1.
    probability: Math.min(1, probability),
    evidence: explanation.slice(0, MOST_REASONS).map(evidenceOf),
  };
}

function evidenceOf({ signal, says, weight }: Explained): Evidence {
  const share = Math.max(-1, Math.min(1, weight / DECISIVE));
  return { source: signal, says: says.slice(0, 300), weight: share };
}

function doubtOf(doubt: string): Evidence {
  return { source: 'match', says: doubt.slice(0, 300), weight: 0 };
}
