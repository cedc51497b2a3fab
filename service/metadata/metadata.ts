import { join } from 'node:path';
import type { MetadataConfig } from '../config/resolve.ts';
import type { Problem } from '../contract/problem.ts';
import { createAnswerCache } from './http/answer-cache.ts';
import type { CircuitTimes } from './http/circuit.ts';
import { createProvider, type Provider } from './http/provider.ts';
import type { Patience } from './http/send.ts';
import { createTheDiscDb, signInWanted, type TheDiscDb } from './thediscdb/thediscdb.ts';
import { refusedKey, tmdbCredentials } from './tmdb/credentials.ts';
import { createTmdb, type Tmdb } from './tmdb/tmdb.ts';

/** The catalogues that a disc is looked up in. */
export interface Metadata {
  readonly tmdb: Tmdb;
  readonly discs: TheDiscDb;
}

interface MetadataOptions {
  readonly config: MetadataConfig;
  /** Where answers are kept. */
  readonly state: string;
  /** Told once of a missing or refused key, and once that all is well again. */
  readonly report?: (name: string, problem: Problem | null) => void;
  readonly patience?: Partial<Patience>;
  readonly circuit?: Partial<CircuitTimes>;
}

/** TMDB allows about 40 requests in a second: https://developer.themoviedb.org/docs/rate-limiting. */
const TMDB_PACE = { limit: 30, interval: 1000 };
/** TheDiscDB states no limit; one disc makes one or two requests. */
const THEDISCDB_PACE = { limit: 5, interval: 1000 };
/** Its answers come out of a database that sleeps when nobody asks. */
const THEDISCDB_PATIENCE = { timeout: 30_000 };
/** What is not known today may have been entered tomorrow. */
const MISS_DAYS = 1;

/** Opens nothing and asks nothing; libraries are loaded with the first question. */
export function createMetadata(options: MetadataOptions): Metadata {
  const { config, state, report = () => undefined, patience, circuit } = options;
  const times = { days: config.cache_days, missDays: Math.min(config.cache_days, MISS_DAYS) };
  const { tmdb, thediscdb } = config;
  const cacheOf = (name: string) => createAnswerCache(join(state, 'metadata', name), times);
  return {
    tmdb: createTmdb({
      provider: tmdb.enabled
        ? createProvider({
            name: 'TMDB',
            url: tmdb.url,
            pace: TMDB_PACE,
            patience,
            circuit,
            cache: cacheOf('tmdb'),
            credentials: tmdbCredentials(tmdb.key),
            refusal: refusedKey,
            attention: (problem) => report('metadata-tmdb', problem),
          })
        : switchedOff,
      language: config.language,
      country: config.country,
    }),
    discs: createTheDiscDb(
      thediscdb.enabled
        ? createProvider({
            name: 'TheDiscDB',
            url: thediscdb.url,
            pace: THEDISCDB_PACE,
            patience: { ...THEDISCDB_PATIENCE, ...patience },
            circuit,
            cache: cacheOf('thediscdb'),
            credentials: { headers: {}, query: {} },
            refusal: signInWanted,
            attention: (problem) => report('metadata-thediscdb', problem),
          })
        : switchedOff,
    ),
  };
}

const switchedOff: Provider = { ask: async () => ({ state: 'off' }) };
