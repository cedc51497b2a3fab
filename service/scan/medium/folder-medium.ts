import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { DiscflowError } from '../../errors.ts';
import { cleanLabel } from '../label.ts';
import type { Medium } from './medium.ts';
import { readFailure } from './read-failure.ts';

const discFolders = ['VIDEO_TS', 'AUDIO_TS', 'BDMV', 'AACS', 'BDSVM'];
/** BDMV/META/DL/x.xml is the deepest file of a disc. */
const maximumDepth = 3;

interface FolderFile {
  path: string;
  real: string;
  bytes: number;
}

/**
 * Opens a folder that holds VIDEO_TS or BDMV, or is one of them, whatever the case of its names.
 * Throws `not-a-disc` for any other folder.
 */
export async function openFolder(path: string): Promise<Medium> {
  const root = discRoot(resolve(path));
  const files: FolderFile[] = [];
  for (const name of await names(root)) {
    const folder = name.toUpperCase();
    if (discFolders.includes(folder)) await collect(files, join(root, name), folder, 1);
  }
  if (files.length === 0) throw notADiscFolder(path);
  const byPath = new Map(files.map((file) => [file.path, file]));
  const { read, close } = openOnDemand(byPath);
  return {
    source: path,
    origin: 'folder',
    label: cleanLabel(basename(root)),
    files: files.map(({ path, bytes }) => ({ path, bytes })),
    read,
    localPath: (path) => byPath.get(path)?.real,
    close,
  };
}

function discRoot(path: string): string {
  return discFolders.includes(basename(path).toUpperCase()) ? dirname(path) : path;
}

async function names(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    throw readFailure(error, folder);
  }
}

/** Of names that differ only in case the first one counts. */
async function collect(files: FolderFile[], folder: string, path: string, depth: number) {
  const taken = new Set<string>();
  for (const name of await names(folder)) {
    const filePath = `${path}/${name.toUpperCase()}`;
    const real = join(folder, name);
    const stats = await stat(real).catch(() => undefined);
    if (stats === undefined || taken.has(filePath)) continue;
    taken.add(filePath);
    if (stats.isFile()) files.push({ path: filePath, real, bytes: stats.size });
    if (stats.isDirectory() && depth < maximumDepth)
      await collect(files, real, filePath, depth + 1);
  }
}

function openOnDemand(byPath: ReadonlyMap<string, FolderFile>): Pick<Medium, 'read' | 'close'> {
  const handles = new Map<string, Promise<FileHandle>>();
  return {
    async read(path, position, into) {
      const file = byPath.get(path);
      if (file === undefined || position + into.length > file.bytes) throw tooShort(path);
      const opened = handles.get(path) ?? open(file.real);
      handles.set(path, opened);
      try {
        await fill(await opened, position, into, path);
      } catch (error) {
        throw readFailure(error, path);
      }
    },
    async close() {
      const opened = await Promise.allSettled(handles.values());
      handles.clear();
      for (const result of opened) if (result.status === 'fulfilled') await result.value.close();
    },
  };
}

async function fill(handle: FileHandle, position: number, into: Buffer, path: string) {
  let filled = 0;
  while (filled < into.length) {
    const rest = into.length - filled;
    const { bytesRead } = await handle.read(into, filled, rest, position + filled);
    if (bytesRead === 0) throw tooShort(path);
    filled += bytesRead;
  }
}

function tooShort(path: string): DiscflowError {
  return new DiscflowError('read-error', `${path} is shorter than the disc's structure says.`, {
    hint: 'The copy is incomplete: copy the disc again.',
  });
}

function notADiscFolder(path: string): DiscflowError {
  return new DiscflowError('not-a-disc', `${basename(path)} is not a disc's folder.`, {
    hint: 'A disc folder holds VIDEO_TS or BDMV, or is one of them itself.',
  });
}
