import { access } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { JobDocument } from '../jobs/document.ts';
import type { Library } from '../organize/library.ts';
import type { Pipeline } from '../pipeline.ts';
import { inspectDisc } from '../scan/inspect-disc.ts';
import { DiscMemory } from '../store/disc-memory.ts';

interface Known {
  state: string;
  pipeline: Pipeline;
  libraries: readonly Library[];
}

/**
 * The job that brought this disc whole into these libraries, when all its files are still there; else null.
 * The same command again then costs nothing, and a file that was removed is ripped again.
 */
export async function arrivedBefore(
  source: string,
  { state, pipeline, libraries }: Known,
): Promise<JobDocument | null> {
  const { fingerprint } = await inspectDisc(source);
  if (fingerprint === null) return null;
  const id = (await new DiscMemory(join(state, 'discs')).find(fingerprint))?.job;
  if (id === undefined) return null;
  const job = pipeline.book.get(id) ?? (await pipeline.store.readArchived(id));
  if (job?.outcome !== 'complete') return null;
  const files = job.titles.flatMap(({ filed }) => filed?.path ?? []);
  const inPlace = await Promise.all(files.map((file) => isIn(libraries, file)));
  return files.length > 0 && inPlace.every(Boolean) ? job : null;
}

async function isIn(libraries: readonly Library[], file: string): Promise<boolean> {
  if (!libraries.some(({ root }) => file.startsWith(root + sep))) return false;
  return access(file).then(
    () => true,
    () => false,
  );
}
