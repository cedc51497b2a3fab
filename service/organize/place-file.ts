import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { systemCode } from '../errors.ts';
import { fileFacts } from './file-facts.ts';

const NO_HARD_LINKS: ReadonlySet<string> = new Set(
  'EPERM ENOTSUP EOPNOTSUPP ENOSYS EMLINK'.split(' '),
);

export type Placing = 'placed' | 'taken' | 'other-device';

interface Place {
  readonly from: string;
  readonly to: string;
  /** Who files it; written into a reservation, to know it again after a crash. */
  readonly owner: string;
}

/**
 * Gives a file its final name in one atomic act that never replaces another file. With hard links `from` stays, for
 * the caller to remove when the new name is on record; without them it is gone.
 */
export async function placeFile(place: Place): Promise<Placing> {
  try {
    await link(place.from, place.to);
    return 'placed';
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (code === 'EEXIST') return 'taken';
    if (code === 'EXDEV') return 'other-device';
    if (NO_HARD_LINKS.has(code)) return renameOverReservation(place);
    throw error;
  }
}

/** exFAT and some network shares have no hard links: reserve the name exclusively, then rename over our own file. */
async function renameOverReservation({ from, to, owner }: Place): Promise<Placing> {
  try {
    const file = await open(to, 'wx');
    await file.writeFile(reservation(owner)).finally(() => file.close());
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return 'taken';
    throw error;
  }
  try {
    await rename(from, to);
    return 'placed';
  } catch (error) {
    await clearReservation(to, owner);
    if (systemCode(error) === 'EXDEV') return 'other-device';
    throw error;
  }
}

/** Removes a reservation that a crash left behind, and nothing else. */
export async function clearReservation(path: string, owner: string): Promise<void> {
  const text = reservation(owner);
  const facts = await fileFacts(path);
  if (!facts?.isFile || facts.bytes !== Buffer.byteLength(text)) return;
  if ((await readFile(path, 'utf8')) === text) await rm(path, { force: true });
}

function reservation(owner: string): string {
  return `This name is reserved by Discflow for ${owner}.\n`;
}
