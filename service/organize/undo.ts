import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Title } from '../contract/title.ts';
import { DiscflowError } from '../errors.ts';
import type { Filing, JobDocument } from '../jobs/document.ts';
import type { StepContext, StepResult } from '../jobs/step.ts';
import { exists, freeBytes } from './file-facts.ts';
import type { Library } from './library.ts';
import { removeEmptyFolders } from './library-folders.ts';
import { explainLibraryError } from './marker.ts';
import { restore } from './recycle.ts';
import { hasArrived } from './settle-plan.ts';
import { sidecarPath } from './sidecar.ts';
import { takeBack, takeCopy } from './take-back.ts';
import { asStepResult } from './trouble.ts';
import { changeTitle, stagedPath, stagingUnavailable } from './work.ts';

export interface UndoOptions {
  readonly context: Pick<StepContext, 'job' | 'update' | 'signal'>;
  readonly libraries: readonly Library[];
  /** Root of the staging folder. */
  readonly staging: string;
  readonly freeSpace?: (folder: string) => Promise<number>;
}

/**
 * Takes back what a job filed: files return to staging, what they replaced returns to its place, sidecars and folders
 * that became empty go. Completed titles are matched again. The intent is on record first (filings `undone`, titles
 * still completed), so after a crash `hasUnfinishedUndo` says to call it again; where nobody has recorded any, all is
 * meant. Ends `blocked` like a step when a library or staging is not available or full. A file that was changed since
 * stays, its title with an error.
 */
export async function undoFilings(options: UndoOptions): Promise<StepResult> {
  const { context, staging } = options;
  if (!(await exists(staging))) return asStepResult(stagingUnavailable(staging));
  await mkdir(join(staging, context.job().id), { recursive: true });
  await recordIntent(context);
  const results: StepResult[] = [];
  for (const title of context.job().titles)
    if (isFiled(title) && isMeant(context.job(), title))
      results.push(await undoOne(title, options));
  return results.find(({ end }) => end !== 'done') ?? { end: 'done' };
}

/** True when an undo was begun and not finished. */
export function hasUnfinishedUndo(job: Pick<JobDocument, 'filings' | 'titles'>): boolean {
  return job.titles.some((title) => isFiled(title) && filingFor(job, title)?.state === 'undone');
}

type FiledTitle = Title & { filed: NonNullable<Title['filed']> };

function isFiled(title: Title): title is FiledTitle {
  return title.state === 'completed' && title.filed !== null;
}

function filingFor(job: Pick<JobDocument, 'filings'>, title: FiledTitle): Filing | undefined {
  return job.filings.find((filing) => filing.title === title.id && filing.to === title.filed.path);
}

/** What was filed without a record of it goes back when everything does. */
function isMeant(job: Pick<JobDocument, 'filings'>, title: FiledTitle): boolean {
  const filing = filingFor(job, title);
  return filing ? filing.state === 'undone' : job.filings.every(({ state }) => state !== 'filed');
}

async function recordIntent(context: UndoOptions['context']): Promise<void> {
  const job = context.job();
  if (hasUnfinishedUndo(job) || !job.filings.some(({ state }) => state === 'filed')) return;
  await context.update((draft) => {
    for (const filing of draft.filings) if (filing.state === 'filed') filing.state = 'undone';
  });
}

async function undoOne(title: FiledTitle, options: UndoOptions): Promise<StepResult> {
  const { context, libraries } = options;
  context.signal.throwIfAborted();
  const library = libraries.find(({ id }) => id === title.filed.library);
  if (library === undefined) return asStepResult(unknownLibrary(title));
  try {
    const file = await returned(title, library, options);
    await record(context, title, file);
    return { end: 'done' };
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof DiscflowError && error.code === 'target-exists')
      return leaveInPlace(context, title, error);
    return asStepResult(await explainLibraryError(error, library));
  }
}

/** Brings the file to staging and the library to what it was. Null when the file is gone from both. */
async function returned(
  title: FiledTitle,
  library: Library,
  options: UndoOptions,
): Promise<string | null> {
  const { context, staging, freeSpace = freeBytes } = options;
  const filing = filingFor(context.job(), title);
  const back = {
    filed: title.filed.path,
    staged: stagedPath(staging, context.job().id, title.id),
    library,
    signal: context.signal,
    freeSpace,
  };
  if (filing === undefined) return takeCopy(back);
  const isOurs = await hasArrived(filing, { staging, signal: context.signal });
  const file = await takeBack({ ...back, filing, isOurs });
  if (!(await exists(filing.to))) await rm(sidecarPath(filing.to), { force: true });
  if (filing.recycled !== null) await restore(library, filing.to, filing.recycled);
  await removeEmptyFolders(library.root, dirname(filing.to));
  return file;
}

async function record(
  context: UndoOptions['context'],
  { id }: Title,
  file: string | null,
): Promise<void> {
  await context.update((draft) =>
    changeTitle(draft, id, (title) => {
      title.state = 'matched';
      title.filed = null;
      title.file = file;
      title.error = file === null ? GONE : null;
    }),
  );
}

const GONE = {
  code: 'disc-needed' as const,
  message: 'The file was no longer in the library and could not be taken back',
  hint: 'Insert the disc again and retry; only what is missing is read.',
};

async function leaveInPlace(
  context: UndoOptions['context'],
  { id }: Title,
  { code, message, hint }: DiscflowError,
): Promise<StepResult> {
  await context.update((draft) => {
    for (const filing of draft.filings) if (filing.title === id) filing.state = 'filed';
    changeTitle(draft, id, (title) => {
      title.error = { code, message, hint };
    });
  });
  return { end: 'done' };
}

function unknownLibrary({ filed }: FiledTitle): DiscflowError {
  return new DiscflowError('library-missing', `There is no library "${filed.library}" any more`, {
    hint: `Add it to the configuration again to take back ${filed.path}.`,
  });
}
