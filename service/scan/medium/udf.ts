import { damagedStructure } from '../structure.ts';
import type { ByteSource } from './byte-source.ts';
import { type Entry, type FileTree, walkTree } from './file-tree.ts';
import { SECTOR_BYTES } from './medium.ts';
import { withReadAhead } from './read-ahead.ts';
import { isDamage } from './read-failure.ts';
import { descriptorTag, fileIdentifiers, udfTags } from './udf-descriptor.ts';
import { fileExtents, readAll, readBlock } from './udf-file.ts';
import { locator, type MetadataCopy, metadataCopies } from './udf-metadata.ts';
import type { Place } from './udf-partition.ts';
import { readUdfVolume, type UdfVolume } from './udf-volume.ts';

const maximumDirectoryBytes = 1024 * 1024;

/**
 * The files of a UDF volume (ECMA-167; UDF 1.02 as on DVDs to 2.60 as on Blu-ray discs), or undefined
 * where there is none. Where the metadata of UDF 2.50 is damaged its mirror is used. Throws
 * `disc-unreadable` or `read-error` when the root cannot be read, `unsupported-disc` for virtual and
 * sparable partitions.
 */
export async function readUdf(disc: ByteSource): Promise<FileTree | undefined> {
  const source = withReadAhead(disc);
  const volume = await readUdfVolume(source);
  if (volume === undefined) return undefined;
  const trees: FileTree[] = [];
  let failure: unknown;
  for (const copy of metadataCopies(volume)) {
    try {
      const tree = await readTree(source, volume, copy);
      trees.push(tree);
      if (tree.faults.length === 0) break;
    } catch (error) {
      if (!isDamage(error)) throw error;
      failure ??= error;
    }
  }
  const [best] = trees.toSorted((a, b) => a.faults.length - b.faults.length);
  if (best === undefined) throw failure;
  return best;
}

async function readTree(
  source: ByteSource,
  volume: UdfVolume,
  copy: MetadataCopy,
): Promise<FileTree> {
  const locate = await locator(source, volume, copy);
  const fileSet = await readBlock(source, locate, volume.fileSet);
  if (descriptorTag(fileSet) !== udfTags.fileSet) throw damagedStructure('its UDF file set');
  const rootPlace = { block: fileSet.readUInt32LE(404), partition: fileSet.readUInt16LE(408) };
  const toEntry = (name: string, directory: boolean, place: Place): Entry => ({
    name,
    directory,
    place: locate(place, SECTOR_BYTES)[0]?.position ?? 0,
    extents: () => fileExtents(source, locate, place),
  });
  const list = async (directory: Entry) => {
    const extents = await directory.extents();
    const bytes = extents.reduce((sum, extent) => sum + extent.bytes, 0);
    if (bytes > maximumDirectoryBytes) throw damagedStructure('a directory of absurd size');
    const found = fileIdentifiers(await readAll(source, extents));
    return found.map(({ name, directory: isFolder, ...place }) => toEntry(name, isFolder, place));
  };
  const tree = await walkTree(toEntry('the root', true, rootPlace), list);
  return { label: volume.label, ...tree };
}
