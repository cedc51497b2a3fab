import { rename, rm } from 'node:fs/promises';
import { dirname, join, parse, relative } from 'node:path';
import { exists, fileFacts } from './file-facts.ts';
import type { Library } from './library.ts';
import { makeFolder, removeEmptyFolders } from './library-folders.ts';
import { type Placing, placeFile } from './place-file.ts';
import { settleFolder } from './settle-folder.ts';
import { sidecarPath } from './sidecar.ts';

const RECYCLE_FOLDER = '.discflow-recycle';

/** Where a replaced file is kept: `.discflow-recycle/2026-11-04/<its path in the library>`. */
export async function recyclePath(library: Library, path: string, now: Date): Promise<string> {
  const date = now.toISOString().slice(0, 10);
  const plain = join(library.root, RECYCLE_FOLDER, date, relative(library.root, path));
  const { dir, name, ext } = parse(plain);
  let free = plain;
  for (let copy = 2; await exists(free); copy += 1) free = join(dir, `${name} (${copy})${ext}`);
  return free;
}

/** Moves a file, and our sidecar of it, into the recycle folder. */
export async function recycle(library: Library, path: string, into: string): Promise<void> {
  await makeFolder(library, dirname(into));
  await moveWithSidecar(path, into);
}

/** Puts a recycled file back, unless its place has been taken. */
export async function restore(library: Library, path: string, recycled: string): Promise<void> {
  const [old, kept] = [await fileFacts(path), await fileFacts(recycled)];
  // A crash while it was moved leaves both names of one file.
  if (old && kept && old.inode === kept.inode && old.device === kept.device)
    await rm(recycled, { force: true });
  if (old === null && kept !== null) {
    await makeFolder(library, dirname(path));
    await moveWithSidecar(recycled, path);
  }
  await removeEmptyFolders(library.root, dirname(recycled));
}

async function moveWithSidecar(from: string, to: string): Promise<Placing> {
  const placing = await placeFile({ from, to, owner: 'the recycle folder' });
  if (placing !== 'placed') return placing;
  if (await exists(sidecarPath(from))) await rename(sidecarPath(from), sidecarPath(to));
  await settleFolder(dirname(to));
  await rm(from, { force: true });
  await settleFolder(dirname(from));
  return placing;
}
