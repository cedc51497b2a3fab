import { constants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { At, Id } from '../contract/values.ts';
import { DiscflowError, systemCode } from '../errors.ts';
import { exists } from './file-facts.ts';
import type { Library } from './library.ts';
import { libraryTrouble, looksGone, unavailable, wordsOf } from './trouble.ts';
import { writeBeside } from './write-beside.ts';

/**
 * Lies in the root of every library. A mount point whose disk is not mounted has none, and so nothing is ever
 * written beside the library.
 */
export const MARKER = '.discflow-library.json';

const Marker = z.object({ v: z.literal(1), id: Id, kind: z.string(), created: At });

export type LibraryCheck =
  | { readonly state: 'ok'; readonly device: number }
  | { readonly state: 'blocked'; readonly problem: DiscflowError };

/**
 * Writes the marker that makes an existing folder a library; does nothing when it is there. Throws
 * `library-unavailable` when the folder is missing or read-only and `config-invalid` when it is another library.
 */
export async function setUpLibrary({ id, kind, root }: Library): Promise<void> {
  const library = { id, kind, root };
  if (await exists(join(root, MARKER))) return refuseForeign(library);
  try {
    const created = new Date().toISOString();
    await writeBeside(join(root, MARKER), `${JSON.stringify({ v: 1, id, kind, created })}\n`);
  } catch (error) {
    throw libraryTrouble(error, library);
  }
}

async function refuseForeign(library: Library): Promise<void> {
  const marker = await readMarker(library);
  if (marker.id === library.id) return;
  throw new DiscflowError(
    'config-invalid',
    `${library.root} is library "${marker.id}" already and cannot become "${library.id}"`,
    { hint: `Give the library its old id back, or remove ${join(library.root, MARKER)} first.` },
  );
}

/** Says whether a library is there, itself and writable, and on which device (`st_dev`). */
export async function checkLibrary(library: Library): Promise<LibraryCheck> {
  try {
    return { state: 'ok', device: await libraryDevice(library) };
  } catch (error) {
    if (error instanceof DiscflowError) return { state: 'blocked', problem: error };
    throw error;
  }
}

/** The device of a library that is there, itself and writable. Throws `library-unavailable`. */
export async function libraryDevice(library: Library): Promise<number> {
  const marker = await readMarker(library);
  if (marker.id !== library.id)
    throw unavailable(library, `its folder holds library "${marker.id}"`);
  try {
    await access(library.root, constants.W_OK);
    return (await stat(join(library.root, MARKER))).dev;
  } catch (error) {
    throw libraryTrouble(error, library);
  }
}

async function withoutMarker({ id, root }: Library, cause: unknown): Promise<DiscflowError> {
  const isThere = await exists(root);
  const missing = isThere ? `${MARKER} in ${root}` : `folder ${root}`;
  const message = `Library "${id}" is not available: there is no ${missing}`;
  const first = isThere ? '' : `Create it (mkdir -p '${root}'): `;
  const hint = `Mount ${root} again; filing goes on by itself. Is it new in the configuration? ${first}Discflow sets it up when it starts.`;
  return new DiscflowError('library-unavailable', message, { hint, cause });
}

async function readMarker(library: Library): Promise<z.infer<typeof Marker>> {
  const path = join(library.root, MARKER);
  try {
    return Marker.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') throw await withoutMarker(library, error);
    if (systemCode(error) !== undefined) throw libraryTrouble(error, library);
    throw unavailable(library, `${path} is damaged (${wordsOf(error).slice(0, 200)})`, error);
  }
}

/**
 * What an error from working in a library means. One that looks as if its disk had gone is believed only when the
 * marker has gone too; otherwise it may pass on its own.
 */
export async function explainLibraryError(error: unknown, library: Library): Promise<unknown> {
  const explained = libraryTrouble(error, library);
  if (explained === error || !(explained instanceof DiscflowError)) return error;
  if (!looksGone(error)) return explained;
  const check = await checkLibrary(library);
  if (check.state === 'blocked') return check.problem;
  return new DiscflowError('library-unavailable', explained.message, {
    hint: `Check the disk and the folders of ${library.root}; filing goes on by itself.`,
    cause: error,
  });
}
