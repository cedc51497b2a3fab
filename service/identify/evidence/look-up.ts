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
import type { DescribedDisc } from './described-disc.ts';
import { isNamedLike } from './entry-doubts.ts';
import { type FittingDisc, fitKnownDisc } from './fit-known-disc.ts';
import { type LookedUp, type NamedRanking, nothingLookedUp } from './looked-up.ts';

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
const MOST_NAMES = 8;

const namesWork: ReadonlySet<Ranking['verdict']> = new Set(['clear', 'twins']);

/**
 * Asks TheDiscDB about exactly this disc, and TMDB about its names only when TheDiscDB does not know it, or by a name
 * that is none of its own.
 */
export async function lookUp(
  sources: Sources,
  { tmdb, discs }: Metadata,
  { signal }: { signal: AbortSignal },
): Promise<LookedUp> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  const remarks: string[] = [];
  try {
    const stated = await statedWork();
    const described = await Promise.all((await fittingDiscs(sources.scan)).map(withWork));
    const isContradicted = !described.every((entry) => isNamedLike(entry, sources.names));
    if (described.length > 0) {
      const found = isContradicted ? await rankings() : { rankings: [] };
      return { stated, described, ...found, remarks };
    }
    if (stated) return { ...nothingLookedUp, stated, remarks };
    return { ...nothingLookedUp, ...(await rankings()), remarks };
  } catch (error) {
    if (signal.aborted || !limit.aborted) throw error;
    return { ...nothingLookedUp, remarks: [...remarks, 'The catalogues did not answer in time'] };
  }

  async function statedWork(): Promise<Film | Show | null> {
    const { kind, title, tmdb: id = null } = sources.stated;
    if (title || id === null || (kind !== 'movie' && kind !== 'tv')) return null;
    const found = await workOf(kind, id);
    return found.state === 'found' ? found.value : null;
  }

  async function withWork(fitting: FittingDisc): Promise<DescribedDisc> {
    const { kind, externalIds } = fitting.disc;
    if (kind === null || externalIds.tmdb === null)
      return { ...fitting, work: null, isWorkMissing: false };
    const found = await workOf(kind, externalIds.tmdb);
    const work = found.state === 'found' ? found.value : null;
    return { ...fitting, work, isWorkMissing: found.state === 'absent' };
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

  async function workOf(kind: WorkKind, id: number): Promise<Lookup<Film | Show>> {
    const options = { signal: limit };
    const found = kind === 'movie' ? await tmdb.film(id, options) : await tmdb.show(id, options);
    remark('TMDB', found);
    return found;
  }

  function remark(provider: string, answer: Lookup<unknown>): void {
    if (answer.state === 'refused' || answer.state === 'unavailable')
      remarks.push(`${provider} was not asked: ${answer.problem.message}`);
  }
}

const unnamed: Name = { ...noFacts, id: 'stated', trust: 1, title: null };
