import { mkdir } from 'node:fs/promises';
import type { Library } from './library.ts';
import { setUpLibrary } from './marker.ts';

/** The libraries that a first start offers: the only time that a root folder is created. */
export async function setUpFirstLibraries(libraries: readonly Library[]): Promise<void> {
  for (const library of libraries) {
    await mkdir(library.root, { recursive: true });
    await setUpLibrary(library);
  }
}
