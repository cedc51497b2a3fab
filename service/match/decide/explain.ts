import { durationInWords } from '../../duration-in-words.ts';
import type { EpisodeKey } from '../episode-key.ts';
import { describedLogRatio } from '../evidence/structure/described.ts';
import { durationLogRatio } from '../evidence/structure/duration.ts';
import type { Assigned } from './assign.ts';
import type { DecideInput, DiscTitle, SignalReading } from './decide-input.ts';
import { heldByAnother } from './disc-group.ts';
import { episodeNames } from './episode-names.ts';
import { insideScore, logRatio, type ScoredReading, type Scores } from './scores.ts';
import type { Explained } from './title-decision.ts';
import type { Unit } from './units.ts';

export interface ExplainSources {
  readonly input: DecideInput;
  readonly scores: Scores;
  readonly assigned: Assigned;
  /** What the titles before and behind it most likely hold, in the order of the disc. */
  readonly before: readonly EpisodeKey[] | null;
  readonly after: readonly EpisodeKey[] | null;
}

const nothing = { score: null, offset: null, speed: null, runnerUp: null };

/** What speaks for and against a title being this unit (null: no episode), the weightiest first. */
export function explain(title: DiscTitle, unit: Unit | null, sources: ExplainSources): Explained[] {
  const own = sources.scores.titles[sources.input.titles.indexOf(title)];
  const reasons = [
    ...(title.stated ? [stated()] : []),
    ...(own?.readings ?? []).flatMap((reading) =>
      unit === null ? noneReason(reading, sources) : signalReason(reading, unit, sources),
    ),
    ...(unit === null ? [] : insideReason(title, unit, sources)),
    ...durationReason(title, unit, sources),
    ...orderReason(unit, sources),
    ...describedReason(title, unit, sources),
    ...(unit === null ? [] : takenReason(unit, sources)),
  ];
  return reasons.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

function stated(): Explained {
  return { ...nothing, signal: 'set', says: 'Somebody said so', weight: 18 };
}

function signalReason(
  { reading, scores, model }: ScoredReading,
  unit: Unit,
  { input }: ExplainSources,
): Explained[] {
  const best = bestReference(scores, (reference) => isOf(input, reference, unit));
  const other = bestReference(scores, (reference) => !isOf(input, reference, unit));
  if (best === null) return [];
  const placement = reading.alignments?.[best.reference] ?? null;
  const runnerUp = other === null ? null : runnerUpOf(other.reference, reading, input);
  const isClear = best.score >= model.threshold;
  return [
    {
      signal: reading.signal,
      says: `${signalWords(reading, best.reference, isClear)}${placementWords(isClear, placement)}${runnerUpWords(reading, other, runnerUp, input)}`,
      weight: logRatio(model, best.score),
      score: reading.scores[best.reference] ?? null,
      offset: placement?.offset ?? null,
      speed: placement?.speed ?? null,
      runnerUp,
    },
  ];
}

function noneReason(
  { reading, scores, model }: ScoredReading,
  { input }: ExplainSources,
): Explained[] {
  const best = bestReference(scores, () => true);
  if (best === null) return [];
  const name = episodeNames(episodesOf(input, best.reference), hasSeasons(input));
  const isClear = best.score >= model.threshold;
  const says = isClear
    ? `${name} fits by its ${nouns[reading.signal]} (${figure(best, reading)})`
    : `No reference fits by its ${nouns[reading.signal]}; best ${name} with ${figure(best, reading)}`;
  const runnerUp = runnerUpOf(best.reference, reading, input);
  return [
    {
      ...nothing,
      signal: reading.signal,
      says,
      weight: -logRatio(model, best.score),
      score: reading.scores[best.reference] ?? null,
      runnerUp,
    },
  ];
}

const nouns: Record<SignalReading['signal'], string> = {
  'subtitle-times': 'subtitle times',
  voice: 'voices',
  text: 'words',
  speech: 'spoken words',
};

function signalWords(reading: SignalReading, reference: number, isClear: boolean): string {
  const agreement = reading.agreements?.[reference];
  const noun = nouns[reading.signal];
  if (agreement) return `${agreement.agreed} of ${agreement.of} ${noun} agree`;
  const score = rounded(reading.scores[reference] ?? 0);
  return isClear ? `its ${noun} fit (${score})` : `its ${noun} do not fit (${score})`;
}

function placementWords(
  isClear: boolean,
  placement: { offset: number; speed: number } | null,
): string {
  if (!isClear || placement === null) return '';
  const { offset, speed } = placement;
  const shift =
    Math.abs(offset) < 0.5
      ? ''
      : `, ${Math.abs(offset).toFixed(1)} s ${offset > 0 ? 'later' : 'earlier'}`;
  const slower = Math.round(1000 * (speed - 1)) / 10;
  const pace =
    slower === 0 ? '' : `, ${Math.abs(slower).toFixed(1)} % ${slower > 0 ? 'slower' : 'faster'}`;
  return shift + pace;
}

function runnerUpWords(
  reading: SignalReading,
  other: { reference: number; score: number } | null,
  runnerUp: Explained['runnerUp'],
  input: DecideInput,
): string {
  if (other === null || runnerUp === null) return '';
  return `; runner-up ${episodeNames(episodesOf(input, other.reference), hasSeasons(input))} with ${figure(other, reading)}`;
}

function figure({ reference }: { reference: number }, reading: SignalReading): string {
  const agreement = reading.agreements?.[reference];
  return agreement ? String(agreement.agreed) : rounded(reading.scores[reference] ?? 0);
}

function rounded(score: number): string {
  return score >= 100 ? score.toFixed(0) : score.toFixed(1);
}

function runnerUpOf(
  reference: number,
  reading: SignalReading,
  input: DecideInput,
): Explained['runnerUp'] {
  const [key] = episodesOf(input, reference);
  return key ? { ...key, score: reading.scores[reference] ?? 0 } : null;
}

function insideReason({ inside = [] }: DiscTitle, unit: Unit, { input, scores }: ExplainSources) {
  const found = inside.filter(
    (span) =>
      isOf(input, span.reference, unit) &&
      insideScore(span) >= scores.models[span.signal].threshold,
  );
  const episodes = new Set(found.map(({ reference }) => input.references[reference]?.episodes[0]));
  if (unit.episodes.length < 2 || episodes.size < 2) return [];
  const says = found
    .toSorted((a, b) => a.from - b.from)
    .map(({ reference, from, to }) => {
      const name = episodeNames(episodesOf(input, reference), hasSeasons(input));
      return `${name} from ${durationInWords(from)} to ${durationInWords(to)}`;
    })
    .slice(0, 6)
    .join(', ');
  const weight = Math.min(
    18,
    ...found.map((span) => logRatio(scores.models[span.signal], insideScore(span))),
  );
  return [{ ...nothing, signal: 'subtitle-times' as const, says: `It holds ${says}`, weight }];
}

function durationReason(
  { duration }: DiscTitle,
  unit: Unit | null,
  { assigned: { usual, typical } }: ExplainSources,
): Explained[] {
  const listed = unit?.runtime ?? null;
  const expected = listed ?? (typical === null ? null : typical * (unit?.episodes.length ?? 1));
  if (expected === null) return [];
  const ratio = durationLogRatio(duration, expected, usual);
  const what = listed === null ? 'episodes have' : 'are listed';
  const says = `${durationInWords(duration)} long where ${durationInWords(expected)} ${what}`;
  return [{ ...nothing, signal: 'structure', says, weight: unit === null ? -ratio : ratio }];
}

function orderReason(unit: Unit | null, sources: ExplainSources): Explained[] {
  const { input, assigned, before, after } = sources;
  const [first] = unit?.episodes ?? [];
  const last = unit?.episodes.at(-1);
  if (first === undefined || last === undefined) return [];
  const placeOf = (key: EpisodeKey | undefined) =>
    key ? (assigned.steps.places[indexOf(input, key)] ?? null) : null;
  const previous = placeOf(before?.at(-1));
  const next = placeOf(after?.[0]);
  const follows = previous === null ? null : (assigned.steps.places[first] ?? 0) === previous + 1;
  const precedes = next === null ? null : (assigned.steps.places[last] ?? 0) + 1 === next;
  if (follows === null && precedes === null) return [];
  const name = (keys: readonly EpisodeKey[] | null) => episodeNames(keys ?? [], hasSeasons(input));
  const parts = [
    ...(follows === null ? [] : [`${follows ? 'follows' : 'does not follow'} ${name(before)}`]),
    ...(precedes === null ? [] : [`${precedes ? 'comes' : 'does not come'} before ${name(after)}`]),
  ];
  const weight = [follows, precedes].reduce(
    (sum, fits) => sum + (fits === null ? 0 : fits ? 1.5 : -1.5),
    0,
  );
  return [{ ...nothing, signal: 'order', says: `On the disc it ${parts.join(' and ')}`, weight }];
}

function describedReason({ described }: DiscTitle, unit: Unit | null, { input }: ExplainSources) {
  if (described === null) return [];
  const held = (unit?.episodes ?? []).map((index) => input.candidates[index]);
  const isNamed =
    described.length === held.length &&
    described.every(({ season, episode }) =>
      held.some((one) => one?.season === season && one.episode === episode),
    );
  const says = isNamed
    ? 'TheDiscDB says so of this title of exactly this disc'
    : `TheDiscDB says that it is ${episodeNames(described, hasSeasons(input))}`;
  const weight = described.length === 0 ? 2.5 : describedLogRatio(true, input.candidates.length);
  return [{ ...nothing, signal: 'described' as const, says, weight: isNamed ? weight : -weight }];
}

function takenReason(unit: Unit, { input }: ExplainSources): Explained[] {
  const says = heldByAnother(unit.episodes, input);
  return says === null ? [] : [{ ...nothing, signal: 'set', says, weight: -3 }];
}

function bestReference(
  scores: readonly (number | null)[],
  isWanted: (reference: number) => boolean,
): { reference: number; score: number } | null {
  let best: { reference: number; score: number } | null = null;
  for (const [reference, score] of scores.entries())
    if (score !== null && isWanted(reference) && (best === null || score > best.score))
      best = { reference, score };
  return best;
}

function isOf({ references }: DecideInput, reference: number, unit: Unit): boolean {
  const episodes = references[reference]?.episodes ?? [];
  return episodes.length > 0 && episodes.every((episode) => unit.episodes.includes(episode));
}

function episodesOf({ references, candidates }: DecideInput, reference: number): EpisodeKey[] {
  return (references[reference]?.episodes ?? []).flatMap((index) => candidates[index] ?? []);
}

function indexOf({ candidates }: DecideInput, key: EpisodeKey): number {
  return candidates.findIndex(
    ({ season, episode }) => season === key.season && episode === key.episode,
  );
}

export function hasSeasons({ candidates }: DecideInput): boolean {
  return candidates.some(({ season }) => season !== candidates[0]?.season);
}
