import type { DecideInput, DiscTitle } from './decide-input.ts';
import { discBounds, takenEpisodes } from './disc-group.ts';
import { type DiscOrder, discOrders } from './disc-orders.ts';
import {
  type ChainInput,
  type ChainOutput,
  forwardBackward,
  type Observed,
} from './forward-backward.ts';
import {
  type Claim,
  type Labelling,
  mistakenLabels,
  mistakenOrders,
  shifted,
} from './labellings.ts';
import { median } from './median.ts';
import { labelledReferences, referenceEvidence } from './reference-evidence.ts';
import type { Scores } from './scores.ts';
import { type SeasonSteps, seasonOrders } from './season-steps.ts';
import { structureEvidence } from './title-evidence.ts';
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
const MOST_WAYS = 3;
/** So many titles with a clear reference show how long the disc's episodes are. */
const SHOW_USUAL = 3;

/** One order of the disc along one order of the season. */
type Way = Pick<ChainInput, 'steps' | 'spans' | 'start' | 'end'> & { readonly order: DiscOrder };

/** One way to read the disc and the labels, with what follows from it. */
interface Reading {
  readonly way: Way;
  readonly labelling: Labelling;
  readonly chain: ChainOutput;
  /** Logarithm of its probability, up to a constant. */
  readonly weight: number;
}

interface AssignSources {
  readonly input: DecideInput;
  readonly scores: Scores;
  readonly units: Units;
  /** Per title, what is known of it without references and order. */
  readonly structure: readonly Observed[];
}

/**
 * What each title is, all titles of the disc together: over every order of the disc and of the season, and over the
 * mistakes in the labels of references that the order makes one think of, each by its probability.
 */
export function assignTitles(input: DecideInput, scores: Scores, units: Units): Assigned {
  const labels = input.references.map(({ episodes }) => units.indexOf(episodes) ?? -1);
  const taken = takenEpisodes(input.group, input.candidates);
  const [usual, typical] = [usualRatio(input, scores), typicalRuntime(input)];
  const structure = input.titles.map((_, index) =>
    structureEvidence(index, { input, units, taken, usual, typical }),
  );
  const sources: AssignSources = { input, scores, units, structure };
  const labelled = { labels, probability: 1 };
  const asIs = readAll(sources, waysOf(input, units), labelled);
  const first = likeliest(asIs);
  const { way } = first;
  const swapped = mistakenOrders(way.order, claimsOf(first, sources), way.steps);
  const straight = [
    ...asIs,
    ...readAll(
      sources,
      swapped.map((order) => ({ ...way, order })),
      labelled,
    ),
  ];
  const best = likeliest(straight);
  const readings = [
    ...straight,
    ...withMistakes(straight),
    ...(knowsPlace(input)
      ? shifted(labels, way.steps).flatMap((labelling) => readAll(sources, [best.way], labelling))
      : []),
  ];
  const meant = likeliest(readings);
  if (meant.labelling !== labelled) readings.push(...withMistakes([meant]));
  return {
    posteriors: mixed(readings, units.units.length),
    order: best.way.order,
    steps: best.way.steps,
    usual,
    typical,
  };

  /** The likeliest of some readings, with one more mistake in the labels that the order of any makes one think of. */
  function withMistakes(some: readonly Reading[]): Reading[] {
    const least = likeliest(some).weight - UNLIKELY;
    const likely = some
      .filter(({ weight }) => weight > least)
      .sort((a, b) => b.weight - a.weight)
      .slice(0, MOST_WAYS);
    const mistakes = likely.flatMap((reading) =>
      mistakenLabels(reading.labelling, claimsOf(reading, sources), reading.way.steps),
    );
    const ways = likely.map(({ way }) => way);
    return onceEach(mistakes).flatMap((labelling) => readAll(sources, ways, labelling));
  }
}

function onceEach(labellings: readonly Labelling[]): Labelling[] {
  return [...new Map(labellings.map((one) => [one.labels.join(' '), one])).values()];
}

function likeliest(readings: readonly Reading[]): Reading {
  return readings.reduce((a, b) => (b.weight > a.weight ? b : a));
}

function knowsPlace({ group }: DecideInput): boolean {
  return group.disc !== null || group.others.length > 0;
}

function waysOf({ titles, candidates, group }: DecideInput, { units }: Units): Way[] {
  const orders = discOrders(titles);
  const episodes = titles.filter(({ role }) => role === 'episode').length;
  return seasonOrders(candidates).flatMap((steps) => {
    const spans = units.map(({ episodes: held }) => {
      const places = held.map((episode) => steps.places[episode] ?? 0);
      return { first: Math.min(...places), last: Math.max(...places) };
    });
    const bounds = discBounds(group, { candidates, steps, episodes });
    return orders.map((order) => ({ order, steps, spans, ...bounds }));
  });
}

function readAll(
  { input, scores, units, structure }: AssignSources,
  ways: readonly Way[],
  labelling: Labelling,
): Reading[] {
  const count = units.units.length;
  const references = labelledReferences(labelling.labels, count);
  const candidates = input.candidates.length;
  const observed = new Map(
    input.titles.map((title, index): [DiscTitle, Observed] => {
      const own = scores.titles[index];
      const known = structure[index] ?? { spans: new Float64Array(count), none: 0 };
      if (!own || title.stated) return [title, known];
      const evidence = referenceEvidence(own, references, { units: units.units, candidates });
      const spans = evidence.units.map((value, unit) => value + (known.spans[unit] ?? 0));
      return [title, { spans, none: known.none + evidence.none }];
    }),
  );
  return ways.map((way) => {
    const { order, steps } = way;
    const titles = order.titles.flatMap((title) => observed.get(title) ?? []);
    const chain = forwardBackward({ ...way, observed: titles });
    const prior = order.probability * SEASON_ORDERS[steps.id] * labelling.probability;
    return { way, labelling, chain, weight: Math.log(prior) + chain.evidence };
  });
}

/** The likeliest episodes of each title that references vouch for, in the order of the disc. */
function claimsOf(
  { way, chain, labelling }: Reading,
  { input, scores, units }: AssignSources,
): Claim[] {
  return way.order.titles.flatMap((title, index): Claim[] => {
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
  for (const [number, { way, chain }] of readings.entries()) {
    const share = (shares[number] ?? 0) / total;
    for (const [index, title] of way.order.titles.entries()) {
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
