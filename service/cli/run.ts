import type { JobDocument } from '../jobs/document.ts';
import { snapshotOf } from '../jobs/snapshot.ts';
import { hasEnded } from '../jobs/states.ts';
import { openQuestions } from '../review/open-questions.ts';
import { sourcePath } from './given-path.ts';
import { catchInterrupts } from './interrupts.ts';
import { endOfJob, interruption } from './job-end.ts';
import { OneShot } from './one-shot.ts';
import { paintFor } from './paint.ts';
import { createProgressView } from './progress-view.ts';
import { readReferences } from './references.ts';
import { librariesFor } from './run-libraries.ts';
import { readSettings } from './settings.ts';

export interface RunOptions {
  data?: string;
  library?: string;
  references?: string;
  yes?: boolean;
  json?: boolean;
}

/** Exit codes of `discflow run`; the worst of all discs counts. */
const ARRIVED = 0;
const NOT_ARRIVED = 1;
const UNANSWERED = 2;

/**
 * Takes discs to the library without service, broker and Node-RED. What was begun before and stopped goes on;
 * what arrived before is left alone. Nothing but the work itself is written: no configuration.
 * @returns the exit code: 0 all arrived, 1 something did not, 2 a question is open, 130 interrupted
 */
export async function runSources(
  given: readonly string[],
  { data, library, references, yes = false, json = false }: RunOptions,
): Promise<number> {
  const sources = [...new Set(given.map(sourcePath))];
  const settings = await readSettings(data);
  const knownEpisodes = references === undefined ? undefined : await readReferences(references);
  const libraries = await librariesFor(settings, library);
  const view = createProgressView(process.stderr);
  const paint = paintFor(process.stderr);
  const interrupts = catchInterrupts();
  const { signal } = interrupts;
  const many = sources.length > 1;
  const { config } = settings;
  const known = { knownEpisodes, references };
  const shot = new OneShot({ config, libraries, ...known, yes, many, view, signal });

  await shot.start();
  try {
    const jobs = new Set<string>();
    for (const source of sources) jobs.add(await shot.take(source));
    await shot.putOthersAside();
    const codes = await Promise.all([...jobs].map(bring));
    if (signal.aborted) view.say(interruption(paint));
    return interrupts.code() ?? Math.max(...codes);
  } finally {
    view.hold();
    await shot.stop();
  }

  async function bring(id: string): Promise<number> {
    const job = await shot.bringHome(id);
    if (hasEnded(job)) view.say(endOfJob(job, paint));
    if (json) process.stdout.write(`${JSON.stringify(snapshotOf(job))}\n`);
    return exitCodeOf(job);
  }
}

function exitCodeOf(job: JobDocument): number {
  if (!hasEnded(job) && openQuestions(job).length > 0) return UNANSWERED;
  return job.outcome === 'complete' ? ARRIVED : NOT_ARRIVED;
}
