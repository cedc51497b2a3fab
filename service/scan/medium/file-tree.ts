import { damagedStructure } from '../structure.ts';
import { isDamage } from './read-failure.ts';

/** Where a run of a file's bytes lies in the image. */
export interface Extent {
  position: number;
  bytes: number;
}

export interface ImageFile {
  path: string;
  bytes: number;
  extents: Extent[];
}

/** What a file system says; `faults` are the parts of it that could not be read, in words. */
export interface FileTree {
  label: string;
  files: ImageFile[];
  faults: string[];
}

/** A directory entry; its extents are looked up only for files that matter, each costs a seek. */
export interface Entry {
  name: string;
  directory: boolean;
  /** Tells places apart, so that a directory inside itself ends. */
  place: number;
  extents(): Promise<Extent[]>;
}

/** The folders that disc formats keep their structure in; others are of no use to us. */
const discFolders = new Set(['VIDEO_TS', 'AUDIO_TS', 'BDMV', 'AACS', 'BDSVM']);
const maximumDepth = 4;
/** A DVD has at most 1,191 files in VIDEO_TS; Blu-ray discs stay well below this, too. */
const maximumEntries = 20_000;
/** Of all files together; 3D discs have some 50,000. More would be made to fill the memory. */
const maximumExtents = 500_000;

/** Lists the files of the disc's formats. Damaged entries become faults; a disc that is gone throws. */
export async function walkTree(
  root: Entry,
  list: (directory: Entry) => Promise<Entry[]>,
): Promise<Omit<FileTree, 'label'>> {
  const files: ImageFile[] = [];
  const faults: string[] = [];
  const seen = new Set<number>();
  let left = maximumEntries;
  let extentsLeft = maximumExtents;

  async function visit(directory: Entry, path: string, depth: number): Promise<void> {
    if (depth > maximumDepth || seen.has(directory.place)) return;
    seen.add(directory.place);
    for (const entry of await list(directory)) {
      if (left-- <= 0) return;
      const entryPath = `${path}${entry.name.toUpperCase()}`;
      if (depth === 0 && !(entry.directory && discFolders.has(entryPath))) continue;
      await tolerate(async () => {
        if (entry.directory) return visit(entry, `${entryPath}/`, depth + 1);
        const extents = await entry.extents();
        extentsLeft -= extents.length;
        if (extentsLeft < 0) {
          left = 0;
          throw damagedStructure('a file system with more pieces than a disc can have');
        }
        const bytes = extents.reduce((sum, extent) => sum + extent.bytes, 0);
        files.push({ path: entryPath, bytes, extents });
      });
    }
  }

  async function tolerate(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isDamage(error)) throw error;
      faults.push(error.message);
    }
  }

  await visit(root, '', 0);
  return { files, faults };
}
