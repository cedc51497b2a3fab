import { EventEmitter, on } from 'node:events';
import type { JobDocument } from '../jobs/document.ts';

/** The newest document of every job of this process, also of those that went to the archive. */
export interface JobWatch {
  changed(job: JobDocument): void;
  all(): JobDocument[];
  get(id: string): JobDocument | undefined;
  /**
   * A job as it is now and after each of its changes, the newest first looked at: none is missed while the
   * reader is busy, and none is seen twice as it was before. Ends when `signal` aborts.
   */
  follow(id: string, signal: AbortSignal): AsyncGenerator<JobDocument>;
}

export function createJobWatch(): JobWatch {
  const jobs = new Map<string, JobDocument>();
  const changes = new EventEmitter().setMaxListeners(0);
  return {
    changed(job) {
      jobs.set(job.id, job);
      changes.emit(job.id);
    },
    all: () => [...jobs.values()],
    get: (id) => jobs.get(id),
    async *follow(id, signal) {
      if (signal.aborted) return;
      // Listens from here on, so that a change during `yield` is still there afterwards.
      const changed = on(changes, id, { signal });
      try {
        let seen: JobDocument | undefined;
        do {
          const job = jobs.get(id);
          if (job && job !== seen) yield job;
          seen = job;
        } while (!(await changed.next()).done);
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        await changed.return?.();
      }
    },
  };
}
