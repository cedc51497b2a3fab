import { damagedStructure, parseStructure } from '../structure.ts';
import type { ByteSource } from './byte-source.ts';
import { SECTOR_BYTES } from './medium.ts';
import { isDamage } from './read-failure.ts';
import { descriptorTag, ostaField, udfTags } from './udf-descriptor.ts';
import type { Place } from './udf-partition.ts';

const anchorSector = 256;
const longestSequence = 64;
const plainMapType = 1;
const metadataMap = '*UDF Metadata Partition';

/** How a partition is found on the disc (ECMA-167 3/10.7, UDF 2.50 2.2.8 to 2.2.10). */
export type PartitionMap =
  | { kind: 'plain'; start: number }
  /** The blocks of a file; `main` and its copy `mirror` are the blocks of its file entries. */
  | { kind: 'metadata'; start: number; main: number; mirror: number }
  | { kind: 'unsupported'; name: string };

export interface UdfVolume {
  label: string;
  /** Of the file set descriptor. */
  fileSet: Place;
  /** In the order that references count them in; undefined where the partition is missing. */
  partitions: (PartitionMap | undefined)[];
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
  return {
    label: ostaField(logicalVolume.subarray(84, 212)),
    fileSet: {
      block: logicalVolume.readUInt32LE(252),
      partition: logicalVolume.readUInt16LE(256),
    },
    partitions: partitionMaps(logicalVolume, partitions),
  };
}

function partitionMaps(volume: Buffer, starts: ReadonlyMap<number, number>) {
  const maps: (PartitionMap | undefined)[] = [];
  let at = 440;
  for (let left = Math.min(volume.readUInt32LE(268), 8); left > 0; left--) {
    const map = volume.subarray(at, at + volume.readUInt8(at + 1));
    maps.push(partitionMap(map, starts));
    at += map.length;
  }
  return maps;
}

function partitionMap(map: Buffer, starts: ReadonlyMap<number, number>): PartitionMap | undefined {
  const isPlain = map.readUInt8(0) === plainMapType;
  const start = starts.get(map.readUInt16LE(isPlain ? 4 : 38));
  if (isPlain) return start === undefined ? undefined : { kind: 'plain', start };
  const name = map.toString('latin1', 5, 28).replace(/[^\x20-\x7e]/g, '');
  if (name !== metadataMap) return { kind: 'unsupported', name };
  if (start === undefined) return undefined;
  return {
    kind: 'metadata',
    start,
    main: map.readUInt32LE(40),
    mirror: map.readUInt32LE(44),
  };
}
