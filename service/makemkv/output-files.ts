import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../errors.ts';
import type { MakeMkvTitle } from './listing.ts';

/** The files below a folder with their sizes in bytes, by path within it. */
export async function measureFiles(folder: string): Promise<Map<string, number>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const sizes = new Map<string, number>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await sizeOf(path);
    if (bytes !== null) sizes.set(path.slice(folder.length + 1), bytes);
  }
  return sizes;
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Which title each file is: by its suggested name when no two titles share one, else by the index that its name ends
 * with. Never by its place in the folder: numbers may have gaps. Files that nobody can tell are left out.
 */
export function titlesOfFiles(
  files: Iterable<string>,
  titles: readonly MakeMkvTitle[],
): Map<string, MakeMkvTitle> {
  const found = new Map<string, MakeMkvTitle>();
  for (const file of files) {
    const byName = titles.filter(({ outputFile }) => outputFile === file);
    const index = /_t(\d{2,4})\.mkv$/i.exec(file)?.[1];
    const byIndex = titles.filter((title) => title.index === Number(index));
    const [title, other] = byName.length > 0 ? byName : byIndex;
    if (title && !other) found.set(file, title);
  }
  const owners = [...found.values()];
  for (const [file, title] of found)
    if (owners.filter((owner) => owner === title).length > 1) found.delete(file);
  return found;
}
