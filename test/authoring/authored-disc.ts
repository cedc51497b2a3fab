import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AuthoredDisc, authorDvd } from './author-dvd.ts';
import { missingAuthoringPackages } from './authoring-tools.ts';
import { cachedBuild } from './build-cache.ts';
import { READY_MADE } from './ready-made-specs.ts';
import type { DiscSpec } from './spec.ts';
import type { DiscTruth } from './truth.ts';

export type ReadyMadeName = keyof typeof READY_MADE;

/** Longest time that making a small disc may take on a slow machine. */
const BUILD_MS = 180_000;

/** A disc by its specification, from the cache when it was built before; `name` is for its folder. */
export async function authoredFrom(name: string, spec: DiscSpec): Promise<AuthoredDisc> {
  const build = (folder: string) => authorDvd(spec, { folder });
  const entry = await cachedBuild({ name, spec, sources: [''], build });
  const truth: DiscTruth = JSON.parse(await readFile(join(entry, 'truth.json'), 'utf8'));
  const { label } = spec;
  return { image: join(entry, `${label}.iso`), folder: join(entry, label), truth };
}

const asked = new Map<ReadyMadeName, Promise<AuthoredDisc>>();

/**
 * A ready-made disc, built when it is not in the cache yet (`tv` and `film` some 10 s, `big` a
 * minute). Read-only for its users: copy it before changing it.
 */
export function authoredDisc(name: ReadyMadeName): Promise<AuthoredDisc> {
  const disc = asked.get(name) ?? authoredFrom(name, READY_MADE[name]);
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
