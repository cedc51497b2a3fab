import { damagedStructure, parseStructure } from '../structure.ts';
import type { ByteSource } from './byte-source.ts';
import type { Extent } from './file-tree.ts';
import { SECTOR_BYTES } from './medium.ts';
import { descriptorTag, udfTags } from './udf-descriptor.ts';
import type { Locate, Place } from './udf-partition.ts';

/**
 * Each continuation of the list costs a seek and holds 253 extents or fewer: enough for the 8,000 into
 * which a 3D disc cuts the stream of a film.
 */
const maximumContinuations = 64;
/** Many times what is written above; a list that is longer was made to fill the memory. */
const maximumExtents = 50_000;
const lengthMask = 0x3fffffff;
const extentRecorded = 0;
const extentContinues = 3;

export async function readBlock(source: ByteSource, locate: Locate, place: Place) {
  return readAll(source, locate(place, SECTOR_BYTES));
}

/** What is in these extents, one after the other. */
export async function readAll(source: ByteSource, extents: readonly Extent[]): Promise<Buffer> {
  const data = Buffer.alloc(extents.reduce((sum, { bytes }) => sum + bytes, 0));
  let at = 0;
  for (const { position, bytes } of extents) {
    await source.read(position, data.subarray(at, at + bytes));
    at += bytes;
  }
  return data;
}

/** The extents of a file, from its (extended) file entry, ECMA-167 4/14.9 and 4/14.17. */
export async function fileExtents(
  source: ByteSource,
  locate: Locate,
  place: Place,
): Promise<Extent[]> {
  const entry = await readBlock(source, locate, place);
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
    const [start] = locate(place, SECTOR_BYTES);
    return trim([{ position: (start?.position ?? 0) + from, bytes: length }], bytes);
  }
  if (kind > 1) throw damagedStructure('a UDF file entry');
  const descriptors = entry.subarray(from, from + length);
  const long = kind === 1;
  return trim(await allocated({ source, locate, descriptors, long, home: place.partition }), bytes);
}

interface Allocation {
  source: ByteSource;
  locate: Locate;
  descriptors: Buffer;
  /** Long descriptors name their partition, short ones are in the partition of the file entry. */
  long: boolean;
  home: number;
}

/** Reads the allocation descriptors (ECMA-167 4/14.14) and the blocks that continue their list. */
async function allocated({ source, locate, descriptors, long, home }: Allocation) {
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
      list = allocationExtent(await readBlock(source, locate, { block, partition }));
      at = -size;
    } else if (type === extentRecorded) {
      for (const extent of locate({ block, partition }, bytes)) extents.push(extent);
      if (extents.length > maximumExtents) throw damagedStructure('a UDF file entry');
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
