import { lstat, mkdir, rename } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { systemCode } from '../errors.ts';
import { DONE_FOLDER } from './disc-images.ts';

/**
 * Moves an image into `done/` beside it, as "name (2).iso" when that name is taken.
 * An image that is gone already is fine. Throws what the file system says.
 */
export async function moveToDone(folder: string, name: string): Promise<void> {
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
