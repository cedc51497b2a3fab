import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { StepName } from '../contract/job.ts';
import type { Problem } from '../contract/problem.ts';
import { toProblem } from '../errors.ts';
import type { JobBook } from './book.ts';
import { decide } from './decide.ts';
import type { JobDocument } from './document.ts';
import { settleAsks } from './handoffs.ts';
import { createLetOut, type LetOut } from './let-out.ts';
import * as outcomes from './outcomes.ts';
import { readingSteps } from './recipes.ts';
import { type ResourceTable, resourcesOf } from './resources.ts';
import { RetrySchedule } from './retry-schedule.ts';
import { hasEnded } from './states.ts';
import type { Progress, Step, StepResult } from './step.ts';

/** How often waiting jobs are looked at again. */
const SWEEP_MS = 1000;
/** After a step could not even be begun or ended, because the state cannot be written, its job rests so long. */
const REST_MS = 5000;

export interface EngineOptions {
  book: JobBook;
  steps: Record<StepName, Step>;
  /** True when what a blocked job waits for may have changed. */
  mayGoOn: (job: JobDocument) => Promise<boolean>;
  /** Milliseconds that a disc stays in its drive for an answer without which it is not read. */
  answerWithin: number;
  /** Lets the job's disc out, if it is still in its drive. False when it is to stay in. */
  eject: (job: JobDocument) => Promise<boolean>;
  /** Removes what the job left in staging. */
  cleanUp: (job: JobDocument) => Promise<void>;
  onProgress: (job: JobDocument, progress: Progress | null) => void;
  log: Logger;
}

interface Run {
  step: StepName;
  abort: AbortController;
  ended: Promise<void>;
}

/**
 * Drives every job from step to step. It holds no state that matters: what a job does next is decided from its
 * document each time, so a restart simply decides again.
 */
export class Engine {
  readonly #options: EngineOptions;
  readonly #runs = new Map<string, Run>();
  readonly #letOut: LetOut;
  readonly #retries = new RetrySchedule();
  readonly #advancing = new Set<string>();
  /** Jobs that changed while they were being looked at. */
  readonly #again = new Set<string>();
  #sweeper: NodeJS.Timeout | undefined;
  #stopping = false;
  /** What the sweeper looks at at this moment. */
  readonly #looking = new Set<string>();

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#letOut = createLetOut({
      job: (id) => options.book.get(id),
      isReading: (id) => {
        const run = this.#runs.get(id);
        return run !== undefined && readingSteps.has(run.step);
      },
      eject: options.eject,
      answerWithin: options.answerWithin,
      ejected: ({ id, drive, disc }) =>
        this.#commit(id, (draft) => {
          if (draft.drive === drive && draft.disc.source === disc.source) draft.ejected = true;
        }),
      log: options.log,
    });
  }

  /** Goes on with every job that had not ended. Blocked ones get a new chance. */
  async start(): Promise<void> {
    for (const job of this.#options.book.all()) if (!hasEnded(job)) this.#retries.release(job);
    for (const job of this.#options.book.all()) await this.advance(job.id);
    this.#sweeper = setInterval(() => void this.#sweep(), SWEEP_MS).unref();
  }

  /** Stops every step where it is; the jobs go on from there at the next start. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#sweeper);
    for (const run of this.#runs.values()) run.abort.abort();
    await Promise.all([...this.#runs.values()].map((run) => run.ended));
  }

  /** True while the job's disc is being read. */
  isReading(drive: string): boolean {
    return [...this.#runs].some(
      ([id, run]) => this.#options.book.get(id)?.drive === drive && readingSteps.has(run.step),
    );
  }

  /** Changes a job from outside a step, hands off what became known, and goes on with it. */
  async change(
    id: string,
    change: (draft: JobDocument) => void,
    transaction?: string,
  ): Promise<JobDocument> {
    const job = await this.#commit(id, change, transaction);
    if (job.cancelling) this.#runs.get(id)?.abort.abort();
    void this.advance(id);
    return job;
  }

  /** Gives a blocked job another chance now. */
  async release(id: string): Promise<void> {
    const job = this.#options.book.get(id);
    if (job) this.#retries.release(job);
    this.#letOut.again(id);
    await this.advance(id);
  }

  /** Does whatever the job needs next. Safe to call at any time, any number of times. */
  async advance(id: string): Promise<void> {
    this.#again.add(id);
    if (this.#advancing.has(id)) return;
    this.#advancing.add(id);
    try {
      while (this.#again.delete(id)) await this.#advance(id);
    } catch (error) {
      this.#options.log.error({ err: error, job: id }, 'a job could not go on');
    } finally {
      this.#advancing.delete(id);
    }
  }

  async #advance(id: string): Promise<void> {
    const job = this.#options.book.get(id);
    if (!job || this.#stopping || this.#runs.has(id)) return;
    void this.#letOut(id);
    const decision = decide(this.#retries.isDue(job) ? { ...job, blocked: null } : job, Date.now());
    switch (decision.go) {
      case 'run':
        if (readingSteps.has(decision.step) && this.#letOut.isBusyWith(id)) return;
        return this.#run(job, decision.step);
      case 'cancel':
        return this.#settle(id, outcomes.cancel);
      case 'finish':
        // Before the end: whoever sees the job complete may undo it at once, and staging is needed then.
        if (decision.outcome !== 'partial') await this.#cleanUp(job);
        return this.#settle(id, (draft) => outcomes.finish(draft, decision.outcome));
      case 'wait-for-answer':
        return this.#settle(id, (draft) => {
          draft.state = 'review_needed';
          draft.blocked = null;
        });
      case 'wait-for-flow':
        return this.#waitForFlow(job, decision.step);
      case 'wait-for-disc':
        return this.#waitForDisc(job);
      case 'stay':
        return;
    }
  }

  async #settle(id: string, change: (draft: JobDocument) => void): Promise<void> {
    const job = await this.#commit(id, change);
    if (hasEnded(job)) this.#retries.forget(id);
    void this.#letOut(id);
  }

  async #cleanUp(job: JobDocument): Promise<void> {
    try {
      await this.#options.cleanUp(job);
    } catch (error) {
      this.#options.log.warn({ err: error, job: job.id }, 'left-overs stay in staging');
    }
  }

  async #waitForFlow(job: JobDocument, step: StepName): Promise<void> {
    if (job.blocked?.code === 'flow') return;
    const cause = job.claim?.node
      ? `A flow decides about this disc and has not asked for "${step}" yet`
      : 'No flow has taken this disc, and the service is set to wait for one';
    const hint = `Wire the ${step} node into the flow and deploy it, or let the service decide with "discflow retry ${job.id}".`;
    await this.#commit(job.id, (draft) => outcomes.wait(draft, { code: 'flow', cause, hint }));
  }

  async #waitForDisc(job: JobDocument): Promise<void> {
    if (job.blocked?.code === 'disc-needed') return;
    const disc = job.disc.label || 'this disc';
    const cause = `${disc} has been let out and is needed again`;
    const hint = `Put it into any drive; it is read then. Or give up with "discflow cancel ${job.id}".`;
    const why = { code: 'disc-needed' as const, cause, hint };
    await this.#commit(job.id, (draft) => outcomes.wait(draft, why));
  }

  async #run(job: JobDocument, step: StepName): Promise<void> {
    const wanted = resourcesOf(job, step);
    if (!this.#free(wanted)) return;
    const abort = new AbortController();
    this.#retries.begun(job.id);
    const ended = this.#runStep(job.id, step, abort.signal).catch((error) => {
      this.#options.log.error({ err: error, job: job.id, step }, 'a step could not be ended');
      return sleep(REST_MS, undefined, { signal: abort.signal, ref: false }).catch(() => undefined);
    });
    this.#runs.set(job.id, { step, abort, ended });
    void ended.then(() => this.#afterRun(job.id));
  }

  async #runStep(id: string, step: StepName, signal: AbortSignal): Promise<void> {
    const { book, steps, onProgress, log } = this.#options;
    const job = await this.#commit(id, (draft) => outcomes.beginStep(draft, step));
    if (signal.aborted) return;
    const context = {
      job: () => book.get(id) ?? job,
      signal,
      update: (change: (draft: JobDocument) => void) => this.#commit(id, change),
      progress: (progress: Progress) => onProgress(book.get(id) ?? job, progress),
    };
    const result = await steps[step](context).catch((error): StepResult => {
      if (!signal.aborted) log.error({ err: error, job: id, step }, 'a step ended unexpectedly');
      return { end: 'failed', problem: toProblem(error), transient: false };
    });
    onProgress(book.get(id) ?? job, null);
    if (!this.#stopping) await this.#record(id, step, result);
  }

  async #record(id: string, step: StepName, result: StepResult): Promise<void> {
    if (this.#options.book.get(id)?.cancelling) return;
    if (result.end !== 'failed' || !result.transient) this.#retries.ended(id, step);
    switch (result.end) {
      case 'done':
        await this.#commit(id, (draft) => outcomes.completeStep(draft, step));
        return;
      case 'blocked': {
        const job = await this.#commit(id, (draft) => outcomes.blockStep(draft, step, result));
        // What can change is compared with this first look; a later one may come after the change.
        await this.#options.mayGoOn(job);
        return;
      }
      case 'failed':
        await this.#retryOrFail(id, step, result.problem, result.transient);
    }
  }

  async #retryOrFail(id: string, step: StepName, problem: Problem, transient: boolean) {
    if (!transient || !this.#retries.failed(id, step)) {
      await this.#commit(id, (draft) => outcomes.failStep(draft, step, problem));
      return;
    }
    const { code, message: cause, hint } = problem;
    await this.#commit(id, (draft) => outcomes.blockStep(draft, step, { code, cause, hint }));
  }

  #afterRun(id: string): void {
    this.#runs.delete(id);
    void this.advance(id);
    for (const job of this.#options.book.all())
      if (job.id !== id && !hasEnded(job)) void this.advance(job.id);
  }

  /** Looks at each job by itself: one that hangs on a dead network folder holds up no other. */
  async #sweep(): Promise<void> {
    if (this.#stopping) return;
    for (const { id } of this.#options.book.all()) void this.#alone(id, () => this.#lookAgain(id));
    await this.#alone('archive', () => this.#options.book.archiveEnded());
  }

  /** Does nothing while the same is still going on. */
  async #alone(key: string, work: () => Promise<void>): Promise<void> {
    if (this.#looking.has(key)) return;
    this.#looking.add(key);
    try {
      await work();
    } catch (error) {
      this.#options.log.error({ err: error, looking: key }, 'jobs could not be looked at');
    } finally {
      this.#looking.delete(key);
    }
  }

  async #lookAgain(id: string): Promise<void> {
    const job = this.#options.book.get(id);
    if (!job) return;
    if (job.asks.some((wish) => wish.until !== null && Date.parse(wish.until) <= Date.now()))
      await this.#commit(job.id, () => undefined);
    if (hasEnded(job)) return this.#letOut(job.id);
    if (this.#runs.has(job.id)) return;
    const blocked = job.state === 'waiting' && job.blocked && job.blocked.code !== 'flow';
    if (blocked && !this.#retries.isPlanned(job.id) && (await this.#options.mayGoOn(job)))
      this.#retries.release(job);
    await this.advance(job.id);
  }

  #free(wanted: ResourceTable): boolean {
    return Object.entries(wanted).every(([key, limit]) => this.#used(key) < limit);
  }

  #used(key: string): number {
    return [...this.#runs].filter(([id, run]) => {
      const job = this.#options.book.get(id);
      return job !== undefined && key in resourcesOf(job, run.step);
    }).length;
  }

  #commit(
    id: string,
    change: (draft: JobDocument) => void,
    transaction?: string,
  ): Promise<JobDocument> {
    return this.#options.book.change(
      id,
      (draft) => {
        change(draft);
        settleAsks(draft);
      },
      transaction,
    );
  }
}
