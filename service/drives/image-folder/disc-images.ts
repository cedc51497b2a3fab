import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** Ejected images go here; it is no disc itself. */
export const DONE_FOLDER = 'done';

const IMAGE_EXTENSIONS = new Set(['.iso', '.img']);
const DISC_FOLDERS = new Set(['VIDEO_TS', 'BDMV']);
const NEVER_A_DISC = /^\.|^done$|\.(part|crdownload|tmp)$/i;

export interface DiscImage {
  readonly name: string;
  /** Another one when the file was written to; for a folder, when its own list of names changed. */
  readonly stamp: string;
}

/**
 * What in a folder is a disc: image files, and folders that hold a disc's file tree.
 * Symbolic links count as what they lead to. Hidden names and unfinished downloads never count.
 */
export async function listDiscImages(folder: string): Promise<DiscImage[]> {
  const names = (await readdir(folder)).filter((name) => !NEVER_A_DISC.test(name));
  const found: DiscImage[] = [];
  for (const name of names) {
    const image = await discImage(folder, name);
    if (image !== null) found.push(image);
  }
  return found;
}

async function discImage(folder: string, name: string): Promise<DiscImage | null> {
  try {
    const about = await stat(join(folder, name));
    const isDisc = about.isFile()
      ? IMAGE_EXTENSIONS.has(extname(name).toLowerCase())
      : about.isDirectory() && (isDiscFolder(name) || (await holdsDisc(join(folder, name))));
    return isDisc ? { name, stamp: `${about.ino} ${about.size} ${about.mtimeMs}` } : null;
  } catch {
    // A link to nowhere or in a circle, a folder closed to us, or gone since it was listed.
    return null;
  }
}

async function holdsDisc(folder: string): Promise<boolean> {
  const names = await readdir(folder);
  return names.some((name) => isDiscFolder(name) || name.toUpperCase() === 'VIDEO_TS.IFO');
}

function isDiscFolder(name: string): boolean {
  return DISC_FOLDERS.has(name.toUpperCase());
}
