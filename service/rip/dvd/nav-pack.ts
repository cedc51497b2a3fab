/**
 * Where the two packets of a navigation pack begin, and their data behind header and substream id.
 */
const PCI_DATA = 0x2d;
const DSI_PACKET = 0x400;
const DSI_DATA = 0x407;
const PRIVATE_STREAM_2 = 0x1bf;
const DSI_SUBSTREAM = 1;
/** Offset of the "next VOBU" pointer in the DSI's VOBU search information (VOBU_SRI at 234). */
const NEXT_VOBU = 234 + 80;
const END_OF_CELL = 0x3fffffff;
/**
 * The upper bits say that the VOBU exists and that video follows; the rest is the distance in
 * sectors.
 */
const DISTANCE_MASK = 0x3fffffff;

/** What a navigation pack says about the VOBU (about half a second of film) that it begins. */
export interface NavPack {
  /** Presentation times of the first picture and of the end of the last one, 90 kHz. */
  readonly start: number;
  readonly end: number;
  readonly vob: number;
  readonly cell: number;
  /** Sectors of the VOBU, this pack included. */
  readonly sectors: number;
  /** Distance to the next VOBU of the same cell, in sectors; null in the last one. */
  readonly next: number | null;
}

/**
 * Reads a navigation pack (PCI and DSI packets as laid out in the DVD-Video specification, part 3,
 * 4.4; offsets checked against dvd.sourceforge.net/dvdinfo/dsi_pkt.html). Null when the pack has no
 * such packets.
 */
export function parseNavPack(bytes: Buffer, pack: number): NavPack | null {
  const isNav =
    bytes.readUInt32BE(pack + DSI_PACKET) === PRIVATE_STREAM_2 &&
    bytes[pack + DSI_PACKET + 6] === DSI_SUBSTREAM;
  if (!isNav) return null;
  const dsi = pack + DSI_DATA;
  const next = bytes.readUInt32BE(dsi + NEXT_VOBU) & DISTANCE_MASK;
  return {
    start: bytes.readUInt32BE(pack + PCI_DATA + 12),
    end: bytes.readUInt32BE(pack + PCI_DATA + 16),
    sectors: bytes.readUInt32BE(dsi + 8) + 1,
    vob: bytes.readUInt16BE(dsi + 24),
    cell: bytes[dsi + 27] ?? 0,
    next: next === END_OF_CELL ? null : next,
  };
}
