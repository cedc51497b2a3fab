import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AuthoredDisc, authorDvd } from './author-dvd.ts';
import { missingAuthoringPackages } from './authoring-tools.ts';
import { READY_MADE } from './ready-made-specs.ts';
import type { DiscSpec } from './spec.ts';
import type { DiscTruth } from './truth.ts';

export type ReadyMadeName = keyof typeof READY_MADE;

const SOURCES = fileURLToPath(new URL('.', import.meta.url));
const CACHE = fileURLToPath(new URL('../../.cache/discs', import.meta.url));
const DAY_MS = 24 * 60 * 60 * 1000;

/** Longest time that making a small disc may take on a slow machine. */
const BUILD_MS = 180_000;

async function cacheKey(spec: DiscSpec): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(spec));
  for (const file of (await readdir(SOURCES)).sort())
    if (file.endsWith('.ts')) hash.update(await readFile(join(SOURCES, file)));
  return hash.digest('hex').slice(0, 16);
}

async function readCached(entry: string, label: string): Promise<AuthoredDisc | undefined> {
  const text = await readFile(join(entry, 'truth.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const truth: DiscTruth = JSON.parse(text);
  return { image: join(entry, `${label}.iso`), folder: join(entry, label), truth };
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

/** Two processes may build the same disc at once; the first to finish wins, both use its disc. */
async function build(name: string, spec: DiscSpec, entry: string): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  await removeOld(name);
  const unfinished = `${entry}.${process.pid}.tmp`;
  try {
    await authorDvd(spec, { folder: unfinished });
    await rename(unfinished, entry).catch(async (error) => {
      if (!(await readCached(entry, spec.label))) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function findOrBuild(name: ReadyMadeName): Promise<AuthoredDisc> {
  const spec = READY_MADE[name];
  const entry = join(CACHE, `${name}-${await cacheKey(spec)}`);
  const cached = await readCached(entry, spec.label);
  if (cached) return cached;
  await build(name, spec, entry);
  const built = await readCached(entry, spec.label);
  if (!built) throw new Error(`the disc "${name}" was not built`);
  return built;
}

const asked = new Map<ReadyMadeName, Promise<AuthoredDisc>>();

/**
 * A ready-made disc, built when it is not in the cache yet (`tv` and `film` some 10 s, `big` a
 * minute). Read-only for its users: copy it before changing it.
 */
export function authoredDisc(name: ReadyMadeName): Promise<AuthoredDisc> {
  const disc = asked.get(name) ?? findOrBuild(name);
  asked.set(name, disc);
  return disc;
}

/** `authoredDisc` in a `before` hook or test, which is skipped when authoring tools are missing. */
export async function authoredDiscOrSkip(
  test: Mocha.Context,
  name: ReadyMadeName,
): Promise<AuthoredDisc> {
  const missing = await missingAuthoringPackages();
  if (missing.length > 0) {
    console.log(`skipped: discs cannot be authored without ${missing.join(', ')}`);
    test.skip();
  }
  test.timeout(BUILD_MS);
  return authoredDisc(name);
}
