import { damagedStructure } from '../structure.ts';
import type { ByteSource } from './byte-source.ts';
import { type Entry, type Extent, type FileTree, walkTree } from './file-tree.ts';
import { descriptorTag, fileIdentifiers, udfTags } from './udf-descriptor.ts';
import { fileExtents, type Place, readBlock } from './udf-file.ts';
import { readUdfVolume } from './udf-volume.ts';

const maximumDirectoryBytes = 1024 * 1024;

/**
 * The files of a UDF volume (ECMA-167, UDF 1.02 as on DVDs), or undefined where there is none.
 * Throws `disc-unreadable` or `read-error` when the root cannot be read, `unsupported-disc` for UDF 2.50.
 */
export async function readUdf(source: ByteSource): Promise<FileTree | undefined> {
  const volume = await readUdfVolume(source);
  if (volume === undefined) return undefined;
  const fileSet = await readBlock(source, volume, volume.fileSet);
  if (descriptorTag(fileSet) !== udfTags.fileSet) throw damagedStructure('its UDF file set');
  const rootPlace = { block: fileSet.readUInt32LE(404), partition: fileSet.readUInt16LE(408) };
  const toEntry = (name: string, directory: boolean, place: Place): Entry => ({
    name,
    directory,
    place: volume.sectorOf(place.block, place.partition),
    extents: () => fileExtents(source, volume, place),
  });
  const list = async (directory: Entry) => {
    const data = await readAll(source, await directory.extents());
    return fileIdentifiers(data).map((found) => toEntry(found.name, found.directory, found));
  };
  const tree = await walkTree(toEntry('the root', true, rootPlace), list);
  return { label: volume.label, ...tree };
}

async function readAll(source: ByteSource, extents: Extent[]): Promise<Buffer> {
  const bytes = extents.reduce((sum, extent) => sum + extent.bytes, 0);
  if (bytes > maximumDirectoryBytes) throw damagedStructure('a directory of absurd size');
  const data = Buffer.alloc(bytes);
  let at = 0;
  for (const extent of extents) {
    await source.read(extent.position, data.subarray(at, at + extent.bytes));
    at += extent.bytes;
  }
  return data;
}
