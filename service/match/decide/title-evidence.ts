import type { TitleRole } from '../../contract/title.ts';
import { describedLogRatio } from '../evidence/structure/described.ts';
import { durationLogRatio } from '../evidence/structure/duration.ts';
import type { DecideInput, DiscTitle } from './decide-input.ts';
import type { Observed } from './forward-backward.ts';
import { referenceEvidence } from './reference-evidence.ts';
import type { Scores } from './scores.ts';
import type { Units } from './units.ts';

/** How often a title of this role is no episode at all. */
const NO_EPISODE: Record<TitleRole, number> = {
  episode: 0.04,
  main: 0.12,
  cut: 0.3,
  unknown: 0.12,
  'play-all': 0.3,
  duplicate: 0.3,
  decoy: 0.5,
  extra: 0.7,
  trailer: 0.95,
  junk: 0.97,
};
/** How often a title holds a certain set of episodes: known by a label, by what is inside, or by its length alone. */
const SET_PRIOR = Math.log(0.05);
/** A disc seldom holds what another disc of its set holds. */
const TAKEN = Math.log(0.05);
/** What is said to be something else is, most of the time. */
const DESCRIBED_OTHERWISE = 2.5;
const IMPOSSIBLE = -600;

export interface ObservationSources {
  readonly input: DecideInput;
  readonly scores: Scores;
  readonly units: Units;
  /** Per reference the unit that it stands for, or -1. */
  readonly labels: readonly number[];
  /** Indexes of candidates that other discs hold. */
  readonly taken: ReadonlySet<number>;
  /** The disc's own ratio of duration to runtime. */
  readonly usual: number | null;
  /** Runtime for candidates without one, seconds. */
  readonly typical: number | null;
}

/** Everything but the order that says what a title is: references, duration, description, role, what is taken. */
export function observeTitle(index: number, sources: ObservationSources): Observed {
  const { input, scores, units, labels, taken } = sources;
  const title = input.titles[index];
  const own = scores.titles[index];
  const sets = units.sets[index];
  if (!title || !own || !sets) return { spans: new Float64Array(units.units.length), none: 0 };
  if (title.stated) return stated(title, units, input);
  const candidates = input.candidates.length;
  const references = referenceEvidence({
    scores: own,
    units: units.units,
    candidates,
    labels,
  });
  const described = describedUnit(title, units, input);
  const noEpisode = NO_EPISODE[title.role];
  const spans = references.units.map((evidence, unit) => {
    const held = units.units[unit];
    if (!held || (unit >= candidates && !sets.has(unit))) return IMPOSSIBLE;
    return (
      Math.log(1 - noEpisode) +
      evidence +
      (unit < candidates ? 0 : SET_PRIOR) +
      durationEvidence(title, held.runtime, held.episodes.length, sources) +
      described(unit) +
      (held.episodes.some((episode) => taken.has(episode)) ? TAKEN : 0)
    );
  });
  return { spans, none: Math.log(noEpisode) + references.none + describedNone(title) };
}

function stated({ stated: keys }: DiscTitle, units: Units, input: DecideInput): Observed {
  const unit = units.indexOf(indexesOf(keys ?? [], input));
  const spans = new Float64Array(units.units.length).fill(IMPOSSIBLE);
  if (unit === undefined) return { spans, none: 0 };
  spans[unit] = 0;
  return { spans, none: IMPOSSIBLE };
}

function durationEvidence(
  { duration }: DiscTitle,
  runtime: number | null,
  episodes: number,
  { typical, usual }: ObservationSources,
): number {
  const expected = runtime ?? (typical === null ? null : typical * episodes);
  return expected === null ? 0 : durationLogRatio(duration, expected, usual);
}

function describedUnit(title: DiscTitle, units: Units, input: DecideInput) {
  const { described } = title;
  if (described === null) return () => 0;
  if (described.length === 0) return () => -DESCRIBED_OTHERWISE;
  const named = units.indexOf(indexesOf(described, input));
  const count = input.candidates.length;
  if (named === undefined) return () => 0;
  return (unit: number) => describedLogRatio(unit === named, count);
}

function describedNone({ described }: DiscTitle): number {
  if (described === null) return 0;
  return described.length === 0 ? DESCRIBED_OTHERWISE : -DESCRIBED_OTHERWISE;
}

function indexesOf(keys: DiscTitle['stated'] & object, { candidates }: DecideInput): number[] {
  return keys.map(({ season, episode }) =>
    candidates.findIndex((one) => one.season === season && one.episode === episode),
  );
}
