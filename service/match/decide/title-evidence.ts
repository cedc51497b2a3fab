import type { TitleRole } from '../../contract/title.ts';
import { describedLogRatio } from '../evidence/structure/described.ts';
import { durationLogRatio } from '../evidence/structure/duration.ts';
import type { DecideInput, DiscTitle } from './decide-input.ts';
import type { Observed } from './forward-backward.ts';
import type { Units } from './units.ts';

/** How often a title of this role is no episode at all. */
const NO_EPISODE: Record<TitleRole, number> = {
  episode: 0.015,
  main: 0.12,
  cut: 0.3,
  unknown: 0.12,
  'play-all': 0.3,
  duplicate: 0.3,
  decoy: 0.5,
  extra: 0.8,
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

export interface StructureSources {
  readonly input: DecideInput;
  readonly units: Units;
  /** Indexes of candidates that other discs hold. */
  readonly taken: ReadonlySet<number>;
  /** The disc's own ratio of duration to runtime. */
  readonly usual: number | null;
  /** Runtime for candidates without one, seconds. */
  readonly typical: number | null;
}

/** Everything but references and order that says what a title is: duration, description, role, what is taken. */
export function structureEvidence(index: number, sources: StructureSources): Observed {
  const { input, units, taken } = sources;
  const title = input.titles[index];
  const sets = units.sets[index];
  if (!title || !sets) return { spans: new Float64Array(units.units.length), none: 0 };
  if (title.stated) return stated(title, units, input);
  const candidates = input.candidates.length;
  const described = describedUnit(title, units, input);
  const noEpisode = NO_EPISODE[title.role];
  const prior = Math.log(1 - noEpisode);
  const spans = Float64Array.from(units.units, ({ runtime, episodes }, unit) => {
    if (unit >= candidates && !sets.has(unit)) return IMPOSSIBLE;
    return (
      prior +
      (unit < candidates ? 0 : SET_PRIOR) +
      durationEvidence(title, runtime, episodes.length, sources) +
      described(unit) +
      (episodes.some((episode) => taken.has(episode)) ? TAKEN : 0)
    );
  });
  return { spans, none: Math.log(noEpisode) + describedNone(title) };
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
  { typical, usual }: StructureSources,
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
