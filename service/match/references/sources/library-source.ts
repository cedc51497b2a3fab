import { basename } from 'node:path';
import { systemCode } from '../../../errors.ts';
import type { LibraryItems } from '../../../owned/library-items.ts';
import { listSubtitles } from '../files/list-subtitles.ts';
import { isShow } from '../same-show.ts';
import { filesOfShow } from './named-files.ts';
import type { ReferenceFile, ReferenceSource } from './reference-source.ts';

interface LibrarySourceOptions {
  /** Roots of the libraries of series. */
  readonly roots: readonly string[];
  readonly items: Pick<LibraryItems, 'in'>;
}

/** Subtitles beside episodes that are in a library already. */
export function createLibrarySource({ roots, items }: LibrarySourceOptions): ReferenceSource {
  return {
    name: 'library',
    metered: false,
    async list(query, { signal }) {
      const files: ReferenceFile[] = [];
      const notes: string[] = [];
      for (const root of roots) {
        try {
          for (const { path, isFolder, name } of await items.in(root)) {
            if (!isFolder || !isShow(name, query)) continue;
            const listed = await listSubtitles(path, { signal });
            const options = { source: 'library', under: basename(path), vouched: false } as const;
            files.push(...filesOfShow(listed.files, query, options).files);
          }
        } catch (error) {
          signal.throwIfAborted();
          const code = systemCode(error) ?? String(error);
          notes.push(`The library ${root} cannot be searched for subtitles (${code})`);
        }
      }
      return { files, notes, complete: notes.length === 0 };
    },
  };
}
