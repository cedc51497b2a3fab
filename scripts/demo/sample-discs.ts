import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../examples/discs', import.meta.url));

/** Subtitles of the episodes, of which three are on no disc. */
export const references = join(folder, 'references');

/** File names of the discs that come with Discflow. */
export async function sampleDiscs(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.iso')).sort();
}

/** Copies them where a drive takes its discs from. */
export async function insert(discs: readonly string[], imageFolder: string): Promise<void> {
  for (const disc of discs) await copyFile(join(folder, disc), join(imageFolder, disc));
}
