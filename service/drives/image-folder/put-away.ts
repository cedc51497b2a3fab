import { lstat, mkdir, rename } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { systemCode } from '../../errors.ts';
import { DONE_FOLDER } from './disc-images.ts';
import { ejectFailed } from './folder-problems.ts';

/** Move an ejected image into `done/`, only remember it, or move it unless the folder is read-only. */
export type EjectTo = 'done-folder' | 'remember' | 'auto';

interface PutAway {
  readonly folder: string;
  readonly name: string;
  readonly ejectTo: EjectTo;
}

const READ_ONLY = new Set(['EROFS', 'EACCES', 'EPERM']);

/**
 * Puts an ejected image out of the way, or says that it stays where it is. One that is gone already is fine.
 * Throws `eject-failed`.
 */
export async function putAway({ folder, name, ejectTo }: PutAway): Promise<'moved' | 'stays'> {
  if (ejectTo === 'remember') return 'stays';
  try {
    await moveToDone(folder, name);
    return 'moved';
  } catch (error) {
    if (ejectTo === 'auto' && READ_ONLY.has(systemCode(error) ?? '')) return 'stays';
    throw ejectFailed(folder, name, error);
  }
}

/** Moves an image into `done/` beside it, as "name (2).iso" when that name is taken. */
async function moveToDone(folder: string, name: string): Promise<void> {
  if (!(await exists(join(folder, name)))) return;
  const done = join(folder, DONE_FOLDER);
  await mkdir(done).catch(unlessThere);
  await rename(join(folder, name), await freePath(done, name));
}

function unlessThere(error: unknown): void {
  if (systemCode(error) !== 'EEXIST') throw error;
}

async function freePath(folder: string, name: string): Promise<string> {
  const { name: stem, ext } = parse(name);
  let path = join(folder, name);
  for (let copy = 2; await exists(path); copy++) path = join(folder, `${stem} (${copy})${ext}`);
  return path;
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}
