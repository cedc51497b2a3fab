import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Id } from '../contract/values.ts';
import { DiscflowError } from '../errors.ts';
import type { Library } from '../organize/library.ts';
import { MARKER, setUpLibrary } from '../organize/marker.ts';
import { setUpNewLibraries } from '../organize/set-up-libraries.ts';
import { givenPath } from './given-path.ts';
import type { Settings } from './settings.ts';

/**
 * The libraries of a one-shot run: the named folder for films and series alike, else the configured ones.
 * Naming a folder makes it a library, but creates none: throws `library-unavailable` when it is missing and
 * `library-missing` when nothing says where files go.
 */
export async function librariesFor(
  { config, written }: Settings,
  folder: string | undefined,
): Promise<readonly Library[]> {
  if (folder !== undefined)
    return inFolder(givenPath(folder, { of: 'library', hint: 'Name a folder.' }), config.libraries);
  if (written && config.libraries.length > 0) {
    await setUpNewLibraries(config.libraries, config.state);
    return config.libraries;
  }
  throw new DiscflowError('library-missing', 'Nobody has said yet where films and series go', {
    hint: 'Name a folder with --library DIR, or let "discflow serve" write a configuration with libraries.',
  });
}

async function inFolder(root: string, configured: readonly Library[]): Promise<Library[]> {
  await checkFolder(root);
  const known = configured.filter((library) => library.root === root);
  const id = known[0]?.id ?? (await idOf(root)) ?? 'library';
  const of = (kind: 'movie' | 'tv') =>
    known.find((library) => library.kind === kind) ?? { id, kind, root };
  await setUpLibrary({ id, kind: 'movie', root });
  return [of('movie'), of('tv')];
}

async function checkFolder(root: string): Promise<void> {
  const isThere = await stat(root).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (isThere) return;
  throw new DiscflowError('library-unavailable', `There is no folder ${root}`, {
    hint: `Is its disk mounted? Discflow never creates a library. If the path is right: mkdir -p '${root}'`,
  });
}

/** A folder that is a library already keeps its id; null when it is none, or its marker says nothing. */
async function idOf(root: string): Promise<string | null> {
  try {
    const marker: unknown = JSON.parse(await readFile(join(root, MARKER), 'utf8'));
    return z.object({ id: Id }).parse(marker).id;
  } catch {
    return null;
  }
}
