import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** An npm package that is there or not: nothing depends on it. */
export interface FoundPackage {
  /** Its folder. */
  readonly path: string;
  /** Address of its entry, to be imported. */
  readonly entry: string;
  readonly version: string;
}

/** Where `discflow install` puts packages: apart from the service, so that its own updates leave them alone. */
export function packagesFolder({ state }: { state: string }): string {
  return join(state, 'packages');
}

/** A package of `folder`, or else one beside the service; null when neither has it. */
export function findPackage(name: string, folder?: string): FoundPackage | null {
  const places = folder === undefined ? [] : [join(folder, 'package.json')];
  for (const from of [...places, import.meta.url]) {
    const found = packageSeenFrom(name, from);
    if (found !== null) return found;
  }
  return null;
}

function packageSeenFrom(name: string, from: string): FoundPackage | null {
  const require = createRequire(from);
  for (const folder of require.resolve.paths(name) ?? [])
    try {
      const path = join(folder, name);
      const { version }: { version: unknown } = JSON.parse(
        readFileSync(join(path, 'package.json'), 'utf8'),
      );
      const entry = pathToFileURL(require.resolve(name)).href;
      return { path, entry, version: String(version) };
    } catch {
      // Not here; perhaps further up.
    }
  return null;
}
