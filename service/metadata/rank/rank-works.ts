import type { Film, FoundWork, Show, WorkKind } from '../works.ts';
import { filmFit, type RuntimeFit, showFit } from './runtime-fit.ts';
import { type Likeness, likenessOf } from './title-likeness.ts';

/** What a disc says of the work on it. */
export interface WorkClues {
  /** From the label or another name, without season, disc and edition. */
  readonly title: string;
  /** Not trusted: discs bear the year of their own release. */
  readonly year?: number | null | undefined;
  readonly kind?: { readonly is: WorkKind; readonly probability: number } | null | undefined;
  readonly season?: number | null | undefined;
  /** Seconds: of what may be the main feature, or of the episodes. */
  readonly runtimes?: readonly number[] | undefined;
}

/** The more is known of it, the better: a search result, or the details. */
export type RankableWork = FoundWork | Film | Show;

export interface Reason {
  readonly about: 'name' | 'year' | 'kind' | 'season' | 'runtime';
  readonly says: string;
  readonly speaks: 'for' | 'against';
  /** How much more probable (above 1) or less probable (below 1) it makes the work. */
  readonly factor: number;
}

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
/** A running time that speaks so strongly against a work is more than another cut. */
const DENIED = 0.3;
/** What a work is at most that the disc contradicts: a person should say. */
const CONTRADICTED = 0.8;

interface Weighed<Work extends RankableWork> {
  work: Work;
  likeness: Likeness;
  reasons: Reason[];
  weight: number;
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
  const weighed = works.map((work) => weigh(clues, work)).filter(({ weight }) => weight > 0);
  const total = weighed.reduce((sum, { weight }) => sum + weight, UNKNOWN_WORK);
  const ranked = weighed
    .map((entry) => ({ ...entry, probability: Math.min(entry.weight / total, entry.limit) }))
    .toSorted(
      (a, b) => b.probability - a.probability || b.weight - a.weight || byId(a.work, b.work),
    );
  return {
    ranked: ranked.map(({ work, probability, reasons }) => ({ work, probability, reasons })),
    ...verdictOf(ranked),
  };
}

function weigh<Work extends RankableWork>(clues: WorkClues, work: Work): Weighed<Work> {
  const likeness = likenessOf(clues.title, titlesOf(work));
  const named: Reason = {
    about: 'name',
    says: likeness.says,
    speaks: likeness.same ? 'for' : 'against',
    factor: likeness.value,
  };
  const [year, runtime] = [yearReason(clues, work), runtimeReason(clues, work)];
  const reasons = [named, year, kindReason(clues, work), seasonReason(clues, work), runtime].filter(
    (reason) => reason !== null,
  );
  const fame = Math.sqrt(1 + work.votes + work.popularity);
  const denied = runtime ? runtime.factor <= DENIED : year?.speaks === 'against';
  return {
    work,
    likeness,
    reasons,
    weight: reasons.reduce((product, { factor }) => product * factor, fame),
    limit: denied ? Math.min(likeness.limit, CONTRADICTED) : likeness.limit,
  };
}

function titlesOf(work: RankableWork): string[] {
  const others = 'alternativeTitles' in work ? work.alternativeTitles : [];
  const titles = [work.title, work.originalTitle, work.englishTitle, ...others];
  return [...new Set(titles.filter((title) => title !== null))];
}

function yearReason({ year }: WorkClues, work: RankableWork): Reason | null {
  if (!year || !work.year) return null;
  const off = Math.abs(work.year - year);
  if (off === 0) return { about: 'year', says: `it is of ${year}`, speaks: 'for', factor: 8 };
  if (off === 1)
    return {
      about: 'year',
      says: `it is of ${work.year}, not of ${year}`,
      speaks: 'for',
      factor: 3,
    };
  const says = `it is of ${work.year}, and the disc says ${year}`;
  return { about: 'year', says, speaks: 'against', factor: work.year > year ? 0.1 : 0.5 };
}

const kindWords: Record<WorkKind, string> = { movie: 'film', tv: 'series' };

function kindReason({ kind }: WorkClues, work: RankableWork): Reason | null {
  if (!kind) return null;
  const same = kind.is === work.kind;
  const factor = Math.max(0.05, 2 * (same ? kind.probability : 1 - kind.probability));
  const says = `it is a ${kindWords[work.kind]}, and so ${same ? 'is' : 'is not'} the disc`;
  return {
    about: 'kind',
    says: same
      ? says
      : `it is a ${kindWords[work.kind]}, and the disc holds a ${kindWords[kind.is]}`,
    speaks: factor >= 1 ? 'for' : 'against',
    factor,
  };
}

function seasonReason({ season }: WorkClues, work: RankableWork): Reason | null {
  if (season === null || season === undefined) return null;
  if (work.kind === 'movie')
    return {
      about: 'season',
      says: `a film has no season ${season}`,
      speaks: 'against',
      factor: 0.05,
    };
  if (!('seasons' in work) || work.seasons.length === 0) return null;
  return work.seasons.some((known) => known.season === season)
    ? { about: 'season', says: `it has a season ${season}`, speaks: 'for', factor: 2 }
    : { about: 'season', says: `it has no season ${season}`, speaks: 'against', factor: 0.1 };
}

const filmFactors: Record<RuntimeFit, number> = { fits: 6, long: 0.6, double: 1, differs: 0.1 };
const showFactors: Record<RuntimeFit, number> = { fits: 2, long: 1, double: 1, differs: 0.3 };

function runtimeReason({ runtimes = [] }: WorkClues, work: RankableWork): Reason | null {
  if (runtimes.length === 0) return null;
  if ('runtime' in work && work.runtime !== null) {
    const fit = filmFit(runtimes, work.runtime);
    return runtimeWords(fit, [work.runtime], filmFactors[fit]);
  }
  if ('runtimes' in work && work.runtimes.length > 0) {
    const fit = showFit(runtimes, work.runtimes);
    return runtimeWords(fit, work.runtimes, showFactors[fit]);
  }
  return null;
}

function runtimeWords(fit: RuntimeFit, runtimes: readonly number[], factor: number): Reason {
  const minutes = `it runs ${runtimes.map((runtime) => Math.round(runtime / 60)).join(' or ')} min`;
  const words: Record<RuntimeFit, string> = {
    fits: 'as the disc does',
    long: 'and the disc longer, as another cut would',
    double: 'half of what the disc does',
    differs: 'and the disc does not',
  };
  return {
    about: 'runtime',
    says: `${minutes}, ${words[fit]}`,
    speaks: factor >= 1 ? 'for' : 'against',
    factor,
  };
}

function verdictOf<Work extends RankableWork>(
  ranked: readonly (Weighed<Work> & { probability: number })[],
): Pick<Ranking, 'verdict' | 'says'> {
  const [first] = ranked;
  if (!first) return { verdict: 'nothing', says: 'Nothing of that name is known' };
  const namesakes = ranked.filter(
    ({ likeness, probability }) => likeness.same && probability >= TWIN,
  );
  if (first.probability >= CLEAR)
    return { verdict: 'clear', says: `${described(first.work)}: ${reasonsFor(first)}` };
  if (first.likeness.same && namesakes.length > 1) {
    const works = namesakes.slice(0, 4).map(({ work }) => described(work));
    return { verdict: 'twins', says: `Nothing tells these apart: ${works.join(', ')}` };
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
