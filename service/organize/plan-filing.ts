import type { Filing, JobDocument } from '../jobs/document.ts';
import { chooseTarget, type Target } from './choose-target.ts';
import { fileFacts } from './file-facts.ts';
import { hashFile } from './hash-file.ts';
import { libraryDevice } from './marker.ts';
import { titlePath } from './naming/title-path.ts';
import { recyclePath } from './recycle.ts';
import { libraryFull } from './trouble.ts';
import type { Source, Work } from './work.ts';

export type Plan =
  | { readonly action: 'file'; readonly filing: Filing }
  | Extract<Target, { action: 'identical' | 'skip' }>;

/** Decides where a title goes, changing nothing. Throws `library-unavailable` and `library-full`. */
export async function planFiling(work: Work, source: Source): Promise<Plan> {
  const { library, title } = work;
  const device = await libraryDevice(library);
  const target = await targetOf(work, source);
  if (target.action === 'identical' || target.action === 'skip') return target;
  if (source.device !== device) await checkSpace(work, source.bytes);
  const replaces = target.action === 'replace';
  const filing: Filing = {
    title: title.id,
    library: library.id,
    from: source.path,
    to: target.path,
    bytes: source.bytes,
    inode: source.inode,
    sha256: null,
    recycled: replaces ? await recyclePath(library, target.path, new Date()) : null,
    state: 'planned',
  };
  return { action: 'file', filing };
}

async function targetOf({ context, title, library, existing }: Work, source: Source) {
  const { segments, madeUp } = titlePath(context.job(), title, library);
  let sourceHash: Promise<string> | undefined;
  const hashOfSource = () => {
    sourceHash ??= hashFile(source.path, { signal: context.signal });
    return sourceHash;
  };
  return chooseTarget({
    root: library.root,
    segments,
    existing: madeUp ? 'keep-both' : existing,
    own: filedByOthers(context.job(), title.id),
    isSame: async (path) =>
      (await fileFacts(path))?.bytes === source.bytes &&
      (await hashFile(path, { signal: context.signal })) === (await hashOfSource()),
  });
}

/** Where the other titles of this job are or are about to be. */
function filedByOthers(job: JobDocument, title: string): Set<string> {
  const others = job.filings.filter((filing) => filing.title !== title);
  return new Set(others.filter(({ state }) => state !== 'undone').map(({ to }) => to));
}

/** Throws `library-full` with figures when a copy would not fit. */
export async function checkSpace({ library, freeSpace }: Work, bytes: number): Promise<void> {
  const free = await freeSpace(library.root);
  if (free < bytes) throw libraryFull(library, { needed: bytes, free });
}
