import { damagedStructure, parseStructure } from '../structure.ts';
import type { ByteSource } from './byte-source.ts';
import type { Extent } from './file-tree.ts';
import { SECTOR_BYTES } from './medium.ts';
import { descriptorTag, udfTags } from './udf-descriptor.ts';
import type { UdfVolume } from './udf-volume.ts';

/** A file of 9 GB in extents of 1 GiB needs nine; a continued list adds a seek for each 254. */
const maximumContinuations = 16;
const lengthMask = 0x3fffffff;
const extentRecorded = 0;
const extentContinues = 3;

/** A block of a partition, by the reference that the volume gives it. */
export interface Place {
  block: number;
  partition: number;
}

export async function readBlock(
  source: ByteSource,
  volume: UdfVolume,
  { block, partition }: Place,
) {
  const data = Buffer.alloc(SECTOR_BYTES);
  await source.read(volume.sectorOf(block, partition) * SECTOR_BYTES, data);
  return data;
}

/** The extents of a file, from its (extended) file entry, ECMA-167 4/14.9 and 4/14.17. */
export async function fileExtents(
  source: ByteSource,
  volume: UdfVolume,
  place: Place,
): Promise<Extent[]> {
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
