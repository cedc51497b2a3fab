import type { ByteSource } from './byte-source.ts';
import { type Entry, type Extent, type FileTree, walkTree } from './file-tree.ts';
import { SECTOR_BYTES } from './medium.ts';
import { damagedStructure, parseStructure } from './structure.ts';
import { descriptorTag, fileIdentifiers, udfTags } from './udf-descriptor.ts';
import { readUdfVolume, type UdfVolume } from './udf-volume.ts';

const maximumDirectoryBytes = 1024 * 1024;
/** A file of 9 GB in extents of 1 GiB needs nine; a continued list adds a seek for each 254. */
const maximumContinuations = 16;
const lengthMask = 0x3fffffff;
const extentRecorded = 0;
const extentContinues = 3;

interface Place {
  block: number;
  partition: number;
}

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

async function readBlock(source: ByteSource, volume: UdfVolume, { block, partition }: Place) {
  const data = Buffer.alloc(SECTOR_BYTES);
  await source.read(volume.sectorOf(block, partition) * SECTOR_BYTES, data);
  return data;
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

/** The extents of a file, from its (extended) file entry, ECMA-167 4/14.9 and 4/14.17. */
async function fileExtents(source: ByteSource, volume: UdfVolume, place: Place): Promise<Extent[]> {
  const entry = await readBlock(source, volume, place);
  const tag = descriptorTag(entry);
  const isExtended = tag === udfTags.extendedFileEntry;
  if (!isExtended && tag !== udfTags.fileEntry) throw damagedStructure('a UDF file entry');
  const header = isExtended ? 216 : 176;
  const information = parseStructure('a UDF file entry', () => ({
    bytes: Number(entry.readBigUInt64LE(56)),
    kind: entry.readUInt16LE(34) & 7,
    from: header + entry.readUInt32LE(header - 8),
    length: entry.readUInt32LE(header - 4),
  }));
  const { bytes, kind, from, length } = information;
  if (from + length > entry.length) throw damagedStructure('a UDF file entry');
  if (kind === 3) {
    const start = volume.sectorOf(place.block, place.partition) * SECTOR_BYTES;
    return trim([{ position: start + from, bytes: length }], bytes);
  }
  if (kind > 1) throw damagedStructure('a UDF file entry');
  const descriptors = entry.subarray(from, from + length);
  const long = kind === 1;
  return trim(await allocated({ source, volume, descriptors, long, home: place.partition }), bytes);
}

interface Allocation {
  source: ByteSource;
  volume: UdfVolume;
  descriptors: Buffer;
  /** Long descriptors name their partition, short ones are in the partition of the file entry. */
  long: boolean;
  home: number;
}

/** Reads the allocation descriptors (ECMA-167 4/14.14) and the blocks that continue their list. */
async function allocated({ source, volume, descriptors, long, home }: Allocation) {
  const extents: Extent[] = [];
  const size = long ? 16 : 8;
  let list = descriptors;
  let continuations = 0;
  for (let at = 0; at + size <= list.length; at += size) {
    const type = list.readUInt32LE(at) >>> 30;
    const bytes = list.readUInt32LE(at) & lengthMask;
    if (bytes === 0) break;
    const block = list.readUInt32LE(at + 4);
    const partition = long ? list.readUInt16LE(at + 8) : home;
    if (type === extentContinues) {
      if (++continuations > maximumContinuations) throw damagedStructure('a UDF file entry');
      list = allocationExtent(await readBlock(source, volume, { block, partition }));
      at = -size;
    } else if (type === extentRecorded) {
      extents.push({ position: volume.sectorOf(block, partition) * SECTOR_BYTES, bytes });
    } else throw damagedStructure('a file with holes');
  }
  return extents;
}

function allocationExtent(data: Buffer): Buffer {
  if (descriptorTag(data) !== udfTags.allocationExtent) throw damagedStructure('a UDF file entry');
  return data.subarray(24, 24 + data.readUInt32LE(20));
}

/** The last extent may be longer than the file; a file longer than its extents is damaged. */
function trim(extents: Extent[], bytes: number): Extent[] {
  let left = bytes;
  const trimmed = extents.map((extent) => {
    const used = Math.min(extent.bytes, left);
    left -= used;
    return { position: extent.position, bytes: used };
  });
  if (left > 0) throw damagedStructure('a UDF file entry');
  return trimmed.filter((extent) => extent.bytes > 0);
}
