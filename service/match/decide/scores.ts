import { type Background, fitBackground, logWrong, thresholdOf } from './background.ts';
import type { DecideInput, DiscTitle, InsideSpan, Signal, SignalReading } from './decide-input.ts';
import { median } from './median.ts';
import { comparableScores, type SignalPrior, signalPriors } from './signal-scores.ts';

/** A score that wrong references exceed with this probability is good enough to accept by. */
const CHANCE_OF_WRONG = 1e-3;
/** More than this (logarithm) is not made of one reference, whatever its scores are. */
const MOST = 18;
/** Two signals that see the same thing in the same reference are not two. */
const BESIDE: Partial<Record<Signal, { other: Signal; weight: number }>> = {
  voice: { other: 'subtitle-times', weight: 0.5 },
  speech: { other: 'text', weight: 0.7 },
};

/** One signal of a title, on a scale that can be compared between titles. */
export interface ScoredReading {
  readonly reading: SignalReading;
  readonly scores: readonly (number | null)[];
  readonly model: SignalModel;
}

export interface TitleScores {
  readonly readings: readonly ScoredReading[];
  /** Per reference: how much likelier its scores are if it is right (logarithm), or it lies anywhere inside; NaN without. */
  readonly ratios: Float64Array;
  /** Per reference: whether a signal is over what wrong references reach by chance. */
  readonly isClear: readonly boolean[];
  /** Per reference: whether it is so on another title. */
  readonly isProven: readonly boolean[];
}

/** How right and wrong references score in one signal on this disc. */
export interface SignalModel {
  readonly wrong: Background;
  readonly right: { readonly mean: number; readonly deviation: number };
  /** Above it, chance is out of the question. */
  readonly threshold: number;
}

export interface Scores {
  readonly titles: readonly TitleScores[];
  readonly models: Readonly<Record<Signal, SignalModel>>;
}

/** What the scores of all titles say of all references. */
export function scoreTitles({ titles, references, background }: DecideInput): Scores {
  const labels = references.map(({ episodes }) => episodes.join(' '));
  const models = {
    'subtitle-times': modelFor('subtitle-times'),
    voice: modelFor('voice'),
    text: modelFor('text'),
    speech: modelFor('speech'),
  };
  const scored = titles.map((title) => scoreTitle(title, labels, models));
  const proven = labels.map((_, reference) => scored.filter(({ isClear }) => isClear[reference]));
  return {
    models,
    titles: scored.map((own) => ({
      ...own,
      isProven: proven.map((some) => some.some((other) => other !== own)),
    })),
  };

  function modelFor(signal: Signal): SignalModel {
    const rows = titles.flatMap(({ readings }) =>
      readings
        .filter((reading) => reading.signal === signal)
        .map((reading) => comparableScores(reading, labels)),
    );
    const prior = signalPriors[signal];
    return modelOf(rows, labels, { ...prior, wrong: background?.[signal] ?? prior.wrong });
  }
}

function modelOf(
  rows: readonly (readonly (number | null)[])[],
  labels: readonly string[],
  prior: SignalPrior,
): SignalModel {
  const wrong = fitBackground(rows, labels, prior.wrong);
  const threshold = thresholdOf(wrong, labels.length, CHANCE_OF_WRONG);
  const clear = rows
    .map((row) => Math.max(...row.map((score) => score ?? Number.NEGATIVE_INFINITY)))
    .filter((best) => best > threshold);
  const mean =
    clear.length === 0
      ? prior.right.mean
      : (2 * prior.right.mean + clear.length * median(clear)) / (2 + clear.length);
  const deviation = (prior.right.deviation * mean) / prior.right.mean;
  return { wrong, right: { mean, deviation }, threshold };
}

function scoreTitle(
  title: DiscTitle,
  labels: readonly string[],
  models: Readonly<Record<Signal, SignalModel>>,
): Omit<TitleScores, 'isProven'> {
  const readings = title.readings.map((reading) => ({
    reading,
    scores: comparableScores(reading, labels),
    model: models[reading.signal],
  }));
  const ratios = new Float64Array(labels.length).fill(Number.NaN);
  const isClear = labels.map(() => false);
  for (const reference of labels.keys()) {
    for (const { reading, scores, model } of readings) {
      const score = scores[reference];
      if (score === null || score === undefined) continue;
      const before = ratios[reference] ?? Number.NaN;
      const ratio = weightOf(reading.signal, readings, reference) * logRatio(model, score);
      ratios[reference] = Math.min(MOST, (Number.isNaN(before) ? 0 : before) + ratio);
      if (score >= model.threshold) isClear[reference] = true;
    }
  }
  for (const span of title.inside ?? []) {
    const model = models[span.signal];
    const ratio = logRatio(model, insideScore(span));
    const before = ratios[span.reference] ?? Number.NaN;
    ratios[span.reference] = Number.isNaN(before) ? ratio : Math.max(before, ratio);
    if (insideScore(span) >= model.threshold) isClear[span.reference] = true;
  }
  return { readings, ratios, isClear };
}

function weightOf(signal: Signal, readings: readonly ScoredReading[], reference: number): number {
  const beside = BESIDE[signal];
  const other = readings.find(({ reading }) => reading.signal === beside?.other);
  return beside && other && typeof other.scores[reference] === 'number' ? beside.weight : 1;
}

/** Among the lags of a whole title, wrong references reach so much higher than within two minutes. */
const ANYWHERE_MORE = 2;

/** What is found inside a title, on the scale of the signal's readings. */
export function insideScore({ z }: InsideSpan): number {
  return z - ANYWHERE_MORE;
}

/** How much likelier a score is for the right reference than for a wrong one: never falls as the score rises. */
export function logRatio({ wrong, right }: SignalModel, score: number): number {
  const from = Math.max(score, wrong.mu);
  const away = Math.min(0, (from - right.mean) / right.deviation);
  const logRight = -0.5 * away * away - Math.log(right.deviation * Math.sqrt(2 * Math.PI));
  return Math.min(MOST, logRight - logWrong(wrong, from));
}
