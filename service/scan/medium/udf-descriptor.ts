import { damagedStructure, parseStructure } from '../structure.ts';

/** Descriptor tag identifiers, ECMA-167 3/7.2.1 and 4/7.2.1. */
export const udfTags = {
  anchor: 2,
  partition: 5,
  logicalVolume: 6,
  terminator: 8,
  fileSet: 256,
  fileIdentifier: 257,
  allocationExtent: 258,
  fileEntry: 261,
  extendedFileEntry: 266,
};

/** The identifier of a sound descriptor at the start of `data`; undefined when its checksums are wrong. */
export function descriptorTag(data: Buffer): number | undefined {
  if (data.length < 16) return undefined;
  const sum = data
    .subarray(0, 16)
    .reduce((total, byte, at) => (at === 4 ? total : total + byte), 0);
  const crcLength = data.readUInt16LE(10);
  if (sum % 256 !== data[4] || 16 + crcLength > data.length) return undefined;
  const sound = crc16(data.subarray(16, 16 + crcLength)) === data.readUInt16LE(8);
  return sound ? data.readUInt16LE(0) : undefined;
}

/** CRC-CCITT with polynomial 0x1021 and start 0, ECMA-167 1/7.2.6. */
export function crc16(data: Buffer): number {
  let crc = 0;
  for (const byte of data) crc = ((crc << 8) & 0xffff) ^ (crcTable[(crc >> 8) ^ byte] ?? 0);
  return crc;
}

const crcTable = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc;
});

/** An OSTA compressed Unicode name (UDF 2.1.1): the first byte tells 8 or 16 bits per character. */
export function ostaText(data: Buffer): string {
  if (data[0] === 8) return data.toString('latin1', 1);
  if (data[0] !== 16) return '';
  return Buffer.from(data.subarray(1, data.length - ((data.length - 1) % 2)))
    .swap16()
    .toString('utf16le');
}

/** A fixed field whose last byte is the length of the text in it (UDF 2.1.3). */
export function ostaField(data: Buffer): string {
  return ostaText(data.subarray(0, Math.min(data.at(-1) ?? 0, data.length - 1)));
}

export interface FileIdentifier {
  name: string;
  directory: boolean;
  /** Where the file entry is: block and partition reference. */
  block: number;
  partition: number;
}

const directoryFlag = 0x02;
const deletedFlag = 0x04;
const parentFlag = 0x08;

/** The entries of a directory (ECMA-167 4/14.4), without deleted ones and the parent. */
export function fileIdentifiers(data: Buffer): FileIdentifier[] {
  return parseStructure('a UDF directory', () => {
    const found: FileIdentifier[] = [];
    for (let at = 0; at < data.length; ) {
      const nameLength = data.readUInt8(at + 19);
      const nameAt = at + 38 + data.readUInt16LE(at + 36);
      const next = (nameAt + nameLength + 3) & ~3;
      if (descriptorTag(data.subarray(at, next)) !== udfTags.fileIdentifier)
        throw damagedStructure('a UDF directory');
      const flags = data.readUInt8(at + 18);
      if ((flags & (deletedFlag | parentFlag)) === 0)
        found.push({
          name: ostaText(data.subarray(nameAt, nameAt + nameLength)),
          directory: (flags & directoryFlag) !== 0,
          block: data.readUInt32LE(at + 24),
          partition: data.readUInt16LE(at + 28),
        });
      at = next;
    }
    return found;
  });
}
