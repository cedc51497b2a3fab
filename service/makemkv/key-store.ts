import { chown, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemCode } from '../errors.ts';
import { replaceDurably } from '../store/durable-file.ts';
import { settingsFile, updateSettings } from './settings-file.ts';

/** The key has a file of its own, because MakeMKV writes its settings anew whenever it ends. */
function keyFile(home: string): string {
  return join(home, 'key');
}

/** The key that was given to this service, or null. Throws system errors. */
export async function storedKey(home: string): Promise<string | null> {
  try {
    return (await readFile(keyFile(home), 'utf8')).trim() || null;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Gives the service a key from now on, and MakeMKV at its next start; nobody else may read it.
 * False when it has this one already. Throws system errors, and `state-full`.
 */
export async function storeKey(home: string, key: string): Promise<boolean> {
  const isNew = (await storedKey(home)) !== key;
  await mkdir(home, { recursive: true, mode: 0o700 });
  if (isNew) await replaceDurably(keyFile(home), `${key}\n`);
  await putKeyIntoSettings(home);
  await keepOwner(home);
  return isNew;
}

/** Puts the key back where MakeMKV looks for it: it takes one out that it does not like. */
export async function putKeyIntoSettings(home: string): Promise<void> {
  const key = await storedKey(home);
  if (key !== null) await updateSettings(home, { app_Key: key });
}

/** An administrator may enter the key: the files still belong to the user of the service. */
async function keepOwner(home: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(dirname(home));
  const settings = settingsFile(home);
  for (const path of [home, keyFile(home), dirname(settings), settings])
    await chown(path, uid, gid);
}
