import { join } from 'node:path';
import type { Title } from '../contract/title.ts';
import { DiscflowError } from '../errors.ts';
import type { Filing, JobDocument } from '../jobs/document.ts';
import type { StepContext } from '../jobs/step.ts';
import type { ExistingPolicy } from './choose-target.ts';
import { exists, type FileFacts, fileFacts } from './file-facts.ts';
import type { Library } from './library.ts';

/** One title on its way into a library, and what is needed to bring it there. */
export interface Work {
  readonly context: StepContext;
  readonly title: Title;
  readonly library: Library;
  /** Root of the staging folder. */
  readonly staging: string;
  readonly existing: ExistingPolicy;
  readonly version: string;
  readonly freeSpace: (folder: string) => Promise<number>;
  readonly onBytes: (bytes: number) => void;
}

export interface Source extends FileFacts {
  readonly path: string;
}

/** The ripped file. Throws `staging-unavailable`, or `disc-needed` when just this file is gone. */
export async function sourceOf({ title, staging }: Work): Promise<Source> {
  const facts = title.file === null ? null : await fileFacts(title.file);
  if (title.file !== null && facts?.isFile) return { ...facts, path: title.file };
  if (!(await exists(staging))) throw stagingUnavailable(staging);
  throw new DiscflowError('disc-needed', `The ripped file of title ${title.id} is gone`, {
    hint: 'Insert the disc again and retry; only what is missing is read.',
  });
}

export function stagingUnavailable(staging: string): DiscflowError {
  return new DiscflowError('staging-unavailable', `The staging folder ${staging} is not there`, {
    hint: 'Mount or create it; the job goes on by itself.',
  });
}

/** Where a title is while it is copied. Named after its job, so that nobody removes what is not theirs. */
export function partPath(folder: string, job: string, title: string): string {
  return join(folder, `.${job}-${title}.discflow.part`);
}

/** The ripped file of a title. */
export function stagedPath(staging: string, job: string, title: string): string {
  return join(staging, job, `${title}.mkv`);
}

/** The title's entry in the job's list of filings. */
export function filingOf({ context, title }: Pick<Work, 'context' | 'title'>): Filing | undefined {
  return context.job().filings.find((filing) => filing.title === title.id);
}

/** Edits one title of a draft. */
export function changeTitle(draft: JobDocument, id: string, change: (title: Title) => void): void {
  for (const title of draft.titles) if (title.id === id) change(title);
}

/** How reservations and part files say whose they are. */
export function ownerOf({ context, title }: Pick<Work, 'context' | 'title'>): string {
  return `${context.job().id}/${title.id}`;
}
