import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DiscflowError, systemCode } from '../errors.ts';
import type { Filing } from '../jobs/document.ts';
import { copyVerified } from './copy-verified.ts';
import { type FileFacts, fileFacts } from './file-facts.ts';
import { hashFile } from './hash-file.ts';
import type { Library } from './library.ts';
import { libraryDevice } from './marker.ts';
import { placeFile } from './place-file.ts';
import { settleFolder } from './settle-folder.ts';
import { inWords } from './trouble.ts';

export interface Back {
  /** Where the file is in the library. */
  readonly filed: string;
  /** Where it was ripped to and goes back to. */
  readonly staged: string;
  readonly library: Library;
  readonly signal: AbortSignal;
  readonly freeSpace: (folder: string) => Promise<number>;
}

/**
 * Moves a filed file back to staging: there first and whole, then away from the library. Resolves to its path, or null
 * when it is in neither place. Throws `target-exists` when another file has its name now, and `staging-full`.
 */
export async function takeBack(
  back: Back & { readonly filing: Filing; readonly isOurs: boolean },
): Promise<string | null> {
  const { filed, staged, library, filing, isOurs } = back;
  await libraryDevice(library);
  if (await isStaged(back, filing)) {
    if (isOurs) await removeFiled(filed);
    return staged;
  }
  const there = await fileFacts(filed);
  if (there === null) return null;
  if (!isOurs) throw changed(filed);
  await bring(back, there);
  await removeFiled(filed);
  return staged;
}

/** Brings a copy of a file that was in the library before us and stays there. */
export async function takeCopy(back: Back): Promise<string | null> {
  await libraryDevice(back.library);
  const there = await fileFacts(back.filed);
  if (there === null) return null;
  await copyToStaging(back, there);
  return back.staged;
}

/** A run before a crash may have brought it already. */
async function isStaged({ staged, signal }: Back, filing: Filing): Promise<boolean> {
  const facts = await fileFacts(staged);
  if (!facts?.isFile || facts.bytes !== filing.bytes) return false;
  return facts.inode === filing.inode || (await hashFile(staged, { signal })) === filing.sha256;
}

async function bring(back: Back, there: FileFacts): Promise<void> {
  const { filed, staged } = back;
  await rm(staged, { force: true });
  const placing = await placeFile({ from: filed, to: staged, owner: 'undo' });
  if (placing === 'placed') await settleFolder(dirname(staged));
  else await copyToStaging(back, there);
}

async function copyToStaging(back: Back, { bytes }: FileFacts): Promise<void> {
  const { filed, staged, signal, freeSpace } = back;
  const folder = dirname(staged);
  const part = `${staged}.discflow.part`;
  await rm(part, { force: true });
  const free = await freeSpace(folder);
  if (free < bytes) throw full(folder, `: ${inWords(bytes)} are needed, ${inWords(free)} are free`);
  const device = (await fileFacts(folder))?.device ?? 0;
  try {
    await copyVerified({ from: filed, to: part, device, signal, onBytes: () => undefined });
  } catch (error) {
    const code = systemCode(error);
    throw code === 'ENOSPC' || code === 'EDQUOT' ? full(folder, '', error) : error;
  }
  await rename(part, staged);
  await settleFolder(folder);
}

async function removeFiled(path: string): Promise<void> {
  await rm(path, { force: true });
  await settleFolder(dirname(path));
}

function full(folder: string, figures: string, cause?: unknown): DiscflowError {
  return new DiscflowError('staging-full', `The staging folder ${folder} is full${figures}`, {
    hint: 'Free some space there, then undo again.',
    cause,
  });
}

function changed(path: string): DiscflowError {
  return new DiscflowError('target-exists', `${path} was changed or replaced since it was filed`, {
    hint: 'It was left in the library. Remove it by hand if you do not want it.',
  });
}
