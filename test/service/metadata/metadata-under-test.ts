import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MetadataConfig } from '../../../service/config/resolve.ts';
import { createMetadata, type Metadata } from '../../../service/metadata/metadata.ts';
import type { LocalServer } from '../../servers/local-server.ts';
import { startTheDiscDb } from '../../servers/thediscdb.ts';
import { startTmdb, tmdbKeys } from '../../servers/tmdb.ts';

/** Seconds become milliseconds, so that tests of patience are quick. */
export const hasty = { timeout: 400, longestPause: 5, longestRetryAfter: 1_500 };

export interface Bench {
  tmdbServer: LocalServer;
  discServer: LocalServer;
  state: string;
  /** Every attention, in order: its name, and its code or null. */
  told: [string, string | null][];
  metadata(overrides?: Overrides): Metadata;
}

interface Overrides extends Partial<Omit<MetadataConfig, 'tmdb' | 'thediscdb'>> {
  tmdb?: Partial<MetadataConfig['tmdb']>;
  thediscdb?: Partial<MetadataConfig['thediscdb']>;
  halfOpenAfter?: number;
}

/** Local servers and a fresh state folder for each test. */
export function metadataBench({ rest = true } = {}): Bench {
  const bench = { told: [] as Bench['told'], state: '', metadata: create } as Bench;
  before(async () => {
    bench.tmdbServer = await startTmdb();
    bench.discServer = await startTheDiscDb({ rest });
  });
  beforeEach(async () => {
    bench.state = await mkdtemp(join(tmpdir(), 'discflow-metadata-'));
    bench.told = [];
    bench.tmdbServer.reset();
    bench.discServer.reset();
  });
  afterEach(() => rm(bench.state, { recursive: true, force: true }));
  after(async () => {
    await bench.tmdbServer.stop();
    await bench.discServer.stop();
  });
  return bench;

  function create({ tmdb, thediscdb, halfOpenAfter, ...others }: Overrides = {}): Metadata {
    return createMetadata({
      config: {
        language: 'en',
        country: 'US',
        titles: 'localized',
        cache_days: 30,
        ...others,
        tmdb: { enabled: true, url: `${bench.tmdbServer.url}/3`, key: tmdbKeys.v3, ...tmdb },
        thediscdb: { enabled: true, url: bench.discServer.url, ...thediscdb },
      },
      state: bench.state,
      report: (name, problem) => bench.told.push([name, problem?.code ?? null]),
      patience: hasty,
      ...(halfOpenAfter === undefined ? {} : { circuit: { halfOpenAfter } }),
    });
  }
}
