import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { isSubtitleName } from '../names/reference-name.ts';
import { LARGEST_SUBTITLE } from './limits.ts';
import type { SubtitleFile } from './subtitle-file.ts';

/** A series of ten seasons in five languages has 1,200. */
const MOST_ENTRIES = 5000;

/**
 * The subtitle files in a zip archive. Nothing is unpacked to the disk, and of a file no more than subtitles can
 * have. Throws when the archive is damaged.
 */
export async function listArchive(path: string): Promise<SubtitleFile[]> {
  const files: SubtitleFile[] = [];
  await eachEntry(path, async ({ fileName, uncompressedSize }) => {
    const hidden = /(?:^|\/)(?:\.|__MACOSX\/)/.test(fileName);
    if (isSubtitleName(fileName) && !hidden)
      files.push({
        path: `${path}/${fileName}`,
        relative: fileName,
        size: uncompressedSize,
        read: () => readEntry(path, fileName),
      });
    return 'go on';
  });
  return files;
}

async function readEntry(path: string, name: string): Promise<Uint8Array> {
  let bytes: Uint8Array | null = null;
  await eachEntry(path, async (entry, zip) => {
    if (entry.fileName !== name) return 'go on';
    bytes = await unpacked(zip, entry);
    return 'stop';
  });
  if (bytes === null) throw new Error(`${name} is no longer in the archive`);
  return bytes;
}

/** What an entry says of its size may be a lie: bytes are counted as they come. */
async function unpacked(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  if (entry.isEncrypted()) throw new Error('it is encrypted');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of await zip.openReadStreamPromise(entry)) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > LARGEST_SUBTITLE) throw new Error('it is larger than subtitles are');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

type Visit = (entry: Entry, zip: ZipFile) => Promise<'go on' | 'stop'>;

async function eachEntry(path: string, visit: Visit): Promise<void> {
  const zip = await openPromise(path, { autoClose: false });
  let left = MOST_ENTRIES;
  try {
    for await (const entry of zip.eachEntry())
      if (left-- <= 0 || (await visit(entry, zip)) === 'stop') return;
  } finally {
    zip.close();
  }
}
