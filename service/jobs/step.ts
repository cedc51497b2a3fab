import type { Problem, ProblemCode } from '../contract/problem.ts';
import type { TitleId } from '../contract/values.ts';
import type { JobDocument } from './document.ts';

/** Where a step stands; kept in memory and published on the drive, never written to disk. */
export interface Progress {
  /** Title being worked on, and its place among those of the step. */
  title: TitleId | null;
  index: number;
  count: number;
  bytesDone: number;
  bytesTotal: number;
}

/** What a step may do to its job. Every `update` is durable and published before it resolves. */
export interface StepContext {
  readonly job: () => JobDocument;
  readonly signal: AbortSignal;
  update(change: (draft: JobDocument) => void): Promise<JobDocument>;
  progress(progress: Progress): void;
}

export type StepResult =
  | { end: 'done' }
  /** Cannot go on until something outside changes; tried again when it may have. */
  | { end: 'blocked'; code: ProblemCode; cause: string; hint: string }
  | { end: 'failed'; problem: Problem; transient: boolean };

/**
 * One step of a disc's way. It must be safe to run again after a crash at any instant:
 * it looks at the job and the disk and does only what is missing. It throws only unexpected errors.
 */
export type Step = (context: StepContext) => Promise<StepResult>;
