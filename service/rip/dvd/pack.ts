/** Program stream layout: ISO/IEC 13818-1, 2.5.3; one pack fills one sector on DVD-Video. */
const PACK_START = 0x1ba;
const PACK_HEADER_BYTES = 14;
const PRIVATE_STREAM_1 = 0xbd;
const SYSTEM_HEADER = 0xbb;
const START_CODE_PREFIX = 1;
const PACKET_HEADER_BYTES = 9;

/**
 * What {@link streamOf} says for a navigation pack: only these begin with a system header on
 * DVD-Video.
 */
export const NAV_STREAM = SYSTEM_HEADER;
/**
 * What {@link streamOf} says when nothing usable is inside: padding, or a packet we do not know.
 */
export const NO_STREAM = 0;
/** What {@link streamOf} says when these 2048 bytes are not a pack at all. */
export const NOT_A_PACK = -1;

/**
 * The stream that a pack belongs to: {@link NAV_STREAM}, 0xe0 video, 0xc0-0xdf MPEG audio, or the
 * substream of private stream 1 (0x20-0x3f subpictures, 0x80-0x87 AC-3, 0x88-0x8f DTS, 0xa0-0xa7
 * LPCM).
 */
export function streamOf(bytes: Buffer, pack: number): number {
  if (bytes.readUInt32BE(pack) !== PACK_START) return NOT_A_PACK;
  const packet = packetOf(bytes, pack);
  if (bytes.readUIntBE(packet, 3) !== START_CODE_PREFIX) return NO_STREAM;
  const stream = byteAt(bytes, packet + 3);
  if (stream === PRIVATE_STREAM_1) return byteAt(bytes, payloadOf(bytes, packet));
  const known = stream === NAV_STREAM || (stream >= 0xc0 && stream <= 0xef);
  return known ? stream : NO_STREAM;
}

export function isVideo(stream: number): boolean {
  return stream >= 0xe0 && stream <= 0xef;
}

export function isAudio(stream: number): boolean {
  return (stream >= 0x80 && stream <= 0xa7) || (stream >= 0xc0 && stream <= 0xdf);
}

export function isSubpicture(stream: number): boolean {
  return stream >= 0x20 && stream <= 0x3f;
}

/** PES_scrambling_control of a pack with video, audio or subpictures; CSS sets it. */
export function isScrambled(bytes: Buffer, pack: number): boolean {
  return (byteAt(bytes, packetOf(bytes, pack) + 6) & 0x30) !== 0;
}

/**
 * The presentation time in a pack with video, audio or subpictures: its low 32 bits in 90 kHz, or
 * null.
 */
export function presentationTime(bytes: Buffer, pack: number): number | null {
  const packet = packetOf(bytes, pack);
  if ((byteAt(bytes, packet + 7) & 0x80) === 0) return null;
  const at = packet + PACKET_HEADER_BYTES;
  const high = (byteAt(bytes, at) >> 1) & 7;
  const middle = bytes.readUInt16BE(at + 1) >> 1;
  const low = bytes.readUInt16BE(at + 3) >> 1;
  return ((high << 30) | (middle << 15) | low) >>> 0;
}

function packetOf(bytes: Buffer, pack: number): number {
  return pack + PACK_HEADER_BYTES + (byteAt(bytes, pack + 13) & 7);
}

function payloadOf(bytes: Buffer, packet: number): number {
  return packet + PACKET_HEADER_BYTES + byteAt(bytes, packet + 8);
}

function byteAt(bytes: Buffer, position: number): number {
  return bytes[position] ?? 0;
}
