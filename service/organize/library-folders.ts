import { mkdir, readdir, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DiscflowError, systemCode } from '../errors.ts';
import { fileFacts } from './file-facts.ts';
import type { Library } from './library.ts';
import { libraryDevice } from './marker.ts';
import { unavailable } from './trouble.ts';

/** Two names that a case-insensitive or normalising file system takes for one have the same key. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase().normalize('NFC');
}

/** The names in a folder by their keys; empty when there is no such folder. */
export async function namesByKey(folder: string): Promise<Map<string, string>> {
  try {
    return new Map((await readdir(folder)).map((name) => [nameKey(name), name]));
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return new Map();
    throw error;
  }
}

/** Folders below the root, spelled as those that are there already: "the office" stays what it is. */
export async function spelledAsThere(root: string, folders: readonly string[]): Promise<string> {
  let path = root;
  for (const folder of folders)
    path = join(path, (await namesByKey(path)).get(nameKey(folder)) ?? folder);
  return path;
}

/**
 * Makes a folder of a library and those above it, one by one. Before each the library must be there, and each must lie
 * on its device. Throws `library-unavailable` and `target-exists`.
 */
export async function makeFolder(library: Library, folder: string): Promise<void> {
  if (folder === library.root) return;
  await makeFolder(library, dirname(folder));
  // Overlay file systems, which containers live on, give folders another device than files; looked at before the
  // marker, so that a library which goes away now does not count as its own root.
  const root = await fileFacts(library.root);
  const device = await libraryDevice(library);
  const isNew = await makeOne(folder);
  const facts = await fileFacts(folder);
  if (facts?.isFile) throw notAFolder(folder);
  if (facts?.device === device || facts?.device === root?.device) return;
  if (isNew) await rmdir(folder).catch(() => undefined);
  throw unavailable(library, `${folder} lies on another file system than the library's marker`);
}

async function makeOne(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Removes a folder and those above it while they are empty; never the root, never one with anything in it. */
export async function removeEmptyFolders(root: string, folder: string): Promise<void> {
  if (folder === root || !folder.startsWith(join(root, '/'))) return;
  try {
    await rmdir(folder);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return;
    if (code !== 'ENOENT') throw error;
  }
  await removeEmptyFolders(root, dirname(folder));
}

function notAFolder(folder: string): DiscflowError {
  return new DiscflowError('target-exists', `${folder} is a file where a folder is needed`, {
    hint: 'Move or rename that file, then retry.',
  });
}
