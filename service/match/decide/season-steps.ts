import type { EpisodeCandidate } from './decide-input.ts';

/** How often the next title of a disc is so many episodes further on. */
const STEPS: readonly (readonly [offset: number, probability: number])[] = [
  [1, 0.86],
  [2, 0.05],
  [3, 0.015],
  [0, 0.015],
  [-1, 0.03],
];
/** The rest goes anywhere, mostly within the season. */
const JUMP_WITHIN_SEASON = 0.85;
/** A disc seldom goes on with the next season. */
const NEXT_SEASON = 0.15;

/** The candidates in one order, and how a disc moves through them. */
export interface SeasonSteps {
  readonly id: 'aired' | 'dvd';
  /** Per candidate, its place. */
  readonly places: Int32Array;
  /** Per place, its season as a number from 0. */
  readonly seasons: Int32Array;
  readonly seasonSizes: Int32Array;
  /** Sends a mass of each place one title on, added to `to`. */
  readonly forward: (from: Float64Array, to: Float64Array) => void;
  /** The same the other way. */
  readonly backward: (from: Float64Array, to: Float64Array) => void;
}

/** As aired and, where the database knows it and it differs, as on DVD. */
export function seasonOrders(candidates: readonly EpisodeCandidate[]): SeasonSteps[] {
  const indexes = [...candidates.keys()];
  const aired = indexes.toSorted((a, b) => airedOf(candidates, a) - airedOf(candidates, b));
  const dvd = indexes.toSorted((a, b) => dvdOf(candidates, a) - dvdOf(candidates, b));
  const hasDvd = candidates.every(({ order }) => typeof order?.dvd === 'number');
  const differs = hasDvd && dvd.some((index, place) => index !== aired[place]);
  return [
    seasonSteps('aired', aired, candidates),
    ...(differs ? [seasonSteps('dvd', dvd, candidates)] : []),
  ];
}

function airedOf(candidates: readonly EpisodeCandidate[], index: number): number {
  return candidates[index]?.order?.aired ?? index;
}

function dvdOf(candidates: readonly EpisodeCandidate[], index: number): number {
  return candidates[index]?.order?.dvd ?? index;
}

function seasonSteps(
  id: SeasonSteps['id'],
  order: readonly number[],
  candidates: readonly EpisodeCandidate[],
): SeasonSteps {
  const count = order.length;
  const places = new Int32Array(count);
  for (const [place, index] of order.entries()) places[index] = place;
  const numbers = [...new Set(order.map((index) => candidates[index]?.season ?? 0))];
  const seasons = Int32Array.from(order, (index) =>
    numbers.indexOf(candidates[index]?.season ?? 0),
  );
  const seasonSizes = new Int32Array(numbers.length);
  for (const season of seasons) seasonSizes[season] = (seasonSizes[season] ?? 0) + 1;
  // Per place and step: how often it is taken. Steps that lead out of the seasons, or hardly into the next, are jumps.
  const taken = STEPS.map(([offset, probability]) =>
    Float64Array.from(
      { length: count },
      (_, place) => probability * crossing(place, place + offset),
    ),
  );
  const jumping = Float64Array.from({ length: count }, (_, place) =>
    taken.reduce((rest, probabilities) => rest - (probabilities[place] ?? 0), 1),
  );

  function crossing(from: number, to: number): number {
    if (to < 0 || to >= count) return 0;
    return seasons[from] === seasons[to] ? 1 : NEXT_SEASON;
  }

  function forward(from: Float64Array, to: Float64Array): void {
    for (const [step, [offset]] of STEPS.entries()) {
      const probabilities = taken[step] ?? jumping;
      const end = Math.min(count, count - offset);
      for (let place = Math.max(0, -offset); place < end; place++)
        to[place + offset] =
          (to[place + offset] ?? 0) + (from[place] ?? 0) * (probabilities[place] ?? 0);
    }
    const bySeason = new Float64Array(numbers.length);
    let all = 0;
    for (let place = 0; place < count; place++) {
      const jumped = (from[place] ?? 0) * (jumping[place] ?? 0);
      const season = seasons[place] ?? 0;
      bySeason[season] = (bySeason[season] ?? 0) + jumped;
      all += jumped;
    }
    for (let place = 0; place < count; place++)
      to[place] = (to[place] ?? 0) + landing(bySeason, all, seasons[place] ?? 0);
  }

  /** A jump's share for one place of a season, from either side. */
  function landing(bySeason: Float64Array, all: number, season: number): number {
    const within = (bySeason[season] ?? 0) / (seasonSizes[season] ?? 1);
    return JUMP_WITHIN_SEASON * within + ((1 - JUMP_WITHIN_SEASON) * all) / count;
  }

  function backward(from: Float64Array, to: Float64Array): void {
    const bySeason = new Float64Array(numbers.length);
    let all = 0;
    for (let place = 0; place < count; place++) {
      const season = seasons[place] ?? 0;
      const mass = from[place] ?? 0;
      bySeason[season] = (bySeason[season] ?? 0) + mass;
      all += mass;
    }
    for (let place = 0; place < count; place++)
      to[place] =
        (to[place] ?? 0) + (jumping[place] ?? 0) * landing(bySeason, all, seasons[place] ?? 0);
    for (const [step, [offset]] of STEPS.entries()) {
      const probabilities = taken[step] ?? jumping;
      const end = Math.min(count, count - offset);
      for (let place = Math.max(0, -offset); place < end; place++)
        to[place] = (to[place] ?? 0) + (from[place + offset] ?? 0) * (probabilities[place] ?? 0);
    }
  }

  return { id, places, seasons, seasonSizes, forward, backward };
}
