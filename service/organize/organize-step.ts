import { rm } from 'node:fs/promises';
import type { Title } from '../contract/title.ts';
import { DiscflowError } from '../errors.ts';
import type { Step, StepContext, StepResult } from '../jobs/step.ts';
import type { ExistingPolicy } from './choose-target.ts';
import { freeBytes } from './file-facts.ts';
import { fileTitle } from './file-title.ts';
import { type Library, libraryFor } from './library.ts';
import { explainLibraryError } from './marker.ts';
import { progressOf, type Tally } from './tally.ts';
import { asStepResult, missingLibrary } from './trouble.ts';
import { changeTitle, filingOf, stagedPath, type Work } from './work.ts';

export interface OrganizePolicies {
  readonly existing: ExistingPolicy;
  readonly extras: 'keep' | 'skip';
}

export interface OrganizeOptions {
  readonly libraries: readonly Library[];
  /** Root of the staging folder. */
  readonly staging: string;
  /** Version of Discflow, for the sidecars. */
  readonly version: string;
  /** Asked anew for each run: policies may change while the service runs. */
  readonly policies: () => OrganizePolicies;
  /** Free bytes below a folder. */
  readonly freeSpace?: (folder: string) => Promise<number>;
}

/**
 * The step that files a job's matched titles into the libraries. What one title waits for does not hold up the others.
 */
export function createOrganizeStep(options: OrganizeOptions): Step {
  return async (context) => {
    await removeFiledSources(context, options.staging);
    await leaveOutExtras(context, options.policies());
    const titles = context.job().titles.filter(isDue);
    const tally = await progressOf(context, titles);
    const results: StepResult[] = [];
    for (const title of titles) results.push(await fileOne(title, { context, options, tally }));
    return worst(results);
  };
}

function isDue({ wanted, state, match }: Title): boolean {
  return wanted && state === 'matched' && match !== null;
}

/** Waiting comes before failing: the job goes on by itself then, and fails only with what is left. */
function worst(results: readonly StepResult[]): StepResult {
  const by = (end: StepResult['end']) => results.find((result) => result.end === end);
  return by('blocked') ?? by('failed') ?? { end: 'done' };
}

interface Surroundings {
  readonly context: StepContext;
  readonly options: OrganizeOptions;
  readonly tally: Tally;
}

async function fileOne(
  title: Title,
  { context, options, tally }: Surroundings,
): Promise<StepResult> {
  context.signal.throwIfAborted();
  const job = context.job();
  const library = chosenLibrary(context, title, options.libraries);
  if (library === null) return asStepResult(missingLibrary(job, title));
  const { staging, version, freeSpace = freeBytes } = options;
  const { existing } = options.policies();
  const onBytes = tally.begin(title);
  const work: Work = { context, title, library, staging, existing, version, freeSpace, onBytes };
  try {
    await fileTitle(work);
    return { end: 'done' };
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof DiscflowError && error.code === 'disc-needed')
      return failTitle(context, title, error);
    return asStepResult(await explainLibraryError(error, library));
  } finally {
    tally.end(title);
  }
}

/** A filing that a crash interrupted is finished in its own library, whatever is chosen now. */
function chosenLibrary(
  context: StepContext,
  title: Title,
  libraries: readonly Library[],
): Library | null {
  const pending = filingOf({ context, title });
  const begun = pending?.state === 'planned' ? pending.library : null;
  return libraries.find(({ id }) => id === begun) ?? libraryFor(context.job(), title, libraries);
}

/** A title whose ripped file is lost fails alone. */
async function failTitle(
  context: StepContext,
  { id }: Title,
  { code, message, hint }: DiscflowError,
): Promise<StepResult> {
  await context.update((draft) =>
    changeTitle(draft, id, (title) => {
      title.state = 'failed';
      title.file = null;
      title.error = { code, message, hint };
    }),
  );
  return { end: 'done' };
}

/** A crash after a title was completed leaves its ripped file behind. */
async function removeFiledSources(context: StepContext, staging: string): Promise<void> {
  const { id: job, titles } = context.job();
  for (const { id, state, filed } of titles)
    if (state === 'completed' && filed !== null)
      await rm(stagedPath(staging, job, id), { force: true });
}

async function leaveOutExtras(context: StepContext, { extras }: OrganizePolicies): Promise<void> {
  const isExtra = (title: Title) => isDue(title) && title.match?.kind === 'extra';
  if (extras === 'keep' || !context.job().titles.some(isExtra)) return;
  await context.update((draft) => {
    for (const title of draft.titles) if (isExtra(title)) title.state = 'skipped';
  });
}
