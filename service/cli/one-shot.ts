import type { Config } from '../config/resolve.ts';
import type { JobEvent } from '../contract/event.ts';
import type { JobDocument } from '../jobs/document.ts';
import { hasEnded } from '../jobs/states.ts';
import type { KnownEpisodes } from '../match/known-episodes.ts';
import type { Library } from '../organize/library.ts';
import type { Pipeline } from '../pipeline.ts';
import { pruneStaging } from '../store/prune.ts';
import { arrivedBefore } from './arrived-before.ts';
import { goesOn, linesFor, nameOfDisc } from './job-lines.ts';
import { createJobWatch } from './job-watch.ts';
import { type Paint, paintFor } from './paint.ts';
import type { ProgressView } from './progress-view.ts';
import { type Answerer, createAnswerer } from './run-answers.ts';
import { createRunPipeline, runStaging } from './run-pipeline.ts';
import { runState } from './settings.ts';

/** The engine looks after waiting jobs by a timer that keeps no process alive; this one does. */
const AWAKE_MS = 60_000;

export interface OneShotOptions {
  config: Config;
  libraries: readonly Library[];
  /** Takes the default of every question. */
  yes: boolean;
  /** Discs go their way side by side, so every line says whose it is. */
  many: boolean;
  view: ProgressView;
  knownEpisodes?: KnownEpisodes | undefined;
  /** A folder with references of the show at hand. */
  references?: string | undefined;
  /** Ends the waiting for jobs; `stop()` ends their work. */
  signal: AbortSignal;
}

/** The pipeline on this terminal, for the discs that are named and no others. */
export class OneShot {
  readonly #options: OneShotOptions;
  readonly #paint: Paint = paintFor(process.stderr);
  readonly #watch = createJobWatch();
  readonly #pipeline: Pipeline;
  readonly #answer: Answerer;
  #awake: NodeJS.Timeout | undefined;
  /** Open jobs of earlier runs whose discs have not been named (yet). */
  readonly #others = new Set<string>();

  constructor(options: OneShotOptions) {
    this.#options = options;
    this.#pipeline = createRunPipeline({ ...options, onChange: this.#changed });
    const answer = this.#pipeline.operations['review/answer'];
    this.#answer = createAnswerer({ ...options, answer, paint: this.#paint });
  }

  /** Throws `state-locked` while another run works on the same data folder. */
  async start(): Promise<void> {
    const { book } = this.#pipeline;
    await this.#pipeline.start();
    this.#awake = setInterval(() => undefined, AWAKE_MS);
    const open = book.all().filter((job) => !hasEnded(job));
    for (const job of open) {
      this.#others.add(job.id);
      this.#watch.changed(job);
    }
    await pruneStaging(runStaging(this.#options.config), (id) => book.get(id) !== undefined);
  }

  async stop(): Promise<void> {
    clearInterval(this.#awake);
    await this.#pipeline.stop();
  }

  /** Puts a disc in. @returns its job: a new one, the one that was begun before, or that of its arrival */
  async take(source: string): Promise<string> {
    const { config, libraries, view } = this.#options;
    const state = runState(config);
    const arrived = await arrivedBefore(source, { state, libraries, pipeline: this.#pipeline });
    if (arrived) {
      this.#watch.changed(arrived);
      view.say(`${this.#paint('cyan', '●')} ${nameOfDisc(arrived)} arrived before`);
      return arrived.id;
    }
    await this.#pipeline.intake.discInserted('run', source);
    const [job] = this.#watch
      .all()
      .filter(({ disc }) => disc.source === source)
      .sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
    if (!job) throw new Error(`there is no job for ${source}`);
    if (this.#others.delete(job.id)) view.say(goesOn(job, this.#paint));
    return job.id;
  }

  /** Jobs of discs that were not named are kept for another day: they go on when their disc is named again. */
  async putOthersAside(): Promise<void> {
    for (const job of this.#others) await this.#pipeline.operations['job/cancel']({ job }, {});
  }

  /** Until the job has ended, or cannot go on without somebody, or the signal aborts. */
  async bringHome(id: string): Promise<JobDocument> {
    let last: JobDocument | undefined;
    for await (const job of this.#watch.follow(id, this.#options.signal)) {
      last = job;
      if (hasEnded(job)) break;
      if (job.state === 'review_needed' && !(await this.#answer(job))) break;
    }
    const job = last ?? this.#watch.get(id);
    if (!job) throw new Error(`job ${id} vanished`);
    return job;
  }

  readonly #changed = (job: JobDocument, events: JobEvent[]): void => {
    const { many, view } = this.#options;
    this.#watch.changed(job);
    if (this.#others.has(job.id)) return;
    for (const line of linesFor(job, events, { paint: this.#paint, many })) view.say(line);
  };
}
