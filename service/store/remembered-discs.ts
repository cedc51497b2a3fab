import { join } from 'node:path';
import type { Problem } from '../contract/problem.ts';
import { toProblem } from '../errors.ts';
import type { JobDocument } from '../jobs/document.ts';
import { type Decision, decisionOf } from '../review/decision.ts';
import { AnsweredSets } from './answered-sets.ts';
import { DiscMemory } from './disc-memory.ts';
import { FiledEpisodes } from './filed-episodes.ts';
import { FiledWorks } from './filed-works.ts';
import type { JobStore } from './job-store.ts';
import { whenThereIsSpace } from './when-there-is-space.ts';

interface Options {
  /** The state folder. */
  state: string;
  /** An open job; undefined when it has gone to the archive. */
  open: (job: string) => JobDocument | undefined;
  store: Pick<JobStore, 'readArchived'>;
  stopping: AbortSignal;
  onProblem: (problem: Problem | null) => void;
}

export interface RememberedDiscs {
  readonly episodes: FiledEpisodes;
  readonly works: FiledWorks;
  readonly sets: AnsweredSets;
  start(): Promise<void>;
  /** What a person decided about a disc. */
  decision(fingerprint: string): Promise<Decision | null>;
  lastJob(fingerprint: string): Promise<JobDocument | null>;
  rememberJob(fingerprint: string, job: string): Promise<void>;
  /** Keeps what a change of a job means for the next time its disc, or another of its work, is here. */
  jobChanged(job: JobDocument, before: JobDocument | null): void;
  /** Does what must be on disk, and waits while the disk is full. */
  kept<T>(work: () => Promise<T>): Promise<T>;
  /** Does what is only for later discs, and says what hinders it. */
  keep(work: () => Promise<unknown>): void;
}

/** What is known of discs from earlier jobs: decisions, jobs, and what they brought to the libraries. */
export function createRememberedDiscs(options: Options): RememberedDiscs {
  const { state, open, store, stopping, onProblem } = options;
  const memory = new DiscMemory(join(state, 'discs'));
  const episodes = new FiledEpisodes(join(state, 'episodes.json'));
  const works = new FiledWorks(join(state, 'works'));
  const sets = new AnsweredSets(join(state, 'sets.json'));

  const failed = (error: unknown) => onProblem(toProblem(error));
  const kept = <T>(work: () => Promise<T>) =>
    whenThereIsSpace(work, { tell: onProblem, signal: stopping });

  return {
    episodes,
    works,
    sets,
    kept,
    keep,
    start: async () => {
      await episodes.start().catch(failed);
      await sets.start().catch(failed);
    },
    decision: async (fingerprint) => (await memory.find(fingerprint))?.decision ?? null,
    rememberJob: (fingerprint, job) => kept(() => memory.rememberJob(fingerprint, job)),
    async lastJob(fingerprint) {
      const record = await memory.find(fingerprint);
      if (!record) return null;
      return open(record.job) ?? (await store.readArchived(record.job).catch(asNeverSeen));
    },
    jobChanged(job, before) {
      rememberDecision(job, before);
      keep(() => episodes.record(job));
      keep(() => works.record(job, before));
      rememberNewJob(job, before);
    },
  };

  function rememberDecision(job: JobDocument, before: JobDocument | null): void {
    const { fingerprint } = job.disc;
    const decision = decisionOf(job);
    if (fingerprint === null || !decision) return;
    if (JSON.stringify(decision) === JSON.stringify(before && decisionOf(before))) return;
    keep(() => memory.rememberDecision(fingerprint, decision));
  }

  /** A disc that is ripped again after all is known by its new job from then on. */
  function rememberNewJob(job: JobDocument, before: JobDocument | null): void {
    const { fingerprint } = job.disc;
    const again = job.owned?.by === 'disc' && job.owned.verdict === 'rip';
    if (again && before?.owned?.verdict !== 'rip' && fingerprint !== null)
      keep(() => memory.rememberJob(fingerprint, job.id));
  }

  /** What is only for the next disc must not stop this one. */
  function keep(work: () => Promise<unknown>): void {
    kept(work).then(() => onProblem(null), failed);
  }

  /** The disc of a job that cannot be read any more is a new one. */
  function asNeverSeen(error: unknown): null {
    failed(error);
    return null;
  }
}
