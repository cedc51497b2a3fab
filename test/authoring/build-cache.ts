import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCES = fileURLToPath(new URL('.', import.meta.url));
const CACHE = fileURLToPath(new URL('../../.cache/discs', import.meta.url));
const DAY_MS = 24 * 60 * 60 * 1000;

interface Build {
  name: string;
  /** What it is made from, beside the sources that make it. */
  spec: unknown;
  /** Folders below this one with the sources that make it; '' is this one. */
  sources: readonly string[];
  build(folder: string): Promise<unknown>;
}

/**
 * A folder that was built before from the same sources, or is built now. Two processes may build
 * the same one at once; the first to finish wins, both use its folder.
 */
export async function cachedBuild({ name, spec, sources, build }: Build): Promise<string> {
  const entry = join(CACHE, `${name}-${await cacheKey(spec, sources)}`);
  if (await exists(entry)) return entry;
  await mkdir(CACHE, { recursive: true });
  await removeOld(name);
  const unfinished = `${entry}.${process.pid}.tmp`;
  try {
    await build(unfinished);
    await rename(unfinished, entry).catch(async (error) => {
      if (!(await exists(entry))) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return entry;
}

async function cacheKey(spec: unknown, sources: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(spec));
  for (const folder of sources)
    for (const file of (await readdir(join(SOURCES, folder))).sort())
      if (file.endsWith('.ts')) hash.update(await readFile(join(SOURCES, folder, file)));
  return hash.digest('hex').slice(0, 16);
}

/** Removes what older sources made, unless somebody may still be reading it. */
async function removeOld(name: string): Promise<void> {
  for (const entry of await readdir(CACHE)) {
    const path = join(CACHE, entry);
    const status = await stat(path).catch(() => undefined);
    if (status && entry.startsWith(`${name}-`) && Date.now() - status.mtimeMs > DAY_MS)
      await rm(path, { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
