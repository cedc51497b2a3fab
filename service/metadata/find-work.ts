import { type Lookup, type LookupOptions, mapFound } from './lookup.ts';
import { type Ranking, rankWorks } from './rank/rank-works.ts';
import type { RankableWork, WorkClues } from './rank/reasons.ts';
import type { Tmdb } from './tmdb/tmdb.ts';

/** So many of a search's works are looked at closely. */
const CLOSER_LOOKS = 5;
const WORTH_A_LOOK = 0.005;

/**
 * The works that a disc may hold, weighed: a search by name, and the details (running time, seasons, other
 * titles) of the most probable ones. Details that cannot be had are done without.
 */
export async function findWork(
  clues: WorkClues,
  { tmdb, signal }: LookupOptions & { tmdb: Tmdb },
): Promise<Lookup<Ranking>> {
  const { title, year } = clues;
  const search = await tmdb.search({ title, year, kind: certainKind(clues) }, { signal });
  if (search.state !== 'found') return search;
  const works: readonly RankableWork[] = search.value;
  const closer = new Map(
    await Promise.all(
      worthALook(clues, works).map(
        async (work) => [work, await detailsOf(work, tmdb, { signal })] as const,
      ),
    ),
  );
  return mapFound(search, () =>
    rankWorks(
      clues,
      works.map((work) => closer.get(work) ?? work),
    ),
  );
}

/** The most probable works; when none is sure, also well-known ones that were found by a title we do not know. */
function worthALook(clues: WorkClues, works: readonly RankableWork[]): RankableWork[] {
  const { ranked, verdict } = rankWorks(clues, works);
  const byName = ranked.filter(({ probability }) => probability >= WORTH_A_LOOK);
  const named = new Set(ranked.map(({ work }) => work));
  const unnamed = works.filter((work) => !named.has(work)).toSorted((a, b) => b.votes - a.votes);
  const candidates = byName.map(({ work }) => work);
  return [...candidates, ...(verdict === 'clear' ? [] : unnamed)].slice(0, CLOSER_LOOKS);
}

const CERTAIN = 0.98;

/** A season that nothing speaks against, or a sure structure, leaves one kind; else films and shows are both looked for. */
function certainKind({ kind, season }: WorkClues) {
  if (season !== null && season !== undefined && kind?.is !== 'movie') return 'tv';
  return kind && kind.probability >= CERTAIN ? kind.is : null;
}

async function detailsOf(work: RankableWork, tmdb: Tmdb, options: LookupOptions) {
  const details =
    work.kind === 'movie'
      ? await tmdb.film(work.tmdb, options)
      : await tmdb.show(work.tmdb, options);
  return details.state === 'found' ? details.value : work;
}
