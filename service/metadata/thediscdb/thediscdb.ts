import type { Problem } from '../../contract/problem.ts';
import type { Provider } from '../http/provider.ts';
import { type Lookup, type LookupOptions, mapFound } from '../lookup.ts';
import { GraphAnswer, RestDisc, RestDiscs } from './answers.ts';
import type { KnownDisc } from './known-disc.ts';
import { readGraphDiscs, readRestDisc } from './read-disc.ts';

/** TheDiscDB knows discs by what `service/scan/fingerprint.ts` computes. */
export interface TheDiscDb {
  /** Every release with this content hash; they seldom disagree, and then a person has to say. */
  byContentHash(hash: string, options?: LookupOptions): Promise<Lookup<KnownDisc[]>>;
  /** Every release with this GlobalDiscId; re-pressings have another. */
  byGlobalDiscId(id: string, options?: LookupOptions): Promise<Lookup<KnownDisc[]>>;
  /** Asks TheDiscDB itself, once, whether it is there. */
  check(options?: LookupOptions): Promise<Lookup<unknown>>;
}

export const signInWanted: Problem = {
  code: 'metadata-key-refused',
  message: 'TheDiscDB does not let strangers ask any more, so discs are not looked up there',
  hint: 'Look for a newer Discflow; until then metadata.thediscdb.enabled: false ends the questions.',
};

type Key = 'contentHash' | 'globalDiscId';

/**
 * Its REST interface is newer than its GraphQL, and not everywhere: when it is missing (404) or of no use,
 * GraphQL answers. Once it has told of any disc, its 404 means that the disc is unknown.
 */
export function createTheDiscDb(provider: Provider): TheDiscDb {
  let restAnswers = false;

  return {
    async byContentHash(hash, { signal } = {}) {
      if (!/^[0-9a-f]{32}$/i.test(hash)) return { state: 'absent' };
      const value = hash.toUpperCase();
      const rest = await provider.ask({ path: `api/dischash/${value}`, signal }, RestDisc);
      return settled(
        mapFound(rest, (disc) => theseOf([readRestDisc(disc)], 'contentHash', value)),
        () => byGraph('contentHash', value, signal),
      );
    },
    async byGlobalDiscId(id, { signal } = {}) {
      if (!/^(?:[0-9a-f]{32}|[0-9a-f]{40})$/i.test(id)) return { state: 'absent' };
      const value = id.toUpperCase();
      const rest = await provider.ask({ path: `api/discid/${value}`, signal }, RestDiscs);
      return settled(
        mapFound(rest, (discs) => theseOf(discs.map(readRestDisc), 'globalDiscId', value)),
        () => byGraph('globalDiscId', value, signal),
      );
    },
    check: ({ signal } = {}) =>
      provider.ask(
        {
          path: 'graphql',
          body: graphQuestion('contentHash', '0'.repeat(32)),
          fresh: true,
          signal,
        },
        GraphAnswer,
      ),
  };

  async function settled(
    rest: Lookup<KnownDisc[]>,
    byGraph: () => Promise<Lookup<KnownDisc[]>>,
  ): Promise<Lookup<KnownDisc[]>> {
    restAnswers ||= rest.state === 'found';
    const isOfUse =
      rest.state === 'found' ||
      rest.state === 'off' ||
      (rest.state === 'absent' && restAnswers) ||
      (rest.state === 'unavailable' && !rest.reached);
    return isOfUse ? rest : byGraph();
  }

  async function byGraph(key: Key, value: string, signal: AbortSignal | undefined) {
    const answer = await provider.ask(
      { path: 'graphql', body: graphQuestion(key, value), signal },
      GraphAnswer,
    );
    return mapFound(answer, (discs) =>
      unlessEmpty(readGraphDiscs(discs).filter(({ disc }) => disc[key] === value)),
    );
  }
}

/** REST leaves out what is not known; what it says is about another disc is. */
function theseOf(discs: KnownDisc[], key: Key, value: string): KnownDisc[] | null {
  return unlessEmpty(discs.filter(({ disc }) => disc[key] === null || disc[key] === value));
}

function graphQuestion(key: Key, value: string) {
  return { query: queryBy(key), variables: { value } };
}

/** The field names of https://thediscdb.com/graphql. */
function queryBy(key: Key): string {
  return `query ($value: String) {
  mediaItems(where: { releases: { some: { discs: { some: { ${key}: { eq: $value } } } } } }) {
    nodes {
      title year type
      externalids { tmdb imdb }
      releases {
        slug title year regionCode locale upc
        discs {
          index name format contentHash globalDiscId
          titles {
            duration sourceFile size segmentMap
            item { title season episode type }
          }
        }
      }
    }
  }
}`;
}

function unlessEmpty<T>(list: T[]): T[] | null {
  return list.length === 0 ? null : list;
}
