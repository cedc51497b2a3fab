import type { Dirent } from 'node:fs';
import { opendir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../../errors.ts';
import { isSubtitleName } from '../names/reference-name.ts';
import type { SubtitleFile } from './subtitle-file.ts';

export interface SubtitleList {
  readonly files: readonly SubtitleFile[];
  /** What could not be looked into, in sentences. */
  readonly troubles: readonly string[];
}

const MOST_ENTRIES = 50_000;
const DEEPEST = 6;
const archive = /\.zip$/i;

/**
 * Every subtitle file below a folder and in the zip archives there. Folders that cannot be looked into are
 * troubles; throws the system error of the folder itself, and the reason of the signal.
 */
export async function listSubtitles(
  folder: string,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<SubtitleList> {
  const files: SubtitleFile[] = [];
  const troubles: string[] = [];
  const folders = [{ path: folder, relative: '', depth: 0 }];
  let left = MOST_ENTRIES;
  for (const { path, relative, depth } of folders) {
    for await (const entry of entriesOf(path, depth > 0 ? troubles : null)) {
      signal?.throwIfAborted();
      if (left-- <= 0) return { files: sorted(files), troubles: [...troubles, tooMany(folder)] };
      const below = { path: join(path, entry.name), relative: `${relative}${entry.name}` };
      if (entry.name.startsWith('.') || entry.name === '__MACOSX') continue;
      if (isSubtitleName(entry.name)) await addFile(below);
      else if (archive.test(entry.name)) await addArchive(below);
      else if ((entry.isDirectory() || entry.isSymbolicLink()) && depth < DEEPEST)
        folders.push({ ...below, relative: `${below.relative}/`, depth: depth + 1 });
    }
  }
  return { files: sorted(files), troubles };

  async function addFile({ path, relative }: { path: string; relative: string }): Promise<void> {
    const facts = await stat(path).catch(() => null);
    if (!facts?.isFile()) return;
    files.push({ path, relative, size: facts.size, read: () => readFile(path) });
  }

  async function addArchive({ path, relative }: { path: string; relative: string }): Promise<void> {
    const { listArchive } = await import('./archive.ts');
    try {
      const inside = await listArchive(path);
      const name = relative.replace(archive, '');
      files.push(...inside.map((file) => ({ ...file, relative: `${name}/${file.relative}` })));
    } catch {
      troubles.push(`${path} cannot be read: is it a whole zip archive?`);
    }
  }
}

/** Disks list folders in any order. */
function sorted(files: readonly SubtitleFile[]): SubtitleFile[] {
  return files.toSorted((a, b) => (a.relative < b.relative ? -1 : 1));
}

/** What has just gone, or is a link to a file, holds nothing. */
async function* entriesOf(path: string, troubles: string[] | null): AsyncGenerator<Dirent> {
  try {
    yield* await opendir(path, { bufferSize: 256 });
  } catch (error) {
    const code = systemCode(error);
    if (troubles === null || code === undefined) throw error;
    if (code !== 'ENOENT' && code !== 'ENOTDIR')
      troubles.push(`The folder ${path} cannot be read (${code})`);
  }
}

function tooMany(folder: string): string {
  return `${folder} holds more than ${MOST_ENTRIES} files; those beyond were not looked at`;
}
