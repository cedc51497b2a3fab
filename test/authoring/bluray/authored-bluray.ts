import { isInstalled } from '../authoring-tools.ts';
import { cachedBuild } from '../build-cache.ts';
import { type AuthoredBluray, authorBluray, authoredParts } from './author-bluray.ts';
import { READY_MADE_BLURAYS } from './ready-made-blurays.ts';

export type ReadyMadeBluray = keyof typeof READY_MADE_BLURAYS;

/** Longest time that making a disc may take on a slow machine. */
const BUILD_MS = 180_000;

const asked = new Map<ReadyMadeBluray, Promise<AuthoredBluray>>();

/**
 * A ready-made Blu-ray disc, built when it is not in the cache yet (some seconds, `big` a minute).
 * Read-only for its users: copy it before changing it.
 */
export function authoredBluray(name: ReadyMadeBluray): Promise<AuthoredBluray> {
  const disc = asked.get(name) ?? findOrBuild(name);
  asked.set(name, disc);
  return disc;
}

async function findOrBuild(name: ReadyMadeBluray): Promise<AuthoredBluray> {
  const spec = READY_MADE_BLURAYS[name];
  const build = (folder: string) => authorBluray(spec, folder);
  const entry = await cachedBuild({ name: `bluray-${name}`, spec, sources: ['bluray'], build });
  return authoredParts(spec, entry);
}

/** `authoredBluray` in a `before` hook or test, which is skipped when authoring tools are missing. */
export async function authoredBlurayOrSkip(
  test: Mocha.Context,
  name: ReadyMadeBluray,
): Promise<AuthoredBluray> {
  for (const tool of ['ffmpeg', 'genisoimage'])
    if (!(await isInstalled(tool))) {
      console.log(`skipped: Blu-ray discs cannot be authored without ${tool}`);
      test.skip();
    }
  test.timeout(BUILD_MS);
  return authoredBluray(name);
}
