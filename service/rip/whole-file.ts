import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../store/durable-file.ts';

/** Where a file grows until it is whole. */
export function partOf(name: string): string {
  return `${name}.part`;
}

/** Gives a finished file its name, once it is on the disk for good: a file with that name is whole. */
export async function nameWhole(part: string, name: string): Promise<void> {
  const file = await open(part, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, name);
  await syncFolder(dirname(name));
}
