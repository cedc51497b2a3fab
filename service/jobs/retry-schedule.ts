import { type StepName, stepNames } from '../contract/job.ts';
import type { JobDocument } from './document.ts';

/** Pauses before the second, third and fourth try of a step that failed for a passing reason. */
const RETRY_PAUSES_MS = [5000, 10_000, 20_000];

/** When a job that waits may be tried again. Kept in memory only: after a restart everything is tried at once. */
export class RetrySchedule {
  readonly #tries = new Map<string, number>();
  readonly #dueAt = new Map<string, number>();

  /** Notes a passing failure. False when the step has had all its tries. */
  failed(job: string, step: StepName): boolean {
    const key = `${job}/${step}`;
    const tries = this.#tries.get(key) ?? 0;
    const pause = RETRY_PAUSES_MS[tries];
    if (pause === undefined) {
      this.#tries.delete(key);
      return false;
    }
    this.#tries.set(key, tries + 1);
    this.#dueAt.set(job, Date.now() + pause * (0.8 + 0.4 * Math.random()));
    return true;
  }

  /** The step ended otherwise than by a passing failure: its tries count from the beginning again. */
  ended(job: string, step: StepName): void {
    this.#tries.delete(`${job}/${step}`);
  }

  /** A blocked job may be tried at once; an undone one waits for a person. */
  release({ id, blocked }: JobDocument): void {
    if (blocked && blocked.code !== 'undone') this.#dueAt.set(id, 0);
  }

  /** The next try has begun. */
  begun(job: string): void {
    this.#dueAt.delete(job);
  }

  isPlanned(job: string): boolean {
    return this.#dueAt.has(job);
  }

  isDue({ id, blocked }: JobDocument): boolean {
    const at = this.#dueAt.get(id);
    return at !== undefined && at <= Date.now() && blocked?.code !== 'undone';
  }

  forget(job: string): void {
    this.#dueAt.delete(job);
    for (const step of stepNames) this.ended(job, step);
  }
}
