import type { Config } from '../config/resolve.ts';
import type { Problem } from '../contract/problem.ts';
import type { Lookup } from './lookup.ts';
import { createMetadata } from './metadata.ts';

export interface Catalogue {
  readonly name: string;
  readonly where: string;
  readonly neededFor: string;
  /** Null when it answers and accepts the key. */
  readonly problem: () => Promise<Problem | null>;
}

/** Somebody waits for the answer, so each is asked once. */
const IMPATIENT = { timeout: 10_000, retries: 0 };

/** The catalogues that are switched on, to be checked one by one. */
export function cataloguesOf({
  metadata: config,
  state,
}: Pick<Config, 'metadata' | 'state'>): Catalogue[] {
  const { tmdb, discs } = createMetadata({ config, state, patience: IMPATIENT });
  const forTmdb: Catalogue = {
    name: 'TMDB',
    where: config.tmdb.url,
    neededFor: 'names, episodes and age ratings; without it labels alone say what a disc is',
    problem: async () => problemOf(await tmdb.check()),
  };
  const forDiscs: Catalogue = {
    name: 'TheDiscDB',
    where: config.thediscdb.url,
    neededFor: 'knowing a disc that somebody has described already',
    problem: async () => problemOf(await discs.check()),
  };
  return [
    ...(config.tmdb.enabled ? [forTmdb] : []),
    ...(config.thediscdb.enabled ? [forDiscs] : []),
  ];
}

function problemOf(lookup: Lookup<unknown>): Problem | null {
  if (lookup.state === 'refused' || lookup.state === 'unavailable') return lookup.problem;
  if (lookup.state !== 'absent') return null;
  return {
    code: 'metadata-unavailable',
    message: 'Something else answers at this address',
    hint: 'Check the address (url) in the configuration.',
  };
}
