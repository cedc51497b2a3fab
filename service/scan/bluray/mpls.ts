import { damagedStructure } from '../structure.ts';
import { type Fields, sectionAt } from './fields.ts';
import { parseStreamTable, type StreamTable } from './stream-table.ts';

/** A stretch of one clip as the playlist names it. */
export interface MplsItem {
  clip: string;
  /** Clips of the other angles. */
  angles: string[];
  /** Which of the clip's time bases `in` and `out` count in. */
  stc: number;
  /** 45 kHz. */
  in: number;
  out: number;
  seamless: boolean;
  streams: StreamTable;
}

export interface MplsSubPath {
  type: number;
  clips: string[];
}

export interface Mpls {
  version: string;
  items: MplsItem[];
  subPaths: MplsSubPath[];
  /** Chapter marks: item and time in its clip, 45 kHz. */
  marks: { item: number; time: number }[];
}

const versions = new Set(['0100', '0200', '0240', '0300']);
const chapterMark = 1;
const multiAngleFlag = 0x10;
const multiClipFlag = 0x01;
/** Connection conditions of clips that are decoded without a break. */
const seamlessConditions = new Set([5, 6]);

/**
 * Reads a playlist: sections at the offsets in its head, each with its length (libbluray,
 * mpls_parse.c). Extension data and user operation masks are not looked at. Throws
 * `disc-unreadable` for what is no playlist, RangeError for what is cut off.
 */
export function parseMpls(data: Buffer): Mpls {
  const version = data.toString('latin1', 4, 8);
  if (data.toString('latin1', 0, 4) !== 'MPLS' || !versions.has(version))
    throw damagedStructure('a playlist');
  const list = sectionAt(data, data.readUInt32BE(8));
  list.skip(2);
  const [itemCount, subPathCount] = [list.u16(), list.u16()];
  const items = Array.from({ length: itemCount }, () => parseItem(list.part(list.u16())));
  const subPaths = Array.from({ length: subPathCount }, () => parseSubPath(list.part(list.u32())));
  return { version, items, subPaths, marks: parseMarks(sectionAt(data, data.readUInt32BE(12))) };
}

function parseItem(fields: Fields): MplsItem {
  const clip = clipName(fields);
  const flags = fields.u16();
  const stc = fields.u8();
  const [from, to] = [fields.u32(), fields.u32()];
  const userOperations = 8;
  const randomAccessAndStill = 4;
  fields.skip(userOperations + randomAccessAndStill);
  const angles = (flags & multiAngleFlag) === 0 ? [] : parseAngles(fields);
  if (to < from) throw damagedStructure('a playlist');
  const streams = parseStreamTable(fields.part(fields.u16()));
  return { clip, angles, stc, in: from, out: to, seamless: isSeamless(flags), streams };
}

function isSeamless(flags: number): boolean {
  return seamlessConditions.has(flags & 15);
}

/** The count includes the first angle, which is the item itself. */
function parseAngles(fields: Fields): string[] {
  const count = fields.u8();
  fields.skip(1);
  return Array.from({ length: Math.max(0, count - 1) }, () => {
    const clip = clipName(fields);
    fields.skip(1);
    return clip;
  });
}

function clipName(fields: Fields): string {
  const name = fields.text(5);
  const codec = 4;
  fields.skip(codec);
  if (!/^\d{5}$/.test(name)) throw damagedStructure('a playlist');
  return name;
}

function parseSubPath(fields: Fields): MplsSubPath {
  fields.skip(1);
  const type = fields.u8();
  fields.skip(3);
  const clips = Array.from({ length: fields.u8() }, () => subItemClips(fields.part(fields.u16())));
  return { type, clips: clips.flat() };
}

function subItemClips(fields: Fields): string[] {
  const first = clipName(fields);
  const isMultiClip = (fields.u32() & multiClipFlag) !== 0;
  if (!isMultiClip) return [first];
  const stcInOutAndSync = 15;
  fields.skip(stcInOutAndSync);
  const count = fields.u8();
  fields.skip(1);
  const others = Array.from({ length: Math.max(0, count - 1) }, () => {
    const clip = clipName(fields);
    fields.skip(1);
    return clip;
  });
  return [first, ...others];
}

const markBytes = 14;

function parseMarks(fields: Fields): Mpls['marks'] {
  const marks = Array.from({ length: fields.u16() }, () => fields.bytes(markBytes));
  return marks
    .filter((mark) => mark.readUInt8(1) === chapterMark)
    .map((mark) => ({ item: mark.readUInt16BE(2), time: mark.readUInt32BE(4) }));
}
