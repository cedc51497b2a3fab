import type { Config } from '../config/resolve.ts';
import { DiscflowError } from '../errors.ts';
import { paintFor } from './paint.ts';
import { type ServiceClient, withService } from './service-client.ts';
import { runState } from './settings.ts';
import { readStoredJobs, type StoredJobs } from './stored-jobs.ts';

const absent: readonly string[] = ['service-unreachable', 'broker-unreachable', 'broker-refused'];

interface Ways<T> {
  ask: (service: ServiceClient) => Promise<T[]>;
  read: (jobs: StoredJobs) => Promise<T[]> | T[];
}

/**
 * Entries of the running service and of one-shot runs on this machine. Without a service what it left on disk is
 * read, which is said on standard error; without that too, throws why the service cannot be asked.
 */
export async function fromServiceOrStore<T>(config: Config, { ask, read }: Ways<T>): Promise<T[]> {
  const runs = await readStoredJobs(runState(config));
  const ofRuns = runs ? await read(runs) : [];
  try {
    return [...(await withService(config, ask)), ...ofRuns];
  } catch (error) {
    if (!(error instanceof DiscflowError) || !absent.includes(error.code)) throw error;
    const stored = await readStoredJobs(config.state);
    if (!stored && !runs) throw error;
    const note = `${error.message}; this is what it left on disk.`;
    if (stored) process.stderr.write(`${paintFor(process.stderr)('yellow', '!')} ${note}\n`);
    return [...(stored ? await read(stored) : []), ...ofRuns];
  }
}
