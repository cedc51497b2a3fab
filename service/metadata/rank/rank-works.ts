import { titlesOf } from '../works.ts';
import { kindWords, type RankableWork, type Reason, reasonsOf, type WorkClues } from './reasons.ts';
import { createLikeness, type Likeness } from './title-likeness.ts';

export interface RankedWork<Work extends RankableWork = RankableWork> {
  readonly work: Work;
  /** That this is the work on the disc, 0 to 1. */
  readonly probability: number;
  readonly reasons: readonly Reason[];
}

export interface Ranking<Work extends RankableWork = RankableWork> {
  /** The most probable first; only works whose name has something in common with the label. */
  readonly ranked: readonly RankedWork<Work>[];
  /**
   * `clear`: the first one. `twins`: works of one name that nothing tells apart. `doubtful`: a person should
   * say. `nothing`: no such name.
   */
  readonly verdict: 'clear' | 'twins' | 'doubtful' | 'nothing';
  /** Why, in a sentence. */
  readonly says: string;
}

const CLEAR = 0.9;
/** A namesake that is less probable than this is not worth a question. */
const TWIN = 0.05;
/** The weight of "none of these": there are works that no search finds. */
const UNKNOWN_WORK = 0.25;
/** What a work is at most that the disc contradicts: a person should say. */
const CONTRADICTED = 0.8;

/** What is left of a name that is only like the label when another work is called exactly so. */
const EXPLAINED_OTHERWISE = 0.1;

interface Weighed<Work extends RankableWork> {
  work: Work;
  likeness: Likeness;
  reasons: Reason[];
  weight: number;
  /** The weight that it has without the year on the label. */
  yearless: number;
  limit: number;
}

/**
 * Weighs works against what a disc says. A work's share of all weights is its probability; how well known it
 * is counts as the root of its votes, so that among namesakes of like fame the disc decides, or a person.
 */
export function rankWorks<Work extends RankableWork>(
  clues: WorkClues,
  works: readonly Work[],
): Ranking<Work> {
  const likenessTo = createLikeness(clues.title);
  const named = works
    .toSorted(byId)
    .map((work) => weigh(clues, work, likenessTo(titlesOf(work))))
    .filter(({ weight }) => weight > 0);
  const weighed = withoutExplained(named);
  const total = sumOf(weighed.map(({ weight }) => weight));
  const yearless = sumOf(weighed.map((entry) => entry.yearless));
  const ranked = weighed
    .map((entry) => shareOf(entry, { total, yearless }))
    .toSorted((a, b) => b.probability - a.probability || b.weight - a.weight);
  return {
    ranked: ranked.map(({ work, probability, reasons }) => ({ work, probability, reasons })),
    ...verdictOf(ranked),
  };
}

interface Share<Work extends RankableWork> extends Weighed<Work> {
  probability: number;
  /** The label's year is all that tells it from others. */
  byYear: boolean;
}

function shareOf<Work extends RankableWork>(
  entry: Weighed<Work>,
  { total, yearless }: { total: number; yearless: number },
): Share<Work> {
  const share = entry.weight / total;
  const without = entry.yearless / yearless;
  const byYear = share >= CLEAR && without < CLEAR;
  const limit = byYear ? Math.min(entry.limit, CONTRADICTED) : entry.limit;
  return { ...entry, probability: Math.min(share, limit), yearless: without, byYear };
}

function withoutExplained<Work extends RankableWork>(weighed: Weighed<Work>[]): Weighed<Work>[] {
  if (!weighed.some(({ likeness }) => likeness.same)) return weighed;
  return weighed.map((entry) => {
    const left = entry.likeness.same ? 1 : EXPLAINED_OTHERWISE;
    return { ...entry, weight: entry.weight * left, yearless: entry.yearless * left };
  });
}

function sumOf(weights: readonly number[]): number {
  return weights.reduce((sum, weight) => sum + weight, UNKNOWN_WORK);
}

function weigh<Work extends RankableWork>(
  clues: WorkClues,
  work: Work,
  likeness: Likeness,
): Weighed<Work> {
  const named: Reason = {
    about: 'name',
    says: likeness.says,
    speaks: likeness.same ? 'for' : 'against',
    factor: likeness.value,
  };
  const { year, others, denies } = reasonsOf(clues, work);
  const reasons = [named, ...(year ? [year] : []), ...others];
  const fame = Math.sqrt(1 + work.votes + work.popularity);
  const weight = reasons.reduce((product, { factor }) => product * factor, fame);
  return {
    work,
    likeness,
    reasons,
    weight,
    yearless: clues.yearIsSure ? weight : weight / (year?.factor ?? 1),
    limit: denies ? Math.min(likeness.limit, CONTRADICTED) : likeness.limit,
  };
}

function verdictOf<Work extends RankableWork>(
  ranked: readonly Share<Work>[],
): Pick<Ranking, 'verdict' | 'says'> {
  const [first] = ranked;
  if (!first) return { verdict: 'nothing', says: 'Nothing of that name is known' };
  if (first.probability >= CLEAR)
    return { verdict: 'clear', says: `${described(first.work)}: ${reasonsFor(first)}` };
  const namesakes = ranked.filter(
    ({ likeness, probability, yearless }) =>
      likeness.same && Math.max(probability, yearless) >= TWIN,
  );
  if (first.likeness.same && namesakes.length > 1) {
    const works = namesakes.slice(0, 4).map(({ work }) => described(work));
    const but = first.byYear ? ' but the year on the label' : '';
    return { verdict: 'twins', says: `Nothing${but} tells these apart: ${works.join(', ')}` };
  }
  const percent = Math.round(first.probability * 100);
  return { verdict: 'doubtful', says: `${described(first.work)} is only ${percent} % probable` };
}

/** "Night Ferry" (film of 1987, FR). */
function described({ title, kind, year, countries }: RankableWork): string {
  const when = year === null ? '' : ` of ${year}`;
  const where = countries.length === 0 ? '' : `, ${countries.slice(0, 2).join(' and ')}`;
  return `"${title}" (${kindWords[kind]}${when}${where})`;
}

function reasonsFor({ reasons }: { reasons: readonly Reason[] }): string {
  return reasons
    .filter(({ speaks }) => speaks === 'for')
    .map(({ says }) => says)
    .join('; ');
}

/** The same order for the same works, however they were found. */
function byId(a: RankableWork, b: RankableWork): number {
  return a.tmdb - b.tmdb || (a.kind < b.kind ? -1 : 1);
}
