import { EventEmitter, once } from 'node:events';
import { join, resolve } from 'node:path';
import type { Config } from '../config/resolve.ts';
import type { JobEvent } from '../contract/event.ts';
import { DiscflowError } from '../errors.ts';
import type { JobDocument } from '../jobs/document.ts';
import { snapshotOf } from '../jobs/snapshot.ts';
import { hasEnded } from '../jobs/states.ts';
import type { Library } from '../organize/library.ts';
import { setUpLibrary } from '../organize/marker.ts';
import { createPipeline } from '../pipeline.ts';
import { openQuestions } from '../review/open-questions.ts';
import { version } from '../version.ts';
import { askOnTerminal } from './ask.ts';
import { linesFor } from './job-lines.ts';
import { createLog } from './log.ts';
import { createProgressView } from './progress-view.ts';
import { questionInWords } from './words.ts';

export interface RunOptions {
  library?: string;
  yes?: boolean;
  json?: boolean;
}

/** Exit codes of `discflow run`. */
const ARRIVED = 0;
const NOT_ARRIVED = 1;
const UNANSWERED = 2;

/**
 * Takes discs to the library without service, broker and Node-RED. What was begun before and stopped goes on.
 * @returns the exit code: 0 all arrived, 1 something did not, 2 a question is open
 */
export async function runSources(
  sources: readonly string[],
  config: Config,
  options: RunOptions,
): Promise<number> {
  const libraries = await librariesOf(config, options.library);
  const view = createProgressView(process.stderr);
  const changes = new EventEmitter();
  const pipeline = createPipeline({
    station: config.station,
    state: join(config.state, 'run'),
    staging: join(config.staging, 'run'),
    libraries,
    policies: {
      identity: options.yes ? 'accept' : config.policies.identity,
      episodeOrder: options.yes ? 'accept' : config.policies.episode_order,
      extras: config.policies.extras,
      existing: config.policies.existing,
      duplicates: 'again',
      claimSeconds: 0,
    },
    tools: config.tools,
    version,
    keepOutbox: false,
    holds: () => false,
    eject: async () => true,
    ejectDrive: async () => undefined,
    onChange: (job: JobDocument, events: JobEvent[]) => {
      for (const line of linesFor(job, events)) view.say(line);
      changes.emit('change');
    },
    onProgress: (job, progress) => view.progressed(job, progress),
    onProblem: (_name, problem) => problem && view.say(`${problem.message}\n  ${problem.hint}`),
    log: createLog({ level: 'warn', format: config.log.format }),
  });
  const stop = new AbortController();
  const interrupted = () => stop.abort();
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  await pipeline.start();
  try {
    const codes: number[] = [];
    for (const source of sources) codes.push(await runOne(resolve(source)));
    return Math.max(...codes);
  } finally {
    view.pause();
    await pipeline.stop();
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
  }

  async function runOne(source: string): Promise<number> {
    const before = new Set(pipeline.book.all().map(({ id }) => id));
    await pipeline.intake.discInserted('run', source);
    const id = pipeline.book
      .all()
      .find((job) => job.disc.source === source && (!before.has(job.id) || !hasEnded(job)))?.id;
    if (id === undefined) throw new Error(`no job for ${source}`);
    const job = await follow(id);
    if (options.json) process.stdout.write(`${JSON.stringify(snapshotOf(job))}\n`);
    if (openQuestions(job).length > 0 && !hasEnded(job)) return UNANSWERED;
    return job.outcome === 'complete' ? ARRIVED : NOT_ARRIVED;
  }

  /** Until the job has ended, or cannot go on without somebody. */
  async function follow(id: string): Promise<JobDocument> {
    for (;;) {
      const job = pipeline.book.get(id);
      if (!job) throw new Error(`job ${id} vanished`);
      if (hasEnded(job) || stop.signal.aborted) return job;
      if (job.state === 'review_needed' && !(await answer(job))) return job;
      await once(changes, 'change', { signal: stop.signal }).catch(() => undefined);
    }
  }

  async function answer(job: JobDocument): Promise<boolean> {
    const [question] = openQuestions(job);
    if (!question) return true;
    view.pause();
    if (!process.stdin.isTTY) {
      view.say(
        `${questionInWords(question)}\n  Run again on a terminal, or with --yes to take the defaults.`,
      );
      return false;
    }
    const said = await askOnTerminal(question, stop.signal);
    const { id: review, rev } = question;
    await pipeline.operations['review/answer']({ review, rev, answer: said, by: 'terminal' }, {});
    return true;
  }
}

/** `--library` is one folder for films and series; it must exist, and is set up by naming it here. */
async function librariesOf(config: Config, folder: string | undefined): Promise<Library[]> {
  const root = folder && resolve(folder);
  const libraries: Library[] = root
    ? [
        { id: 'library', kind: 'movie', root },
        { id: 'library', kind: 'tv', root },
      ]
    : config.libraries;
  for (const library of root ? libraries.slice(0, 1) : []) await setUpLibrary(library);
  if (libraries.length > 0) return libraries;
  throw new DiscflowError('library-missing', 'No library is configured', {
    hint: 'Name a folder with --library DIR, or add a library to the configuration.',
  });
}
