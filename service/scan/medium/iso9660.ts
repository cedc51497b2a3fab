import { damagedStructure, parseStructure } from '../structure.ts';
import type { ByteSource } from './byte-source.ts';
import { type Entry, type Extent, type FileTree, walkTree } from './file-tree.ts';
import { SECTOR_BYTES } from './medium.ts';

const firstDescriptor = 16;
const lastDescriptor = 31;
const maximumDirectoryBytes = 1024 * 1024;
const directoryFlag = 0x02;
const continuesFlag = 0x80;

interface DirectoryRecord extends Extent {
  name: string;
  flags: number;
  /** Both byte orders say the same. */
  sound: boolean;
}

/**
 * The files of an ISO 9660 (ECMA-119) volume, or undefined where there is none.
 * Throws `disc-unreadable` or `read-error` when the root cannot be read.
 */
export async function readIso9660(source: ByteSource): Promise<FileTree | undefined> {
  const descriptor = await primaryDescriptor(source);
  if (descriptor === undefined) return undefined;
  const blockBytes = descriptor.readUInt16LE(128);
  if (![512, 1024, 2048].includes(blockBytes)) throw damagedStructure('its block size');
  const rootRecord = directoryRecord(descriptor.subarray(156, 190), blockBytes);
  const faults: string[] = [];
  const list = async (directory: Entry) => {
    const records = await directoryRecords(source, await directory.extents(), blockBytes);
    if (records.some((record) => !record.sound))
      faults.push(`${directory.name} contradicts itself`);
    return joinExtents(records);
  };
  const tree = await walkTree(toEntry([rootRecord]), list);
  const label = descriptor.toString('latin1', 40, 72);
  return { label, files: tree.files, faults: [...faults, ...tree.faults] };
}

async function primaryDescriptor(source: ByteSource): Promise<Buffer | undefined> {
  const sector = Buffer.alloc(SECTOR_BYTES);
  for (let number = firstDescriptor; number <= lastDescriptor; number++) {
    if ((number + 1) * SECTOR_BYTES > source.bytes) return undefined;
    await source.read(number * SECTOR_BYTES, sector);
    const isDescriptor = sector.toString('latin1', 1, 6) === 'CD001';
    if (isDescriptor && sector[0] === 1) return sector;
    if (!isDescriptor || sector[0] === 255) return undefined;
  }
  return undefined;
}

async function directoryRecords(source: ByteSource, extents: Extent[], blockBytes: number) {
  const records: DirectoryRecord[] = [];
  for (const { position, bytes } of extents) {
    if (bytes > maximumDirectoryBytes) throw damagedStructure('a directory of absurd size');
    const data = Buffer.alloc(bytes);
    await source.read(position, data);
    let at = 0;
    while (at < data.length) {
      const length = data.readUInt8(at);
      // Records do not cross sectors; a zero fills the rest of one (ECMA-119 6.8.1.1).
      if (length === 0) at = (Math.floor(at / SECTOR_BYTES) + 1) * SECTOR_BYTES;
      else records.push(directoryRecord(data.subarray(at, at + length), blockBytes));
      at += length;
    }
  }
  return records;
}

function directoryRecord(record: Buffer, blockBytes: number): DirectoryRecord {
  return parseStructure('a directory record', () => {
    const block = record.readUInt32LE(2);
    const bytes = record.readUInt32LE(10);
    const attributeBlocks = record.readUInt8(1);
    const nameLength = record.readUInt8(32);
    return {
      name: record.toString('latin1', 33, 33 + nameLength).replace(/\.?;\d+$/, ''),
      flags: record.readUInt8(25),
      position: (block + attributeBlocks) * blockBytes,
      bytes,
      sound: block === record.readUInt32BE(6) && bytes === record.readUInt32BE(14),
    };
  });
}

/** A file above 4 GiB is several records of one name, all but the last marked (ECMA-119 9.1.6). */
function joinExtents(records: DirectoryRecord[]): Entry[] {
  const entries: Entry[] = [];
  let parts: DirectoryRecord[] = [];
  for (const record of records) {
    if (record.name === '\0' || record.name === '\x01' || record.name === '') continue;
    parts.push(record);
    if (record.flags & continuesFlag) continue;
    entries.push(toEntry(parts));
    parts = [];
  }
  return entries;
}

function toEntry(records: DirectoryRecord[]): Entry {
  return {
    name: records[0]?.name ?? '',
    directory: ((records[0]?.flags ?? 0) & directoryFlag) !== 0,
    place: records[0]?.position ?? 0,
    extents: async () => records.map(({ position, bytes }) => ({ position, bytes })),
  };
}
