import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Findings } from '../contract/findings.ts';
import type { JobSnapshot } from '../contract/job.ts';
import type { HistoryEntry } from '../contract/request.ts';
import { JobBook } from '../jobs/book.ts';
import { queryHistory } from '../jobs/history.ts';
import { snapshotOf } from '../jobs/snapshot.ts';
import { hasEnded } from '../jobs/states.ts';
import { JobStore } from '../store/job-store.ts';

/** Jobs as they lie on disk, read beside whoever works with them; nothing is changed. */
export interface StoredJobs {
  open(): JobSnapshot[];
  /** One job, with what was measured of its titles. */
  find(id: string): Promise<{ job: JobSnapshot; findings: Findings | null } | null>;
  history(span: { since?: string; limit?: number }): Promise<HistoryEntry[]>;
}

/** Null where no jobs have ever been kept. */
export async function readStoredJobs(state: string): Promise<StoredJobs | null> {
  if (!(await isThere(join(state, 'jobs')))) return null;
  const store = new JobStore(state);
  const silent = { onChange: () => undefined, onStorageProblem: () => undefined };
  const book = new JobBook({ store, keepOutbox: true, ...silent });
  await book.start();
  return {
    open: () =>
      book
        .all()
        .filter((job) => !hasEnded(job))
        .map((job) => snapshotOf(job)),
    find: async (id) => {
      const job = book.get(id) ?? (await store.readArchived(id));
      return job && { job: snapshotOf(job), findings: job.findings };
    },
    history: (span) => queryHistory({ book, store }, span),
  };
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
