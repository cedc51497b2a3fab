import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { settleFolder } from './settle-folder.ts';

/** Writes a small hidden file of ours into a library, whole or not at all, readable like its neighbours. */
export async function writeBeside(path: string, content: string): Promise<void> {
  const temporary = join(dirname(path), `${basename(path)}.part`);
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await settleFolder(dirname(path));
}
