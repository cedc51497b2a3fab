import { durationAgrees } from '../evidence/structure/duration.ts';
import type { Assigned } from './assign.ts';
import type { DecideInput, DiscTitle } from './decide-input.ts';
import { heldByAnother } from './disc-group.ts';
import { partsOf } from './parts.ts';
import type { Ranked } from './rank-titles.ts';
import { rivalsOf } from './rivals.ts';
import type { Scores, TitleScores } from './scores.ts';
import type { TitleDecision, Verdict } from './title-decision.ts';
import type { Unit } from './units.ts';

/** From here on a title is taken for its likeliest possibility, when all else is right. */
const ACCEPT = 0.99;
/** From here on with a mark, between two neighbours that are accepted. */
const MARK = 0.95;
/** What no reference fits is no episode only when so many of the candidates have one. */
const REFERENCED = 0.8;

/** Accepts, marks or asks, title by title: a verdict may lean on those of the neighbours in the order of the disc. */
export function judge(
  input: DecideInput,
  scores: Scores,
  assigned: Assigned,
  ranked: ReadonlyMap<DiscTitle, readonly Ranked[]>,
): Map<DiscTitle, TitleDecision> {
  const titles = assigned.order.titles;
  const parts = partsOf(titles, ranked);
  const doubts = new Map(
    titles.map((title) => {
      const own = scores.titles[input.titles.indexOf(title)];
      const isPart = parts.has(title);
      const doubt = doubtOf(title, ranked.get(title)?.[0], {
        input,
        scores,
        own,
        assigned,
        isPart,
      });
      return [title, doubt];
    }),
  );
  const rivals = rivalsOf(input, scores, assigned.steps, ranked);
  return new Map(
    titles.map((title, index) => {
      const possibilities = ranked.get(title) ?? [];
      const doubt = doubts.get(title) ?? null;
      const probability = possibilities[0]?.probability ?? 0;
      const rival = doubt === null ? rivals.get(title) : undefined;
      const trusted = rival ? Math.min(probability, MARK) : probability;
      const held = doubt ?? heldElsewhere(title, possibilities[0], input);
      const verdict = verdictOf(held, trusted, index);
      return [
        title,
        {
          id: title.id,
          ranked: possibilities.map(({ unit: _, ...told }) => told),
          verdict,
          // That another disc holds it, nothing more that is measured changes.
          sure: verdictOf(doubt, trusted, index) === 'accept',
          doubt: verdict === 'accept' ? null : (held ?? rival ?? improbable(probability)),
          part: parts.get(title) ?? null,
        },
      ];
    }),
  );

  function verdictOf(doubt: string | null, probability: number, index: number): Verdict {
    if (doubt !== null) return 'ask';
    if (probability >= ACCEPT) return 'accept';
    return probability >= MARK && neighboursAccepted(index) ? 'mark' : 'ask';
  }

  function neighboursAccepted(index: number): boolean {
    // Two whose references contradict each other are as one.
    const isEpisode = (title: DiscTitle) =>
      ranked.get(title)?.[0]?.unit != null && !rivals.has(title);
    const neighbours = [
      titles.slice(0, index).findLast(isEpisode),
      titles.slice(index + 1).find(isEpisode),
    ].filter((title) => title !== undefined);
    return (
      neighbours.length > 0 &&
      neighbours.every((title) => {
        const probability = ranked.get(title)?.[0]?.probability ?? 0;
        return doubts.get(title) === null && probability >= ACCEPT;
      })
    );
  }
}

function improbable(probability: number): string {
  return `It is probable to ${Math.floor(100 * probability)} % only`;
}

interface DoubtSources {
  input: DecideInput;
  scores: Scores;
  own: TitleScores | undefined;
  assigned: Assigned;
  isPart: boolean;
}

/** What forbids to accept the likeliest possibility, however probable it is; null for nothing. */
function doubtOf(title: DiscTitle, best: Ranked | undefined, sources: DoubtSources): string | null {
  if (!best) return 'Nothing is known of it';
  if (title.stated) return null;
  if (best.unit === null) return doubtOfNone(title, sources);
  if (sources.input.references.length === 0) return 'There are no references';
  const missing = best.unit.episodes.filter(
    (episode) => !isVouchedFor(episode, best.unit, sources),
  );
  if (missing.length > 0) return 'No reference of it fits clearly';
  if (!followEachOther(best.unit) && !areConfirmed(title, best.unit, sources))
    return 'Its episodes do not follow each other';
  return sources.isPart || lengthAgrees(title, best.unit, sources)
    ? null
    : 'It is not as long as it should be';
}

/** However clear it is: one of the two discs is not what it was taken for, or both have it, which a person should know. */
function heldElsewhere(
  { stated }: DiscTitle,
  best: Ranked | undefined,
  input: DecideInput,
): string | null {
  return stated || !best?.unit ? null : heldByAnother(best.unit.episodes, input);
}

/** A reference of this episode, or of exactly this set, is over what chance reaches. */
function isVouchedFor(episode: number, unit: Unit | null, { input, own }: DoubtSources): boolean {
  return input.references.some(
    ({ episodes }, reference) =>
      own?.isClear[reference] === true &&
      episodes.includes(episode) &&
      episodes.every((one) => unit?.episodes.includes(one)),
  );
}

function followEachOther({ episodes: [first = 0, ...others] }: Unit): boolean {
  return others.every((episode, index) => episode === first + index + 1);
}

/** A set that nobody would expect needs two references of each episode, or somebody who has looked. */
function areConfirmed(
  { described }: DiscTitle,
  { episodes }: Unit,
  { input: { references, candidates }, own }: DoubtSources,
): boolean {
  const isDescribed = episodes.every((index) =>
    described?.some(
      ({ season, episode }) =>
        season === candidates[index]?.season && episode === candidates[index]?.episode,
    ),
  );
  const clear = references.filter((_, reference) => own?.isClear[reference] === true);
  return (
    isDescribed ||
    episodes.every(
      (one) => clear.filter((reference) => reference.episodes.includes(one)).length > 1,
    )
  );
}

function lengthAgrees(
  { duration }: DiscTitle,
  unit: Unit,
  { assigned: { typical, usual } }: DoubtSources,
): boolean {
  const expected = unit.runtime ?? (typical === null ? null : typical * unit.episodes.length);
  return expected === null || durationAgrees(duration, expected, usual);
}

/** Nothing fits it, and that means something: the structure says so, too, or there was enough to compare. */
function doubtOfNone(title: DiscTitle, { input, own }: DoubtSources): string | null {
  if (['extra', 'trailer', 'junk'].includes(title.role)) return null;
  const referenced = new Set(input.references.flatMap(({ episodes }) => episodes));
  if (referenced.size < REFERENCED * input.candidates.length)
    return 'Some episodes have no reference that could be compared';
  const wasCompared = own?.readings.some(({ reading: { signal } }) =>
    ['subtitle-times', 'voice'].includes(signal),
  );
  return wasCompared ? null : 'It has nothing that could be compared';
}
