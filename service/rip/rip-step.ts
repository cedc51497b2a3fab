import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ProblemCode, stationWideCodes } from '../contract/problem.ts';
import { DiscflowError, toProblem } from '../errors.ts';
import type { Step, StepContext, StepResult } from '../jobs/step.ts';
import { recoverTitles } from './recover-titles.ts';
import { type RipDiscOptions, ripDisc } from './rip-disc.ts';
import { isUnread, ripResult } from './rip-result.ts';
import { cancelled } from './until-aborted.ts';

export interface RipStepOptions extends Omit<RipDiscOptions, 'folder' | 'workFolder'> {
  /** Finished titles are `<stagingRoot>/<job>/t01.mkv`. */
  stagingRoot: string;
}

/** Problems that somebody outside can end: the step waits for that instead of failing. */
const blocking = new Set<ProblemCode>([
  'staging-full',
  'staging-unavailable',
  'disc-needed',
  'tool-missing',
  ...stationWideCodes,
]);

/** Rips the wanted titles of a job's disc to lossless MKV files in staging. */
export function createRipStep(options: RipStepOptions): Step {
  return async (context) => {
    try {
      return await rip(options, context);
    } catch (error) {
      return endOf(context.signal.aborted ? cancelled() : error);
    }
  };
}

async function rip(options: RipStepOptions, context: StepContext): Promise<StepResult> {
  const folder = join(options.stagingRoot, context.job().id);
  const workFolder = join(folder, 'rip');
  await emptyFolder(workFolder);
  try {
    await recoverTitles(context, folder);
    if (context.job().titles.some(isUnread))
      await ripDisc({ ...options, folder, workFolder }, context);
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
  return ripResult(context.job().titles);
}

function endOf(error: unknown): StepResult {
  if (!(error instanceof DiscflowError)) throw error;
  const { code, message: cause, hint, transient } = error;
  if (blocking.has(code)) return { end: 'blocked', code, cause, hint };
  return { end: 'failed', problem: toProblem(error), transient };
}

/** Copies that a crash left behind are of no use: nobody knows how far they were written. */
async function emptyFolder(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
    await mkdir(path, { recursive: true });
  } catch (cause) {
    throw new DiscflowError('staging-unavailable', `Cannot write to the staging folder ${path}`, {
      hint: 'Check that its disk is mounted and that the service may write there.',
      cause,
    });
  }
}
