import { userInfo } from 'node:os';
import type { JobSnapshot } from '../contract/job.ts';
import type { ProblemCode } from '../contract/problem.ts';
import type { Title } from '../contract/title.ts';
import { DiscflowError, systemCode, toProblem } from '../errors.ts';
import type { StepResult } from '../jobs/step.ts';
import { kindOf, type Library } from './library.ts';

/** Problems that pass when something outside changes: the job waits and goes on by itself. */
const WAITING: ReadonlySet<ProblemCode> = new Set([
  'library-full',
  'library-unavailable',
  'library-missing',
  'staging-full',
  'staging-unavailable',
]);
const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);
const FORBIDDEN: ReadonlySet<string> = new Set(['EACCES', 'EPERM']);
/** A file system that went away or read-only under us. */
const GONE: ReadonlySet<string> = new Set(
  'ENOENT ENOTDIR EIO ESTALE ENOTCONN EROFS ENODEV ENXIO EHOSTDOWN EHOSTUNREACH ETIMEDOUT'.split(
    ' ',
  ),
);

/** The end of a step after an error: waiting where that helps, failed otherwise. */
export function asStepResult(error: unknown): Exclude<StepResult, { end: 'done' }> {
  const problem = toProblem(error);
  if (WAITING.has(problem.code))
    return { end: 'blocked', code: problem.code, cause: problem.message, hint: problem.hint };
  return { end: 'failed', problem, transient: error instanceof DiscflowError && error.transient };
}

/** A system error from working in a library, in words for its owner; anything else as it is. */
export function libraryTrouble(error: unknown, library: Library): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  if (FULL.has(code)) return libraryFull(library, { cause: error });
  if (FORBIDDEN.has(code)) return forbidden(library, error);
  return GONE.has(code) ? unavailable(library, wordsOf(error), error) : error;
}

/** True for errors that come from a file system that is no longer there. */
export function looksGone(error: unknown): boolean {
  return GONE.has(systemCode(error) ?? '');
}

/** A library without room; with figures when it was seen before the copy was begun. */
export function libraryFull(
  { id, root }: Library,
  { needed, free, cause }: { needed?: number; free?: number; cause?: unknown } = {},
): DiscflowError {
  const figures =
    needed === undefined || free === undefined
      ? ''
      : `: ${inWords(needed)} are needed, ${inWords(free)} are free`;
  return new DiscflowError('library-full', `Library "${id}" is full (${root})${figures}`, {
    hint: `Free some space on the disk of ${root}; filing goes on by itself.`,
    cause,
  });
}

/** A library that is not there, not itself or not writable. */
export function unavailable(library: Library, why: string, cause?: unknown): DiscflowError {
  return new DiscflowError(
    'library-unavailable',
    `Library "${library.id}" is not available: ${why}`,
    {
      hint: `Mount ${library.root} again; filing goes on by itself.`,
      cause,
    },
  );
}

function forbidden(library: Library, error: unknown): DiscflowError {
  const path = error instanceof Error && 'path' in error ? String(error.path) : library.root;
  const message = `Library "${library.id}" does not let ${userInfo().username} write: ${path}`;
  return new DiscflowError('library-unavailable', message, {
    hint: `Give the user ${userInfo().username} the right to write below ${library.root}; filing goes on by itself.`,
    cause: error,
  });
}

/** No library takes this title. */
export function missingLibrary(
  job: Pick<JobSnapshot, 'library' | 'identity' | 'titles'>,
  title: Title,
): DiscflowError {
  if (job.library !== null)
    return new DiscflowError('library-missing', `There is no library "${job.library}"`, {
      hint: 'Choose another library for this job, or add this one to the configuration.',
    });
  const kind = kindOf(job, title);
  return new DiscflowError('library-missing', `There is no library for kind "${kind}"`, {
    hint: `Add a library of kind ${kind} to the configuration, or choose one for this job.`,
  });
}

/** The words of any thrown value. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** "4.3 GB", for people. */
export function inWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
