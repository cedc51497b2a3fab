import { lstat, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DiscflowError } from '../../service/errors.ts';
import { lockState } from '../../service/store/lock.ts';

/** Says that the folder is ours to empty. */
const MARKER = '.discflow-demo';
const LOCK = '.lock';

/**
 * Empties the folder of the last demo, or makes a new one. Throws `config-invalid` for a folder that no demo
 * made, and `state-locked` while another demo uses it.
 * @returns what lets go of the folder
 */
export async function takeDemoFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const entries = await readdir(folder);
  const isOurs = entries.length === 0 || entries.includes(MARKER);
  if (!isOurs || !(await lstat(folder)).isDirectory()) throw foreign(folder);
  await writeFile(join(folder, MARKER), 'The next demo deletes everything in this folder.\n');
  const release = await lock(folder);
  for (const entry of entries.filter((name) => name !== MARKER && name !== LOCK))
    await rm(join(folder, entry), { recursive: true });
  return release;
}

async function lock(folder: string): Promise<() => Promise<void>> {
  try {
    return await lockState(join(folder, LOCK));
  } catch (cause) {
    if (!(cause instanceof DiscflowError) || cause.code !== 'state-locked') throw cause;
    throw new DiscflowError('state-locked', `Another demo runs in ${folder}`, {
      hint: 'End it first, with Ctrl-C in its terminal.',
      cause,
    });
  }
}

function foreign(folder: string): DiscflowError {
  return new DiscflowError(
    'config-invalid',
    `${folder} was not made by a demo, and a demo deletes what is in its folder`,
    { hint: 'Move it away, or name an empty folder with --folder.' },
  );
}
