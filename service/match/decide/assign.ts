import type { DecideInput, DiscTitle } from './decide-input.ts';
import { discBounds, takenEpisodes } from './disc-group.ts';
import { type DiscOrder, discOrders } from './disc-orders.ts';
import { type ChainOutput, forwardBackward, type Observed } from './forward-backward.ts';
import {
  type Claim,
  type Labelling,
  mistakenLabels,
  mistakenOrders,
  shifted,
} from './labellings.ts';
import { median } from './median.ts';
import type { Scores } from './scores.ts';
import { type SeasonSteps, seasonOrders } from './season-steps.ts';
import { type ObservationSources, observeTitle } from './title-evidence.ts';
import { typicalRuntime, type Units } from './units.ts';

/** How likely a title is each unit, and no episode. */
export interface Posterior {
  readonly units: Float64Array;
  readonly none: number;
}

export interface Assigned {
  /** Of the titles that play or repeat no others. */
  readonly posteriors: ReadonlyMap<DiscTitle, Posterior>;
  /** In the likeliest order of the disc. */
  readonly order: DiscOrder;
  readonly steps: SeasonSteps;
  /** The disc's own ratio of duration to runtime. */
  readonly usual: number | null;
  readonly typical: number | null;
}

/** Where discs follow the order of their own release, seasons are seldom filmed in it. */
const SEASON_ORDERS: Record<SeasonSteps['id'], number> = { aired: 0.6, dvd: 0.4 };
/** Orders that are less likely than this (logarithm, against the best) are not looked at again. */
const UNLIKELY = 9;
/** So many titles with a clear reference show how long the disc's episodes are. */
const SHOW_USUAL = 3;

/** One way to read the disc, with what follows from it. */
interface Reading {
  readonly order: DiscOrder;
  readonly steps: SeasonSteps;
  readonly labelling: Labelling;
  readonly chain: ChainOutput;
  /** Logarithm of its probability, up to a constant. */
  readonly weight: number;
}

/**
 * What each title is, all titles of the disc together: over every order of the disc and of the season, and over the
 * mistakes in the labels of references that the order makes one think of, each by its probability.
 */
export function assignTitles(input: DecideInput, scores: Scores, units: Units): Assigned {
  const labels = input.references.map(({ episodes }) => units.indexOf(episodes) ?? -1);
  const usual = usualRatio(input, scores);
  const typical = typicalRuntime(input);
  const sources: ObservationSources = {
    input,
    scores,
    units,
    labels,
    taken: takenEpisodes(input.group, input.candidates),
    usual,
    typical,
  };
  const labelled = { labels, probability: 1 };
  const ways = discOrders(input.titles).flatMap((order) =>
    seasonOrders(input.candidates).map((steps) => ({ order, steps })),
  );
  const asIs = readAll(sources, ways, labelled);
  const first = likeliest(asIs);
  const swapped = mistakenOrders(first.order, claimsOf(first, sources), first.steps);
  const straight = [
    ...asIs,
    ...readAll(
      sources,
      swapped.map((order) => ({ order, steps: first.steps })),
      labelled,
    ),
  ];
  const best = likeliest(straight);
  const readings = [
    ...straight,
    ...withMistakes(straight, first),
    ...(best === first ? [] : withMistakes([best], best)),
    ...(knowsPlace(input)
      ? shifted(labels, best.steps).flatMap((labelling) => readAll(sources, [best], labelling))
      : []),
  ];
  const meant = likeliest(readings);
  if (meant.labelling !== labelled) readings.push(...withMistakes([meant], meant));
  return {
    posteriors: mixed(readings, units.units.length),
    order: best.order,
    steps: best.steps,
    usual,
    typical,
  };

  /** The likely ones of some readings, with one more mistake in the labels than the best of them has. */
  function withMistakes(some: readonly Reading[], from: Reading): Reading[] {
    const likely = some.filter(({ weight }) => weight > from.weight - UNLIKELY);
    return mistakenLabels(from.labelling, claimsOf(from, sources), from.steps).flatMap(
      (labelling) => readAll(sources, likely, labelling),
    );
  }
}

function likeliest(readings: readonly Reading[]): Reading {
  return readings.reduce((a, b) => (b.weight > a.weight ? b : a));
}

function knowsPlace({ group }: DecideInput): boolean {
  return group.disc !== null || group.others.length > 0;
}

function readAll(
  sources: ObservationSources,
  ways: readonly { order: DiscOrder; steps: SeasonSteps }[],
  labelling: Labelling,
): Reading[] {
  const { input, units } = sources;
  const { labels } = labelling;
  const observed = new Map<DiscTitle, Observed>(
    input.titles.map((title, index) => [title, observeTitle(index, { ...sources, labels })]),
  );
  const episodes = input.titles.filter(({ role }) => role === 'episode').length;
  return ways.map(({ order, steps }) => {
    const chain = forwardBackward({
      steps,
      spans: units.units.map(({ episodes: held }) => {
        const places = held.map((episode) => steps.places[episode] ?? 0);
        return { first: Math.min(...places), last: Math.max(...places) };
      }),
      observed: order.titles.flatMap((title) => observed.get(title) ?? []),
      ...discBounds(input.group, { candidates: input.candidates, steps, episodes }),
    });
    const weight =
      Math.log(order.probability * SEASON_ORDERS[steps.id] * labelling.probability) +
      chain.evidence;
    return { order, steps, labelling, chain, weight };
  });
}

/** The likeliest episodes of each title that references vouch for, in the order of the disc. */
function claimsOf(
  { order, chain, labelling }: Reading,
  { input, scores, units }: ObservationSources,
): Claim[] {
  return order.titles.flatMap((title, index): Claim[] => {
    const own = scores.titles[input.titles.indexOf(title)];
    const posterior = chain.posteriors[index];
    if (!own || !posterior || (chain.nones[index] ?? 1) > 0.5) return [];
    const { episodes = [] } = units.units[indexOfHighest(posterior)] ?? {};
    const references = labelling.labels.flatMap((label, reference) => {
      const held = units.units[label]?.episodes ?? [];
      const isOwn = held.length > 0 && held.every((episode) => episodes.includes(episode));
      return isOwn && own.isClear[reference] === true ? [reference] : [];
    });
    const rivals = labelling.labels.flatMap((label, reference) =>
      own.isClear[reference] === true && !references.includes(reference)
        ? (units.units[label]?.episodes ?? [])
        : [],
    );
    return references.length === 0 ? [] : [{ title, episodes, references, rivals }];
  });
}

export function indexOfHighest(values: Float64Array): number {
  let best = 0;
  for (let index = 1; index < values.length; index++)
    if ((values[index] ?? 0) > (values[best] ?? 0)) best = index;
  return best;
}

/** The posteriors of all readings, each by its probability. */
function mixed(readings: readonly Reading[], count: number): Map<DiscTitle, Posterior> {
  const highest = Math.max(...readings.map(({ weight }) => weight));
  const shares = readings.map(({ weight }) => Math.exp(weight - highest));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const sums = new Map<DiscTitle, { units: Float64Array; none: number }>();
  for (const [number, { order, chain }] of readings.entries()) {
    const share = (shares[number] ?? 0) / total;
    for (const [index, title] of order.titles.entries()) {
      const sum = sums.get(title) ?? { units: new Float64Array(count), none: 0 };
      const posterior = chain.posteriors[index] ?? new Float64Array();
      for (let unit = 0; unit < count; unit++)
        sum.units[unit] = (sum.units[unit] ?? 0) + share * (posterior[unit] ?? 0);
      sum.none += share * (chain.nones[index] ?? 0);
      sums.set(title, sum);
    }
  }
  return sums;
}

/** Duration ÷ runtime as the titles show it that one reference speaks for clearly; null with too few of them. */
function usualRatio({ titles, references, candidates }: DecideInput, scores: Scores) {
  const ratios = titles.flatMap(({ duration }, index) => {
    const clear = new Set(
      scores.titles[index]?.isClear.flatMap((isClear, reference) => {
        const episodes = references[reference]?.episodes ?? [];
        return isClear && episodes.length === 1 ? episodes : [];
      }),
    );
    const [episode] = clear;
    const runtime = clear.size === 1 && episode !== undefined ? candidates[episode]?.runtime : null;
    return runtime ? [duration / runtime] : [];
  });
  return ratios.length < SHOW_USUAL ? null : median(ratios);
}
