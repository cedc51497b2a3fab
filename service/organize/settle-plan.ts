import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Filing } from '../jobs/document.ts';
import { fileFacts } from './file-facts.ts';
import { hashFile } from './hash-file.ts';
import { libraryDevice } from './marker.ts';
import { clearReservation } from './place-file.ts';
import { restore } from './recycle.ts';
import { ownerOf, partPath, type Work } from './work.ts';

/**
 * Looks at what became of a plan that was not reported as done: a crash may have come at any instant.
 * Either its file has arrived, or everything is put back to where it was before the plan.
 */
export async function settlePlan(work: Work, filing: Filing): Promise<'arrived' | 'again'> {
  const { context, title, library, staging } = work;
  await libraryDevice(library);
  await clearReservation(filing.to, ownerOf(work));
  await rm(partPath(dirname(filing.to), context.job().id, title.id), { force: true });
  if (await hasArrived(filing, { staging, signal: context.signal })) return 'arrived';
  if (filing.recycled !== null) await restore(library, filing.to, filing.recycled);
  return 'again';
}

/** After a rename the file is known by its inode, after a copy by its content. */
export async function hasArrived(
  filing: Filing,
  { staging, signal }: { staging: string; signal: AbortSignal },
): Promise<boolean> {
  const there = await fileFacts(filing.to);
  if (!there?.isFile || there.bytes !== filing.bytes) return false;
  const home = await fileFacts(staging);
  if (home?.device === there.device && there.inode === filing.inode) return true;
  if (filing.sha256 === null) return false;
  return (await hashFile(filing.to, { signal })) === filing.sha256;
}
