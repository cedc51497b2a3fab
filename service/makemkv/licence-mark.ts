import { createHash } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import { storedKey } from './key-store.ts';

interface Licensed {
  /** Of MakeMKV. */
  home: string;
  /** Path of the program, or null when there is none. */
  program: string | null;
}

/** A text that is another one as soon as there is another key or another program; shows neither. */
export async function licenceMark({ home, program }: Licensed): Promise<string> {
  const key = (await storedKey(home).catch(() => null)) ?? '';
  const mark = createHash('sha256').update(key).digest('hex');
  return `${mark} ${program === null ? '' : await programMark(program).catch(() => '')}`;
}

/** An update replaces the file, or what a link or a wrapper beside it points to. */
async function programMark(path: string): Promise<string> {
  const real = await realpath(path);
  const { ino, size, mtimeMs } = await stat(real);
  return [real, ino, size, mtimeMs].join(' ');
}
