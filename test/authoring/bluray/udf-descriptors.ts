import { crc16 } from '../../../service/scan/medium/udf-descriptor.ts';
import { padded } from './big-endian.ts';

export const SECTOR = 2048;
/** 2025-01-01 00:00:00, local time unspecified (ECMA-167 1/7.3). */
const TIMESTAMP = Buffer.from([0x00, 0x10, 0xe9, 0x07, 1, 1, 0, 0, 0, 0, 0, 0]);

export interface UdfKind {
  /** 0x102 or 0x250. */
  readonly revision: number;
}

/** A descriptor in the making: fields at their places, little-endian. */
export class Descriptor {
  readonly data: Buffer;

  constructor(length = SECTOR) {
    this.data = Buffer.alloc(length);
  }

  u8(at: number, value: number): this {
    this.data.writeUInt8(value, at);
    return this;
  }

  u16(at: number, value: number): this {
    this.data.writeUInt16LE(value, at);
    return this;
  }

  u32(at: number, value: number): this {
    this.data.writeUInt32LE(value, at);
    return this;
  }

  u64(at: number, value: number): this {
    this.data.writeBigUInt64LE(BigInt(value), at);
    return this;
  }

  bytes(at: number, value: Buffer): this {
    value.copy(this.data, at);
    return this;
  }

  time(at: number): this {
    return this.bytes(at, TIMESTAMP);
  }

  /** A character set: OSTA compressed Unicode. */
  charset(at: number): this {
    return this.bytes(at + 1, Buffer.from('OSTA Compressed Unicode', 'latin1'));
  }

  /** A text field of fixed length, whose last byte says how much of it is used. */
  text(at: number, length: number, value: string): this {
    this.u8(at, 8).bytes(at + 1, Buffer.from(value, 'latin1'));
    return this.u8(at + length - 1, value.length + 1);
  }

  /** An entity identifier; the suffix begins with the revision where one is given. */
  entity(at: number, name: string, revision?: number): this {
    this.bytes(at + 1, Buffer.from(name, 'latin1'));
    return revision === undefined ? this : this.u16(at + 24, revision);
  }

  longAd(at: number, { bytes, block, partition }: LongAd): this {
    return this.u32(at, bytes)
      .u32(at + 4, block)
      .u16(at + 8, partition);
  }

  /** Completes it with its tag, CRC and checksum (ECMA-167 3/7.2). */
  tagged(tag: number, location: number, { revision }: UdfKind): Buffer {
    this.u16(0, tag)
      .u16(2, revision >= 0x200 ? 3 : 2)
      .u32(12, location);
    this.u16(8, crc16(this.data.subarray(16))).u16(10, this.data.length - 16);
    this.u8(4, 0);
    const sum = this.data.subarray(0, 16).reduce((total, byte) => total + byte, 0);
    return this.u8(4, sum % 256).data;
  }
}

export interface LongAd {
  bytes: number;
  block: number;
  partition: number;
}

interface EntryFields {
  /** 4 folder, 5 file, 250 metadata file, 251 its mirror. */
  type: number;
  bytes: number;
  uniqueId: number;
  /** Allocation descriptors, or the contents themselves. */
  allocation: Buffer;
  /** 0 short descriptors, 1 long ones, 3 contents. */
  allocationKind: 0 | 1 | 3;
  location: number;
  links?: number;
}

/** A file entry; of revision 2 an extended one (ECMA-167 4/14.9 and 4/14.17). */
export function fileEntry(fields: EntryFields, kind: UdfKind): Buffer {
  const isExtended = kind.revision >= 0x200;
  const header = isExtended ? 216 : 176;
  if (header + fields.allocation.length > SECTOR) throw new Error('a file entry is too long');
  const entry = new Descriptor(header + fields.allocation.length)
    .u16(20, 4)
    .u16(24, 1)
    .u8(27, fields.type)
    .u16(34, fields.allocationKind)
    .u32(44, 0x14a5)
    .u16(48, fields.links ?? 1)
    .u64(56, fields.bytes);
  const blocks = fields.allocationKind === 3 ? 0 : Math.ceil(fields.bytes / SECTOR);
  if (isExtended) {
    entry.u64(64, fields.bytes).u64(72, blocks).time(80).time(92).time(104).time(116).u32(128, 1);
    entry.entity(168, '*discflow test').u64(200, fields.uniqueId);
  } else {
    entry.u64(64, blocks).time(72).time(84).time(96).u32(108, 1);
    entry.entity(128, '*discflow test').u64(160, fields.uniqueId);
  }
  entry.u32(header - 4, fields.allocation.length).bytes(header, fields.allocation);
  return padded(entry.tagged(isExtended ? 266 : 261, fields.location, kind), SECTOR);
}

interface FileIdentifier {
  name: string;
  folder: boolean;
  place: LongAd;
  location: number;
}

/** A file identifier (ECMA-167 4/14.4); without a name the parent's. */
export function fileIdentifier(
  { name, folder, place, location }: FileIdentifier,
  kind: UdfKind,
): Buffer {
  const length = name === '' ? 0 : name.length + 1;
  const entry = new Descriptor((38 + length + 3) & ~3)
    .u16(16, 1)
    .u8(18, (folder ? 2 : 0) | (name === '' ? 8 : 0))
    .u8(19, length)
    .longAd(20, place);
  if (length > 0) entry.u8(38, 8).bytes(39, Buffer.from(name, 'latin1'));
  return entry.tagged(257, location, kind);
}
