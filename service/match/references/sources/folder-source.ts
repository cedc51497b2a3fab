import { resolve } from 'node:path';
import { systemCode } from '../../../errors.ts';
import { listSubtitles, type SubtitleList } from '../files/list-subtitles.ts';
import type { ReferenceQuery } from '../reference.ts';
import { filesOfShow, type NamedFiles, placeOf } from './named-files.ts';
import type { ReferenceSource } from './reference-source.ts';

interface FolderSourceOptions {
  readonly folders: readonly string[];
  /** The folders were named for the show at hand: files in them that name no show are of it. */
  readonly vouched?: boolean;
}

const MOST_NAMED = 3;

/** Folders of subtitles that a person keeps: `Show/Season 01/Show - S01E02.en.srt`, in archives, too. */
export function createFolderSource({
  folders,
  vouched = false,
}: FolderSourceOptions): ReferenceSource {
  return {
    name: 'folder',
    metered: false,
    async list(query, { signal }) {
      const found = [];
      for (const folder of folders) found.push(await ofFolder(resolve(folder), query, signal));
      return {
        files: found.flatMap(({ files }) => files),
        notes: found.flatMap(({ notes }) => notes),
        complete: found.every(({ complete }) => complete),
      };
    },
  };

  async function ofFolder(folder: string, query: ReferenceQuery, signal: AbortSignal) {
    let listed: SubtitleList;
    try {
      listed = await listSubtitles(folder, { signal });
    } catch (error) {
      signal.throwIfAborted();
      const code = systemCode(error) ?? String(error);
      const notes = [`The folder of references ${folder} cannot be read (${code})`];
      return { files: [], notes, complete: false };
    }
    const under = placeOf(folder, { vouched });
    const named = filesOfShow(listed.files, query, { source: 'folder', under, vouched });
    return {
      files: named.files,
      notes: [...listed.troubles, ...(vouched ? notesOn(folder, named, query) : namelessOf(named))],
      complete: true,
    };
  }
}

function notesOn(folder: string, named: NamedFiles, { show }: ReferenceQuery): string[] {
  const { files, others } = named;
  if (files.length > 0 || others.size === 0) return namelessOf(named);
  const some = [...others].slice(0, MOST_NAMED).join(', ');
  return [...namelessOf(named), `${folder} has subtitles of ${some}, but none of ${show}`];
}

function namelessOf({ nameless }: NamedFiles): string[] {
  const [first] = nameless;
  if (first === undefined) return [];
  const more = nameless.length === 1 ? '' : ` (and ${nameless.length - 1} more)`;
  return [`The name of ${first}${more} does not say season and episode: it is left out`];
}
