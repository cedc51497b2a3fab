import { SECTOR_BYTES } from '../../../../service/scan/medium/medium.ts';

interface PackContent {
  /** Stream id, or a substream of private stream 1. */
  stream: number;
  /** 90 kHz. */
  time?: number;
  scrambled?: boolean;
  fill?: number;
}

/** A pack with one packet, as on a disc. */
export function makePack({ stream, time, scrambled = false, fill = 0x55 }: PackContent): Buffer {
  const pack = Buffer.alloc(SECTOR_BYTES, fill);
  startPack(pack);
  const isPrivate = stream < 0xb0;
  pack.writeUInt32BE(isPrivate ? 0x1bd : 0x100 + stream, 14);
  pack.writeUInt16BE(SECTOR_BYTES - 20, 18);
  pack[20] = scrambled ? 0xb0 : 0x81;
  pack[21] = time === undefined ? 0 : 0x80;
  pack[22] = 5;
  if (time !== undefined) writeTime(pack, 23, time);
  if (isPrivate) pack[28] = stream;
  return pack;
}

interface NavContent {
  start: number;
  end: number;
  vob: number;
  cell: number;
  /** Of the VOBU, this pack included. */
  sectors: number;
  /** Distance to the next VOBU of the cell. */
  next: number | null;
}

export function makeNavPack({ start, end, vob, cell, sectors, next }: NavContent): Buffer {
  const pack = Buffer.alloc(SECTOR_BYTES);
  startPack(pack);
  pack.writeUInt32BE(0x1bb, 14);
  pack.writeUInt32BE(0x1bf, 0x26);
  pack.writeUInt32BE(start, 0x2d + 12);
  pack.writeUInt32BE(end, 0x2d + 16);
  pack.writeUInt32BE(0x1bf, 0x400);
  pack[0x406] = 1;
  pack.writeUInt32BE(sectors - 1, 0x407 + 8);
  pack.writeUInt16BE(vob, 0x407 + 24);
  pack[0x407 + 27] = cell;
  pack.writeUInt32BE(next === null ? 0x3fffffff : (0x80000000 | next) >>> 0, 0x407 + 314);
  return pack;
}

function startPack(pack: Buffer): void {
  pack.writeUInt32BE(0x1ba, 0);
  pack[13] = 0xf8;
}

/** A 33-bit time stamp with its marker bits (ISO/IEC 13818-1, 2.4.3.7). */
function writeTime(pack: Buffer, at: number, time: number): void {
  pack[at] = 0x21 | (Math.floor(time / 2 ** 30) << 1);
  pack.writeUInt16BE((((time >>> 15) & 0x7fff) << 1) | 1, at + 1);
  pack.writeUInt16BE(((time & 0x7fff) << 1) | 1, at + 3);
}
