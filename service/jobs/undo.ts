import type { Problem } from '../contract/problem.ts';
import type { TitleId } from '../contract/values.ts';
import { DiscflowError, toProblem } from '../errors.ts';
import { type JobBook, unknownJob } from './book.ts';
import type { JobDocument } from './document.ts';
import type { Engine } from './engine.ts';
import * as outcomes from './outcomes.ts';
import { hasEnded } from './states.ts';
import type { StepContext, StepResult } from './step.ts';

/** An undo that waits for a library goes on by itself. */
const AGAIN_MS = 10_000;

export interface UndoOptions {
  book: JobBook;
  engine: Pick<Engine, 'change'>;
  /** Brings the files of a job back to staging; safe to run again after a crash. */
  takeBack: (context: Pick<StepContext, 'job' | 'update' | 'signal'>) => Promise<StepResult>;
  /** True while the files of a job are not all back. */
  isUnfinished: (job: JobDocument) => boolean;
  /** What an undo waits for, or (null) that it waits no longer. */
  onProblem: (job: string, problem: Problem | null) => void;
  /** Once aborted nothing is tried again. */
  signal: AbortSignal;
}

/** Takes back what jobs have filed, each one once however often it is asked for. */
export class Undo {
  readonly #options: UndoOptions;
  readonly #running = new Map<string, Promise<JobDocument>>();

  constructor(options: UndoOptions) {
    this.#options = options;
  }

  /** Goes on with what an earlier run of the service has begun. */
  resume(): void {
    for (const job of this.#options.book.all()) if (this.isUnfinished(job)) this.#tryAgain(job.id);
  }

  /** True while an undo was begun and its files are not all back. */
  isUnfinished(job: JobDocument): boolean {
    return job.blocked?.code === 'undone' && this.#options.isUnfinished(job);
  }

  /** True while files are being moved at this moment. */
  isRunning(id: string): boolean {
    return this.#running.has(id);
  }

  /**
   * Takes back what an ended job has filed, or some titles of it; the job waits afterwards. Asked again, it attaches to
   * what runs, tries again what is left, or takes more titles back. Throws `not-possible-now`, and what holds the files
   * up; it is tried again by itself then.
   */
  async run(
    id: string,
    { transaction, titles }: { transaction?: string | undefined; titles?: readonly TitleId[] } = {},
  ): Promise<JobDocument> {
    const begin = (draft: JobDocument) => {
      if (draft.blocked?.code === 'undone') {
        if (titles) outcomes.takeBack(draft, titles);
        return;
      }
      checkUndo(draft);
      outcomes.beginUndo(draft, titles);
    };
    await this.#options.engine.change(id, begin, transaction);
    return this.#attach(id);
  }

  #attach(id: string): Promise<JobDocument> {
    const running = this.#running.get(id) ?? this.#try(id).finally(() => this.#running.delete(id));
    this.#running.set(id, running);
    return running;
  }

  async #try(id: string): Promise<JobDocument> {
    const { book, engine, takeBack, onProblem, signal } = this.#options;
    const job = () => book.get(id) ?? unknown(id);
    const update = (change: (draft: JobDocument) => void) => engine.change(id, change);
    try {
      const result = await takeBack({ job, update, signal });
      if (result.end !== 'done') throw errorOf(result);
      onProblem(id, null);
      return job();
    } catch (error) {
      onProblem(id, toProblem(error));
      if (error instanceof DiscflowError && error.transient) this.#later(id);
      throw error;
    }
  }

  #later(id: string): void {
    setTimeout(() => this.#tryAgain(id), AGAIN_MS).unref();
  }

  /** A job that was cancelled meanwhile keeps what is still filed. */
  #tryAgain(id: string): void {
    const { book, onProblem, signal } = this.#options;
    const job = book.get(id);
    if (signal.aborted) return;
    if (job && this.isUnfinished(job)) this.#attach(id).catch(() => undefined);
    else onProblem(id, null);
  }
}

/** A job that is being undone can be changed when its files are all back. */
export function stillBeingUndone({ id }: JobDocument): DiscflowError {
  return new DiscflowError('not-possible-now', `Job ${id} is still being undone`, {
    hint: 'Its files are on their way back to staging. Try again in a moment, or give up with "discflow cancel".',
  });
}

function checkUndo(job: JobDocument): void {
  if (hasEnded(job) && job.titles.some(({ filed }) => filed !== null)) return;
  throw new DiscflowError('not-possible-now', `Job ${job.id} has nothing that could be undone`, {
    hint: 'Only what an ended job has filed can be taken back.',
  });
}

function errorOf(result: Exclude<StepResult, { end: 'done' }>): DiscflowError {
  if (result.end === 'blocked')
    return new DiscflowError(result.code, result.cause, { hint: result.hint, transient: true });
  const { code, message, hint } = result.problem;
  return new DiscflowError(code, message, { hint });
}

function unknown(id: string): never {
  throw unknownJob(id);
}
