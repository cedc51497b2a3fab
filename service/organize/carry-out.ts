import { open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Filing } from '../jobs/document.ts';
import { copyVerified } from './copy-verified.ts';
import { hashFile } from './hash-file.ts';
import { makeFolder } from './library-folders.ts';
import { libraryDevice } from './marker.ts';
import { type Placing, placeFile } from './place-file.ts';
import { checkSpace } from './plan-filing.ts';
import { recycle } from './recycle.ts';
import { settleFolder } from './settle-folder.ts';
import { ownerOf, partPath, type Source, type Work } from './work.ts';

/**
 * Brings a planned file to its place: by a new name for the same file where that works, else by a verified copy under
 * a hidden name first. The source stays. Resolves to its SHA-256, or null when the name was taken meanwhile.
 */
export async function carryOut(work: Work, filing: Filing, source: Source): Promise<string | null> {
  await makeFolder(work.library, dirname(filing.to));
  if (source.device === (await libraryDevice(work.library))) {
    const sha256 = await settledHash(source.path, work.context.signal);
    const placing = await place(work, filing, source.path);
    if (placing !== 'other-device') return placing === 'placed' ? sha256 : null;
  }
  return placeCopy(work, filing, source);
}

/** A file that gets its name in the library must be on the disk before, not only in memory. */
async function settledHash(path: string, signal: AbortSignal): Promise<string> {
  const file = await open(path, 'r');
  try {
    const [sha256] = await Promise.all([hashFile(path, { signal }), file.sync()]);
    return sha256;
  } finally {
    await file.close();
  }
}

async function placeCopy(work: Work, filing: Filing, source: Source): Promise<string | null> {
  const { context, title, library } = work;
  const part = partPath(dirname(filing.to), context.job().id, title.id);
  await checkSpace(work, source.bytes);
  const sha256 = await copyVerified({
    from: source.path,
    to: part,
    device: await libraryDevice(library),
    signal: context.signal,
    onBytes: work.onBytes,
  });
  await context.update((draft) => {
    for (const entry of draft.filings) if (entry.title === title.id) entry.sha256 = sha256;
  });
  const placing = await place(work, filing, part);
  if (placing === 'placed') await rm(part, { force: true });
  return placing === 'placed' ? sha256 : null;
}

async function place(work: Work, { to, recycled }: Filing, from: string): Promise<Placing> {
  if (recycled !== null) await recycle(work.library, to, recycled);
  await libraryDevice(work.library);
  const placing = await placeFile({ from, to, owner: ownerOf(work) });
  if (placing === 'placed') await settleFolder(dirname(to));
  return placing;
}
