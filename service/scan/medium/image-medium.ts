import { basename } from 'node:path';
import { DiscflowError } from '../../errors.ts';
import { cleanLabel } from '../label.ts';
import { damagedStructure } from '../structure.ts';
import { type ByteSource, openByteSource } from './byte-source.ts';
import { openDeviceSource } from './device-source.ts';
import type { FileTree, ImageFile } from './file-tree.ts';
import { readIso9660 } from './iso9660.ts';
import type { Medium } from './medium.ts';
import { isDamage } from './read-failure.ts';
import { readUdf } from './udf.ts';

interface Options {
  origin: 'image' | 'device';
  signal?: AbortSignal | undefined;
  isStillIn?: (() => Promise<boolean>) | undefined;
}

/**
 * Opens an ISO image or a block device by its UDF or ISO 9660 file system.
 * Throws `not-a-disc`, `disc-unreadable`, `disc-removed` or `unsupported-disc`.
 */
export async function openImage(path: string, options: Options): Promise<Medium> {
  const { origin } = options;
  const open = origin === 'device' ? openDeviceSource : openByteSource;
  const source = await open(path, options);
  try {
    const { label, files } = await readFileSystem(source, path);
    const byPath = new Map(files.map((file) => [file.path, file]));
    return {
      source: path,
      origin,
      label: cleanLabel(label),
      files: files.map(({ path, bytes }) => ({ path, bytes })),
      read: (path, position, into) => readExtents(source, byPath.get(path), position, into),
      close: () => source.close(),
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** UDF first, as DVD players do; the other file system of a bridge disc helps out where one is damaged. */
async function readFileSystem(source: ByteSource, path: string): Promise<FileTree> {
  const trees: FileTree[] = [];
  const failures: DiscflowError[] = [];
  for (const read of [readUdf, readIso9660]) {
    try {
      const tree = await read(source);
      if (tree) trees.push(tree);
      if (tree?.files.length && tree.faults.length === 0 && cleanLabel(tree.label)) break;
    } catch (error) {
      if (!isDamage(error) && !isUnsupported(error)) throw error;
      failures.push(error);
    }
  }
  const [best, other] = trees.toSorted(
    (a, b) => b.files.length - a.files.length || a.faults.length - b.faults.length,
  );
  if (best && (best.files.length > 0 || failures.length === 0))
    return { ...best, label: cleanLabel(best.label) || (other?.label ?? '') };
  const failure = failures[0] ?? notADisc(path);
  throw failure.code === 'read-error' ? damagedStructure('no file system', failure) : failure;
}

function isUnsupported(error: unknown): error is DiscflowError {
  return error instanceof DiscflowError && error.code === 'unsupported-disc';
}

function notADisc(path: string): DiscflowError {
  return new DiscflowError('not-a-disc', `${basename(path)} holds no disc's file system.`, {
    hint: 'Use an .iso image, a folder with VIDEO_TS or BDMV, or a drive.',
  });
}

async function readExtents(
  source: ByteSource,
  file: ImageFile | undefined,
  position: number,
  into: Buffer,
): Promise<void> {
  let skip = position;
  let filled = 0;
  for (const extent of file?.extents ?? []) {
    const bytes = Math.min(extent.bytes - skip, into.length - filled);
    if (bytes > 0) {
      const target = into.subarray(filled, filled + bytes);
      await source.read(extent.position + skip, target, file?.path);
      filled += bytes;
    }
    skip = Math.max(0, skip - extent.bytes);
  }
  if (filled < into.length) throw beyondFile(file?.path ?? 'a missing file');
}

function beyondFile(path: string): DiscflowError {
  return new DiscflowError('read-error', `${path} is shorter than the disc's structure says.`, {
    hint: 'The disc or its copy is incomplete. Copy it again, or try another drive.',
  });
}
