import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeTime } from 'ulid';
import { Ulid } from '../contract/values.ts';
import type { JobStore } from './job-store.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** What a job that was cancelled, failed or ended short left in staging is kept so long for a retry. */
const STAGING_DAYS = 14;

/** Removes archived jobs that are older than the history is kept. @returns how many */
export async function pruneHistory(store: JobStore, days: number): Promise<number> {
  const ids = await store.archivedIds({ since: 0, until: Date.now() - days * DAY_MS });
  for (const id of ids) await store.removeArchived(id);
  return ids.length;
}

/**
 * Removes staging folders that no open job owns and that nobody has touched for two weeks.
 * @returns the folders removed
 */
export async function pruneStaging(
  staging: string,
  isOpen: (job: string) => boolean,
  now = Date.now(),
): Promise<string[]> {
  const removed: string[] = [];
  for (const id of await readdir(staging)) {
    if (!Ulid.safeParse(id).success || isOpen(id) || decodeTime(id) > now) continue;
    const folder = join(staging, id);
    const { mtimeMs } = await stat(folder);
    if (now - mtimeMs < STAGING_DAYS * DAY_MS) continue;
    await rm(folder, { recursive: true, force: true });
    removed.push(folder);
  }
  return removed;
}
