import type { Film, FoundWork, Show, WorkKind } from '../works.ts';
import { filmFit, type RuntimeFit, showFit } from './runtime-fit.ts';

/** What a disc says of the work on it. */
export interface WorkClues {
  /** From the label or another name, without season, disc and edition. */
  readonly title: string;
  /** Not trusted: discs bear the year of their own release. */
  readonly year?: number | null | undefined;
  /** True when a person or a catalogue has said the year, and not the label. */
  readonly yearIsSure?: boolean | undefined;
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

/** A running time that speaks so strongly against a work is more than another cut. */
const DENIED = 0.3;

/** What a disc says of a work beside its name. `denies`: a person should say, whatever else agrees. */
export function reasonsOf(
  clues: WorkClues,
  work: RankableWork,
): { year: Reason | null; others: Reason[]; denies: boolean } {
  const [year, runtime] = [yearReason(clues, work), runtimeReason(clues, work)];
  const others = [kindReason(clues, work), seasonReason(clues, work), runtime].filter(
    (reason) => reason !== null,
  );
  const denies =
    [year, ...others].some((reason) => reason && reason.factor <= DENIED) ||
    (year?.speaks === 'against' && !runtime);
  return { year, others, denies };
}

function yearReason({ year }: WorkClues, work: RankableWork): Reason | null {
  if (!year || !work.year) return null;
  const off = Math.abs(work.year - year);
  const about = 'year';
  if (off === 0) return { about, says: `it is of ${year}`, speaks: 'for', factor: 8 };
  if (off === 1)
    return { about, says: `it is of ${work.year}, not of ${year}`, speaks: 'for', factor: 3 };
  const says = `it is of ${work.year}, and the disc says ${year}`;
  return { about, says, speaks: 'against', factor: work.year > year ? 0.1 : 0.5 };
}

export const kindWords: Record<WorkKind, string> = { movie: 'film', tv: 'series' };

function kindReason({ kind }: WorkClues, work: RankableWork): Reason | null {
  if (!kind) return null;
  const same = kind.is === work.kind;
  const factor = Math.max(0.05, 2 * (same ? kind.probability : 1 - kind.probability));
  const says = same
    ? `it is a ${kindWords[work.kind]}, and so is the disc`
    : `it is a ${kindWords[work.kind]}, and the disc holds a ${kindWords[kind.is]}`;
  return { about: 'kind', says, speaks: factor >= 1 ? 'for' : 'against', factor };
}

function seasonReason({ season }: WorkClues, work: RankableWork): Reason | null {
  if (season === null || season === undefined) return null;
  const about = 'season';
  if (work.kind === 'movie')
    return { about, says: `a film has no season ${season}`, speaks: 'against', factor: 0.05 };
  if (!('seasons' in work) || work.seasons.length === 0) return null;
  // Every series has a first season, so that one tells none from another.
  return work.seasons.some((known) => known.season === season)
    ? { about, says: `it has a season ${season}`, speaks: 'for', factor: season > 1 ? 2 : 1 }
    : { about, says: `it has no season ${season}`, speaks: 'against', factor: 0.1 };
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
