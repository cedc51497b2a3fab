import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DiscflowError, systemCode } from '../errors.ts';

/**
 * Replaces a file so that after a crash at any instant either the old or the new content is there, whole:
 * write beside it, fsync, rename, fsync the folder.
 * Throws `state-full` when the disk is full; the old file is untouched then.
 */
export async function replaceDurably(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.new`;
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (isDiskFull(error)) throw diskFull(path, error);
    throw error;
  }
}

/** Makes renames and removals in a folder durable. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function isDiskFull(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'ENOSPC' || code === 'EDQUOT';
}

function diskFull(path: string, cause: unknown): DiscflowError {
  return new DiscflowError('state-full', `No space left to save ${path}`, {
    hint: `Free some space on the disk of ${dirname(path)}; everything goes on by itself then.`,
    cause,
    transient: true,
  });
}
