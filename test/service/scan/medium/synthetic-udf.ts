import { SECTOR_BYTES } from '../../../../service/scan/medium/medium.ts';
import { crc16, udfTags } from '../../../../service/scan/medium/udf-descriptor.ts';

/** How the file entries say where a file is. */
export type Allocation = 'short' | 'long' | 'embedded' | 'continued';

export interface UdfSpec {
  label: string;
  files: { name: string; data: Buffer }[];
  allocation: Allocation;
  /** Extended file entries (UDF 2) in place of plain ones. */
  extended?: boolean;
  /** The name of a map that redirects blocks, in place of a plain one. */
  redirected?: string;
}

const partitionStart = 260;

/** A UDF-only image: blocks are handed out in the order of writing. */
export function udfImage({ label, files, allocation, ...options }: UdfSpec): Buffer {
  const blocks: Buffer[] = [Buffer.alloc(SECTOR_BYTES)];
  const add = (data: Buffer): number => {
    const count = Math.max(1, Math.ceil(data.length / SECTOR_BYTES));
    const padded = Buffer.alloc(count * SECTOR_BYTES);
    data.copy(padded);
    return blocks.push(...split(padded)) - count;
  };
  const addFile = (data: Buffer) => add(fileEntry(data, { allocation, add, ...options }));
  const addFolder = (entries: [name: string, block: number][], directory: boolean) =>
    addFile(
      Buffer.concat([
        fileIdentifier('', 0, 0x0a),
        ...entries.map(([name, block]) => fileIdentifier(name, block, directory ? 2 : 0)),
      ]),
    );
  const video = addFolder(
    files.map(({ name, data }) => [name, addFile(data)]),
    false,
  );
  blocks[0] = fileSet(addFolder([['VIDEO_TS', video]], true));
  return Buffer.concat([volumeHead(label, options), ...blocks]);
}

function split(data: Buffer): Buffer[] {
  return Array.from({ length: data.length / SECTOR_BYTES }, (_, index) =>
    data.subarray(index * SECTOR_BYTES, (index + 1) * SECTOR_BYTES),
  );
}

/** Completes a descriptor: identifier, CRC and checksum, ECMA-167 3/7.2. */
export function tagged(tag: number, data: Buffer): Buffer {
  data.writeUInt16LE(tag, 0);
  data.writeUInt16LE(crc16(data.subarray(16)), 8);
  data.writeUInt16LE(data.length - 16, 10);
  data[4] = data.subarray(0, 16).reduce((sum, byte, at) => (at === 4 ? sum : sum + byte), 0) % 256;
  return data;
}

function volumeHead(label: string, { redirected }: Pick<UdfSpec, 'redirected'>): Buffer {
  const head = Buffer.alloc(partitionStart * SECTOR_BYTES);
  const sector = () => Buffer.alloc(SECTOR_BYTES);
  const partition = sector();
  partition.writeUInt32LE(partitionStart, 188);
  const volume = sector();
  volume[84] = 16;
  Buffer.from(label, 'utf16le').swap16().copy(volume, 85);
  volume[211] = 1 + 2 * label.length;
  volume.writeUInt32LE(SECTOR_BYTES, 212);
  volume.writeUInt32LE(1, 268);
  volume.set(redirected ? [2, 64] : [1, 6], 440);
  volume.write(redirected ?? '', 445, 'latin1');
  const anchor = sector();
  anchor.writeUInt32LE(3 * SECTOR_BYTES, 16);
  anchor.writeUInt32LE(32, 20);
  anchor.writeUInt32LE(3 * SECTOR_BYTES, 24);
  anchor.writeUInt32LE(48, 28);
  for (const first of [32, 48]) {
    tagged(udfTags.partition, partition).copy(head, first * SECTOR_BYTES);
    tagged(udfTags.logicalVolume, volume).copy(head, (first + 1) * SECTOR_BYTES);
    tagged(udfTags.terminator, sector()).copy(head, (first + 2) * SECTOR_BYTES);
  }
  tagged(udfTags.anchor, anchor).copy(head, 256 * SECTOR_BYTES);
  return head;
}

function fileSet(root: number): Buffer {
  const data = Buffer.alloc(512);
  data.writeUInt32LE(root, 404);
  const block = Buffer.alloc(SECTOR_BYTES);
  tagged(udfTags.fileSet, data).copy(block);
  return block;
}

function fileIdentifier(name: string, block: number, flags: number): Buffer {
  const length = name === '' ? 0 : name.length + 1;
  const data = Buffer.alloc((38 + length + 3) & ~3);
  data[18] = flags;
  data[19] = length;
  data.writeUInt32LE(block, 24);
  if (length > 0) data.write(`\x08${name}`, 38, 'latin1');
  return tagged(udfTags.fileIdentifier, data);
}

interface EntryOptions {
  allocation: Allocation;
  extended?: boolean;
  add(data: Buffer): number;
}

function fileEntry(data: Buffer, { allocation, extended, add }: EntryOptions): Buffer {
  const header = extended ? 216 : 176;
  const descriptors = allocationDescriptors(data, allocation, add);
  const entry = Buffer.alloc(header + descriptors.length);
  entry.writeUInt16LE({ short: 0, long: 1, embedded: 3, continued: 0 }[allocation], 34);
  entry.writeBigUInt64LE(BigInt(data.length), 56);
  entry.writeUInt32LE(descriptors.length, header - 4);
  descriptors.copy(entry, header);
  return tagged(extended ? udfTags.extendedFileEntry : udfTags.fileEntry, entry);
}

/** Files of more than one block get an extent for the first and one for the rest. */
function allocationDescriptors(
  data: Buffer,
  allocation: Allocation,
  add: (data: Buffer) => number,
) {
  if (allocation === 'embedded') return data;
  const parts = [data.subarray(0, SECTOR_BYTES), data.subarray(SECTOR_BYTES)];
  const extents = parts.flatMap((part) => (part.length ? [[part.length, add(part)]] : []));
  const size = allocation === 'long' ? 16 : 8;
  const list = Buffer.alloc(extents.length * size);
  for (const [index, [bytes = 0, block = 0]] of extents.entries()) {
    list.writeUInt32LE(bytes, index * size);
    list.writeUInt32LE(block, index * size + 4);
  }
  return allocation === 'continued' ? continuation(list, add) : list;
}

function continuation(list: Buffer, add: (data: Buffer) => number): Buffer {
  const block = Buffer.alloc(24 + list.length);
  block.writeUInt32LE(list.length, 20);
  list.copy(block, 24);
  const pointer = Buffer.alloc(8);
  pointer.writeUInt32LE(3 * 2 ** 30 + SECTOR_BYTES, 0);
  pointer.writeUInt32LE(add(tagged(udfTags.allocationExtent, block)), 4);
  return pointer;
}
