import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { z } from 'zod';
import { DiscflowError } from '../errors.ts';
import { jsonFile } from '../store/json-file.ts';
import { exists } from './file-facts.ts';
import type { Library } from './library.ts';
import { MARKER, setUpLibrary } from './marker.ts';

/** The libraries that were set up once, and where. */
const Known = z.object({
  v: z.literal(1),
  libraries: z.array(z.object({ id: z.string(), root: z.string() })),
});

interface NewLibraries {
  readonly added: readonly Library[];
  readonly problems: readonly DiscflowError[];
}

/** The libraries that a first start offers: the only time that a root folder is created. */
export async function setUpFirstLibraries(libraries: readonly Library[]): Promise<void> {
  for (const library of libraries) {
    await mkdir(library.root, { recursive: true });
    await setUpLibrary(library);
  }
}

/**
 * Sets up the libraries that somebody has added to the configuration. Each root only once: one that was set up and
 * has no marker now is a mount point without its disk. Throws `state-damaged`.
 */
export async function setUpNewLibraries(
  libraries: readonly Library[],
  state: string,
): Promise<NewLibraries> {
  const file = new Low(jsonFile(join(state, 'libraries.json'), Known), { v: 1, libraries: [] });
  await file.read();
  const known = file.data.libraries;
  const isKnown = ({ id, root }: Library) =>
    known.some((other) => other.id === id && other.root === root);
  const unknown = libraries.filter((library) => !isKnown(library));
  const added: Library[] = [];
  const problems: DiscflowError[] = [];
  for (const library of unknown)
    try {
      if (await isSetUpNow(library)) added.push(library);
      known.push({ id: library.id, root: library.root });
    } catch (error) {
      if (!(error instanceof DiscflowError)) throw error;
      problems.push(error);
    }
  if (unknown.length === problems.length) return { added, problems };
  await mkdir(state, { recursive: true });
  await file.write();
  return { added, problems };
}

/** False when the folder was this library before. Throws as `setUpLibrary` does. */
async function isSetUpNow(library: Library): Promise<boolean> {
  const { id, root } = library;
  if (!(await exists(root)))
    throw new DiscflowError('library-unavailable', `Library "${id}" has no folder ${root}`, {
      hint: `Mount its disk, or create the folder (mkdir -p '${root}'); then start Discflow again.`,
    });
  const isNew = !(await exists(join(root, MARKER)));
  await setUpLibrary(library);
  return isNew;
}
