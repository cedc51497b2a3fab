import type { IdentityStatement } from '../../contract/identity.ts';
import { findWork } from '../../metadata/find-work.ts';
import type { Lookup } from '../../metadata/lookup.ts';
import type { Metadata } from '../../metadata/metadata.ts';
import type { Ranking } from '../../metadata/rank/rank-works.ts';
import type { WorkClues } from '../../metadata/rank/reasons.ts';
import type { Film, Show, WorkKind } from '../../metadata/works.ts';
import type { DiscScan } from '../../scan/record.ts';
import { noFacts } from '../label/facts.ts';
import type { Name } from '../names.ts';
import { type FittingDisc, fitKnownDisc } from './fit-known-disc.ts';

/** A name of the disc, and the works that may be meant by it. */
export interface NamedRanking {
  readonly name: Name;
  readonly ranking: Ranking;
}

/** What the catalogues say of a disc. */
export interface LookedUp {
  /** The work whose TMDB number somebody stated without its title. */
  readonly stated: Film | Show | null;
  /** Entries of TheDiscDB that fit the disc. */
  readonly discs: readonly FittingDisc[];
  /** The works that these entries name, in their order; null where TMDB says nothing. */
  readonly described: readonly (Film | Show | null)[];
  readonly rankings: readonly NamedRanking[];
  /** A name could not be looked up: what it means may be a rival of what was found. */
  readonly incomplete?: boolean;
  /** What could not be asked or did not fit, in words. */
  readonly remarks: readonly string[];
}

export const nothingLookedUp: LookedUp = {
  stated: null,
  discs: [],
  described: [],
  rankings: [],
  remarks: [],
};

interface Sources {
  scan: DiscScan;
  names: readonly Name[];
  kind: WorkClues['kind'];
  /** Seconds: of the main feature and its cuts, or of the episodes. */
  runtimes: readonly number[];
  stated: IdentityStatement;
}

/** A disc waits for catalogues no longer than this; without them it is identified by what it says itself. */
const LIMIT_MS = 25_000;
/** Readings of the label and the file name that are worth a search. */
const MOST_NAMES = 4;

const namesWork: ReadonlySet<Ranking['verdict']> = new Set(['clear', 'twins']);

/** Asks TheDiscDB about exactly this disc, and only when it does not know it TMDB about its names. */
export async function lookUp(
  sources: Sources,
  { tmdb, discs }: Metadata,
  { signal }: { signal: AbortSignal },
): Promise<LookedUp> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  const remarks: string[] = [];
  try {
    const stated = await statedWork();
    const known = await fittingDiscs(sources.scan);
    if (known.length > 0)
      return {
        stated,
        discs: known,
        described: await Promise.all(
          known.map(({ disc }) => workOf(disc.kind, disc.externalIds.tmdb)),
        ),
        rankings: [],
        remarks,
      };
    if (stated) return { ...nothingLookedUp, stated, remarks };
    return { ...nothingLookedUp, ...(await rankings()), remarks };
  } catch (error) {
    if (signal.aborted || !limit.aborted) throw error;
    return { ...nothingLookedUp, remarks: [...remarks, 'The catalogues did not answer in time'] };
  }

  async function statedWork(): Promise<Film | Show | null> {
    const { kind, title, tmdb: id = null } = sources.stated;
    return title || (kind !== 'movie' && kind !== 'tv') ? null : workOf(kind, id);
  }

  async function fittingDiscs(scan: DiscScan): Promise<FittingDisc[]> {
    const byContent = await discs.byContentHash(scan.fingerprint, { signal: limit });
    const found =
      byContent.state === 'absent' && scan.globalId !== null
        ? await discs.byGlobalDiscId(scan.globalId, { signal: limit })
        : byContent;
    remark('TheDiscDB', found);
    if (found.state !== 'found') return [];
    const fitting = found.value.flatMap((disc) => fitKnownDisc(disc, scan.titles) ?? []);
    if (fitting.length === 0)
      remarks.push('TheDiscDB knows a disc of this kind, but its titles are not those of this one');
    return fitting;
  }

  async function rankings(): Promise<Pick<LookedUp, 'rankings' | 'incomplete'>> {
    const { names, kind, runtimes, stated } = sources;
    const stating = stated.title ? [{ ...unnamed, ...names[0], title: stated.title }] : names;
    const found: NamedRanking[] = [];
    for (const name of stating.slice(0, MOST_NAMES)) {
      const isKnown = found.some(({ ranking }) => namesWork.has(ranking.verdict));
      if (name.title === null || (name.fallback && isKnown)) continue;
      const { title, year } = name;
      const season = name.season ?? stated.season;
      const yearIsSure = typeof stated.year === 'number';
      const clues = { title, year: stated.year ?? year, yearIsSure, kind, season, runtimes };
      const ranking = await findWork(clues, { tmdb, signal: limit });
      if (ranking.state === 'found') found.push({ name, ranking: ranking.value });
      else if (ranking.state !== 'absent') {
        remark('TMDB', ranking);
        return { rankings: found, incomplete: true };
      }
    }
    return { rankings: found };
  }

  async function workOf(kind: WorkKind | null, id: number | null): Promise<Film | Show | null> {
    if (kind === null || id === null) return null;
    const options = { signal: limit };
    const found = kind === 'movie' ? await tmdb.film(id, options) : await tmdb.show(id, options);
    remark('TMDB', found);
    return found.state === 'found' ? found.value : null;
  }

  function remark(provider: string, answer: Lookup<unknown>): void {
    if (answer.state === 'refused' || answer.state === 'unavailable')
      remarks.push(`${provider} was not asked: ${answer.problem.message}`);
  }
}

const unnamed: Name = { ...noFacts, id: 'stated', trust: 1, title: null };
