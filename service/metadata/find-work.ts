import { type Lookup, type LookupOptions, mapFound } from './lookup.ts';
import { type RankableWork, type Ranking, rankWorks, type WorkClues } from './rank/rank-works.ts';
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
  const byName = rankWorks(clues, works).ranked.filter(
    ({ probability }, index) => index < CLOSER_LOOKS && probability >= WORTH_A_LOOK,
  );
  const closer = new Map(
    await Promise.all(
      byName.map(async ({ work }) => [work, await detailsOf(work, tmdb, { signal })] as const),
    ),
  );
  return mapFound(search, () =>
    rankWorks(
      clues,
      works.map((work) => closer.get(work) ?? work),
    ),
  );
}

const CERTAIN = 0.98;

/** A season or a sure structure leaves one kind; else films and shows are both looked for. */
function certainKind({ kind, season }: WorkClues) {
  if (season !== null && season !== undefined) return 'tv';
  return kind && kind.probability >= CERTAIN ? kind.is : null;
}

async function detailsOf(work: RankableWork, tmdb: Tmdb, options: LookupOptions) {
  const details =
    work.kind === 'movie'
      ? await tmdb.film(work.tmdb, options)
      : await tmdb.show(work.tmdb, options);
  return details.state === 'found' ? details.value : work;
}
