import { PACKET_BYTES } from './stretch.ts';

/** 32 source packets: what AACS encrypts at a time, but for the first 16 bytes (AACS BD, 3.10). */
export const UNIT_BYTES = 32 * PACKET_BYTES;

const syncAt = 4;
const syncByte = 0x47;
const copyPermission = 0xc0;

/** True when a unit says that it is encrypted, and its second packet agrees by being none. */
export function hasScrambledUnit(units: Buffer): boolean {
  for (let at = 0; at + UNIT_BYTES <= units.length; at += UNIT_BYTES) {
    const isMarked = ((units[at] ?? 0) & copyPermission) === copyPermission;
    if (isMarked && units[at + PACKET_BYTES + syncAt] !== syncByte) return true;
  }
  return false;
}

/** The position of the first source packet without its sync byte; -1 when all are sound. */
export function firstBrokenPacket(packets: Buffer): number {
  for (let at = 0; at + PACKET_BYTES <= packets.length; at += PACKET_BYTES)
    if (packets[at + syncAt] !== syncByte) return at;
  return -1;
}
