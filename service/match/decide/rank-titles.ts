import type { EpisodeKey } from '../episode-key.ts';
import type { Assigned, Posterior } from './assign.ts';
import type { DecideInput, DiscTitle } from './decide-input.ts';
import { type ExplainSources, explain } from './explain.ts';
import type { Scores } from './scores.ts';
import type { RankedPossibility } from './title-decision.ts';
import type { Unit, Units } from './units.ts';

/** More possibilities than this are not told of a title. */
const MOST_RANKED = 4;
/** What is less likely is not told, unless nothing else is. */
const WORTH_TELLING = 1e-4;

/** One thing that a title may be, the units beside the words. */
export interface Ranked extends RankedPossibility {
  readonly unit: Unit | null;
}

/** The possibilities of each title, the likeliest first, with what speaks for and against them. */
export function rankTitles(
  input: DecideInput,
  scores: Scores,
  { units }: Units,
  assigned: Assigned,
): Map<DiscTitle, readonly Ranked[]> {
  const titles = assigned.order.titles;
  const possible = titles.map((title) => possibilities(assigned.posteriors.get(title), units));
  const held = possible.map(([best]) => keysOf(best?.unit ?? null, input));
  return new Map(
    titles.map((title, index) => {
      const sources: ExplainSources = {
        input,
        scores,
        assigned,
        before: held.slice(0, index).findLast(({ length }) => length > 0) ?? null,
        after: held.slice(index + 1).find(({ length }) => length > 0) ?? null,
      };
      const ranked = (possible[index] ?? []).map(({ unit, probability }) => ({
        unit,
        episodes: keysOf(unit, input),
        probability: Math.min(1, probability),
        explanation: explain(title, unit, sources),
      }));
      return [title, ranked];
    }),
  );
}

function possibilities(posterior: Posterior | undefined, units: readonly Unit[]) {
  if (!posterior) return [{ unit: null, probability: 1 }];
  const all = [...posterior.units].map((probability, index) => ({
    unit: units[index] ?? null,
    probability,
  }));
  return [...all, { unit: null, probability: posterior.none }]
    .filter(
      ({ probability }, index, { length }) => probability >= WORTH_TELLING || index === length - 1,
    )
    .sort((a, b) => b.probability - a.probability)
    .slice(0, MOST_RANKED);
}

function keysOf(unit: Unit | null, { candidates }: DecideInput): EpisodeKey[] {
  return (unit?.episodes ?? []).flatMap((index) => {
    const candidate = candidates[index];
    return candidate ? [{ season: candidate.season, episode: candidate.episode }] : [];
  });
}
