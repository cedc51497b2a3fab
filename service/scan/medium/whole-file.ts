import { damagedStructure } from '../structure.ts';
import type { Medium } from './medium.ts';

/** No structure file that we have heard of has more than 2 MiB; a longer one is cut here and judged by what it says. */
const maximumBytes = 8 * 1024 * 1024;

/** A small file as a whole. Throws `disc-unreadable` where it is missing or shorter than `atLeast`. */
export async function readWholeFile(
  medium: Medium,
  path: string,
  { atLeast = 1 } = {},
): Promise<Buffer> {
  const file = medium.files.find((candidate) => candidate.path === path);
  if (file === undefined || file.bytes < atLeast) throw damagedStructure(`${path} is missing`);
  const data = Buffer.alloc(Math.min(file.bytes, maximumBytes));
  await medium.read(path, 0, data);
  return data;
}
