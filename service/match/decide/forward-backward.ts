import type { SeasonSteps } from './season-steps.ts';

/** What a title may hold: by the places of its first and last episode. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** One title of the disc, in its order. */
export interface Observed {
  /** Per span: logarithm of prior and evidence that the title is it. */
  readonly spans: Float64Array;
  /** The same for no episode at all. */
  readonly none: number;
}

export interface ChainInput {
  readonly steps: SeasonSteps;
  readonly spans: readonly Span[];
  readonly observed: readonly Observed[];
  /** Per place: how likely the first episode of the disc is the one there; sums to 1. */
  readonly start: Float64Array;
  /** Per place: how well the disc ends there, relative to the other places. */
  readonly end: Float64Array;
}

export interface ChainOutput {
  /** Per title, per span: its posterior probability. */
  readonly posteriors: readonly Float64Array[];
  /** Per title: that it is no episode. */
  readonly nones: readonly number[];
  /** Logarithm of the probability of everything observed. */
  readonly evidence: number;
}

/**
 * Forward-backward over a hidden Markov chain whose state is the last episode that was seen (Rabiner 1989, with his
 * scaling; evidence comes in as logarithms and is shifted by the highest of its title, so that nothing overflows). A
 * title that is no episode keeps the state. The state behind all places means that no episode was seen yet.
 */
export function forwardBackward(chain: ChainInput): ChainOutput {
  const likelihoods = chain.observed.map(relative);
  const passed = forward(chain, likelihoods);
  return { ...backward(chain, likelihoods, passed.titles), evidence: passed.evidence };
}

/** Likelihoods of a title as numbers up to 1. */
interface Likelihood {
  readonly spans: Float64Array;
  readonly none: number;
  /** What they were multiplied by (logarithm). */
  readonly shift: number;
}

function relative({ spans, none }: Observed): Likelihood {
  const shift = spans.reduce((highest, value) => Math.max(highest, value), none);
  return {
    spans: spans.map((value) => Math.exp(value - shift)),
    none: Math.exp(none - shift),
    shift,
  };
}

/** What is known before a title is looked at, and how it can be each span, on one scale. */
interface Passed {
  readonly before: Float64Array;
  readonly spans: Float64Array;
  readonly scale: number;
}

function forward({ steps, spans, start, end }: ChainInput, likelihoods: readonly Likelihood[]) {
  const count = start.length;
  const [firsts, lasts] = endsOf(spans);
  const titles: Passed[] = [];
  let before = new Float64Array(count + 1);
  before[count] = 1;
  let evidence = 0;
  for (const { spans: likelihood, none, shift } of likelihoods) {
    const unseen = before[count] ?? 0;
    const inflow = start.map((probability) => probability * unseen);
    steps.forward(before, inflow);
    const after = before.map((mass) => mass * none);
    const masses = new Float64Array(spans.length);
    for (let index = 0; index < masses.length; index++) {
      const first = firsts[index] ?? 0;
      const last = lasts[index] ?? 0;
      const mass = (inflow[first] ?? 0) * (likelihood[index] ?? 0);
      masses[index] = mass;
      after[last] = (after[last] ?? 0) + mass;
    }
    const scale = 1 / total(after);
    titles.push({ before, spans: masses, scale });
    evidence += shift - Math.log(scale);
    before = after.map((mass) => mass * scale);
  }
  return { titles, evidence: evidence + Math.log(product(before, ended(end))) };
}

function backward(
  { steps, spans, start, end }: ChainInput,
  likelihoods: readonly Likelihood[],
  passed: readonly Passed[],
) {
  const count = start.length;
  const [firsts, lasts] = endsOf(spans);
  const posteriors: Float64Array[] = [];
  const nones: number[] = [];
  let behind = ended(end);
  for (let title = passed.length - 1; title >= 0; title--) {
    const likelihood = likelihoods[title];
    const known = passed[title];
    if (!likelihood || !known) continue;
    const ahead = new Float64Array(count);
    const posterior = new Float64Array(spans.length);
    for (let index = 0; index < posterior.length; index++) {
      const first = firsts[index] ?? 0;
      const last = lasts[index] ?? 0;
      const after = behind[last] ?? 0;
      posterior[index] = (known.spans[index] ?? 0) * after;
      ahead[first] = (ahead[first] ?? 0) + (likelihood.spans[index] ?? 0) * after;
    }
    const none = likelihood.none * product(known.before, behind);
    const all = total(posterior) + none;
    posteriors.unshift(posterior.map((mass) => mass / all));
    nones.unshift(none / all);
    const next = behind.map((mass) => mass * likelihood.none);
    steps.backward(ahead, next);
    next[count] = (next[count] ?? 0) + product(start, ahead);
    behind = next.map((mass) => mass * known.scale);
  }
  return { posteriors, nones };
}

function endsOf(spans: readonly Span[]): [firsts: Int32Array, lasts: Int32Array] {
  return [Int32Array.from(spans, ({ first }) => first), Int32Array.from(spans, ({ last }) => last)];
}

/** The last state, no episode seen, ends as well as any. */
function ended(end: Float64Array): Float64Array {
  const behind = new Float64Array(end.length + 1).fill(1);
  behind.set(end);
  return behind;
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}
