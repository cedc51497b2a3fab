import { DiscflowError } from '../../errors.ts';
import { damagedStructure, parseStructure } from '../structure.ts';
import type { ByteSource } from './byte-source.ts';
import { SECTOR_BYTES } from './medium.ts';
import { isDamage } from './read-failure.ts';
import { descriptorTag, ostaField, udfTags } from './udf-descriptor.ts';

const anchorSector = 256;
const longestSequence = 64;
const plainPartitionMap = 1;

export interface UdfVolume {
  label: string;
  /** Block and partition reference of the file set descriptor. */
  fileSet: { block: number; partition: number };
  /** The sector of a block of a partition. Throws for partitions that need a metadata file. */
  sectorOf(block: number, partition: number): number;
}

interface Sequence {
  logicalVolume: Buffer;
  /** First sectors by partition number. */
  partitions: Map<number, number>;
}

/** Follows the anchor to the volume descriptors (ECMA-167 3/8.4); undefined where there is no anchor. */
export async function readUdfVolume(source: ByteSource): Promise<UdfVolume | undefined> {
  if ((anchorSector + 1) * SECTOR_BYTES > source.bytes) return undefined;
  const anchor = await readSector(source, anchorSector);
  if (descriptorTag(anchor) !== udfTags.anchor) return undefined;
  const main = () => readSequence(source, anchor.readUInt32LE(20), anchor.readUInt32LE(16));
  const reserve = () => readSequence(source, anchor.readUInt32LE(28), anchor.readUInt32LE(24));
  const sequence = await main().catch((error: unknown) => {
    if (isDamage(error)) return reserve();
    throw error;
  });
  return parseStructure('its UDF volume', () => parseVolume(sequence));
}

async function readSector(source: ByteSource, sector: number): Promise<Buffer> {
  const data = Buffer.alloc(SECTOR_BYTES);
  await source.read(sector * SECTOR_BYTES, data);
  return data;
}

async function readSequence(source: ByteSource, first: number, bytes: number): Promise<Sequence> {
  const count = Math.min(Math.floor(bytes / SECTOR_BYTES), longestSequence);
  const partitions = new Map<number, number>();
  let logicalVolume: Buffer | undefined;
  for (let index = 0; index < count; index++) {
    const data = await readSector(source, first + index);
    const tag = descriptorTag(data);
    if (tag === udfTags.terminator) break;
    if (tag === udfTags.logicalVolume) logicalVolume = data;
    if (tag === udfTags.partition) partitions.set(data.readUInt16LE(22), data.readUInt32LE(188));
  }
  if (logicalVolume === undefined || partitions.size === 0)
    throw damagedStructure('its UDF volume');
  return { logicalVolume, partitions };
}

function parseVolume({ logicalVolume, partitions }: Sequence): UdfVolume {
  if (logicalVolume.readUInt32LE(212) !== SECTOR_BYTES) throw damagedStructure('its block size');
  const starts = partitionStarts(logicalVolume, partitions);
  return {
    label: ostaField(logicalVolume.subarray(84, 212)),
    fileSet: {
      block: logicalVolume.readUInt32LE(252),
      partition: logicalVolume.readUInt16LE(256),
    },
    sectorOf(block, partition) {
      const start = starts[partition];
      if (start === undefined) throw damagedStructure('a reference to a partition');
      if (start === 'mapped') throw mappedPartition();
      return start + block;
    },
  };
}

/** The partition maps in the order that references count them in (ECMA-167 3/10.7). */
function partitionStarts(volume: Buffer, partitions: Map<number, number>) {
  const starts: (number | 'mapped' | undefined)[] = [];
  let at = 440;
  for (let left = Math.min(volume.readUInt32LE(268), 8); left > 0; left--) {
    const plain = volume.readUInt8(at) === plainPartitionMap;
    starts.push(plain ? partitions.get(volume.readUInt16LE(at + 4)) : 'mapped');
    at += volume.readUInt8(at + 1);
  }
  return starts;
}

function mappedPartition(): DiscflowError {
  return new DiscflowError(
    'unsupported-disc',
    'The disc uses a UDF partition that is mapped through another (UDF 2.50, as Blu-ray discs do).',
    { hint: 'Discflow reads DVDs today; Blu-ray discs come with a later version.' },
  );
}
