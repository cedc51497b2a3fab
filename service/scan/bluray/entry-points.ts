import { damagedStructure } from '../structure.ts';
import { Fields } from './fields.ts';

/** A picture that can be decoded alone. */
export interface EntryPoint {
  /** 45 kHz. */
  time: number;
  /** Source packet in which it begins. */
  packet: number;
}

const entryPointMap = 1;
const coarseBytes = 8;
const fineBytes = 4;
const fineTimeBits = 11;
const finePacketMask = 0x1ffff;

/**
 * Reads the EP map of the first stream in the CPI section (libbluray, clpi_parse.c): coarse entries
 * hold the upper bits of time and packet, fine ones the lower; a coarse entry counts from the fine
 * entry that it names.
 */
export function parseEntryPoints(data: Buffer, position: number): EntryPoint[] {
  if (position === 0 || data.readUInt32BE(position) === 0) return [];
  const map = position + 6;
  if ((data.readUInt16BE(position + 4) & 15) !== entryPointMap || data.readUInt8(map + 1) === 0)
    return [];
  const counts = data.readUInt32BE(map + 6);
  const coarseCount = (data.readUInt16BE(map + 4) & 3) * 0x4000 + (counts >>> 18);
  const fineCount = counts & 0x3ffff;
  const table = map + data.readUInt32BE(map + 10);
  const coarse = new Fields(data.subarray(table + 4)).part(coarseCount * coarseBytes);
  const fineTable = data.subarray(table + data.readUInt32BE(table));
  const fine = new Fields(fineTable).part(fineCount * fineBytes);
  return joinEntries(readCoarse(coarse, coarseCount), readFine(fine, fineCount));
}

interface Coarse {
  firstFine: number;
  time: number;
  packet: number;
}

function readCoarse(fields: Fields, count: number): Coarse[] {
  return Array.from({ length: count }, () => {
    const reference = fields.u32();
    return { firstFine: reference >>> 14, time: reference & 0x3fff, packet: fields.u32() };
  });
}

function readFine(fields: Fields, count: number): EntryPoint[] {
  return Array.from({ length: count }, () => {
    const entry = fields.u32();
    return { time: (entry >>> 17) & ((1 << fineTimeBits) - 1), packet: entry & finePacketMask };
  });
}

/** The lowest bit of a coarse time is also the highest of the fine ones. */
function joinEntries(coarse: readonly Coarse[], fine: readonly EntryPoint[]): EntryPoint[] {
  let at = 0;
  return fine.map(({ time, packet }, index) => {
    while ((coarse[at + 1]?.firstFine ?? Number.POSITIVE_INFINITY) <= index) at++;
    const upper = coarse[at];
    if (upper === undefined) throw damagedStructure('clip information');
    const upperPacket = upper.packet - (upper.packet & finePacketMask);
    return { time: (upper.time >>> 1) * 2 ** 19 + time * 2 ** 8, packet: upperPacket + packet };
  });
}
