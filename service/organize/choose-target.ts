import { join, parse } from 'node:path';
import { DiscflowError } from '../errors.ts';
import { fileFacts } from './file-facts.ts';
import { nameKey, namesByKey, spelledAsThere } from './library-folders.ts';

/** What to do when the library has a file of that name already. */
export type ExistingPolicy = 'keep-both' | 'skip' | 'replace';

export type Target =
  | { readonly action: 'place'; readonly path: string }
  | { readonly action: 'replace'; readonly path: string }
  | { readonly action: 'identical'; readonly path: string }
  | { readonly action: 'skip'; readonly path: string };

interface TargetOptions {
  readonly root: string;
  readonly segments: readonly string[];
  readonly existing: ExistingPolicy;
  /** Files that this job filed: an equal name there is a coincidence, whatever the policy. */
  readonly own: ReadonlySet<string>;
  /** True when an existing file has the same content as the new one. */
  readonly isSame: (path: string) => Promise<boolean>;
}

const MAX_COPIES = 999;

/**
 * Finds the name for a file, by comparing as case-insensitive and normalising file systems do. A file that is there
 * already with the same content is taken for the new one. Throws `target-exists` when all numbers are used.
 */
export async function chooseTarget(options: TargetOptions): Promise<Target> {
  const { root, segments, existing, own, isSame } = options;
  const folder = await spelledAsThere(root, segments.slice(0, -1));
  const names = await namesByKey(folder);
  const { name, ext } = parse(segments.at(-1) ?? '');
  for (let copy = 1; copy <= MAX_COPIES; copy += 1) {
    const wanted = copy === 1 ? `${name}${ext}` : `${name} (${copy})${ext}`;
    const there = names.get(nameKey(wanted));
    if (there === undefined) return { action: 'place', path: join(folder, wanted) };
    const path = join(folder, there);
    const isFile = (await fileFacts(path))?.isFile ?? false;
    if (isFile && (await isSame(path))) return { action: 'identical', path };
    if (isFile && existing !== 'keep-both' && !own.has(path)) return { action: existing, path };
  }
  throw new DiscflowError('target-exists', `${join(folder, name)} exists ${MAX_COPIES} times`, {
    hint: 'Clean up that folder, then retry.',
  });
}
