import type { Stats } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What changes while an image is still being written. */
export interface Measure {
  readonly bytes: number;
  /** Newest change of any file in it, milliseconds since 1970. */
  readonly modified: number;
}

/** Measures a file, or all files of a folder; null when it is gone or out of reach. */
export async function measure(path: string): Promise<Measure | null> {
  try {
    const about = await stat(path);
    return about.isDirectory() ? await measureFolder(path) : ofFile(about);
  } catch {
    return null;
  }
}

export function sameMeasure(a: Measure | null, b: Measure | null): boolean {
  return a?.bytes === b?.bytes && a?.modified === b?.modified;
}

/** Links inside a folder are measured themselves and not followed, so a circle of links ends. */
async function measureFolder(folder: string): Promise<Measure> {
  let sum: Measure = { bytes: 0, modified: 0 };
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const { bytes, modified } = entry.isDirectory()
      ? await measureFolder(path)
      : ofFile(await lstat(path));
    sum = { bytes: sum.bytes + bytes, modified: Math.max(sum.modified, modified) };
  }
  return sum;
}

function ofFile({ size, mtimeMs }: Stats): Measure {
  return { bytes: size, modified: Math.trunc(mtimeMs) };
}
