import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { systemCode } from '../../../../errors.ts';
import type { HubFile } from './hub.ts';

/** A hash that is ready for the bytes of a file. */
export function hashFor({ hash, size }: HubFile): Hash {
  return hash.kind === 'sha256'
    ? createHash('sha256')
    : createHash('sha1').update(`blob ${size}\0`);
}

/** What is wrong with a file on disk; null when it is the one of the hub. */
export async function wrongWith(file: HubFile, path: string): Promise<string | null> {
  try {
    const { size } = await stat(path);
    if (size !== file.size) return `has ${size} instead of ${file.size} bytes`;
    const hash = hashFor(file);
    for await (const chunk of createReadStream(path)) hash.update(chunk);
    return hash.digest('hex') === file.hash.hex ? null : 'is damaged';
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 'is missing';
    throw error;
  }
}
