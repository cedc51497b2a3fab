import { damagedStructure } from '../structure.ts';
import { type EntryPoint, parseEntryPoints } from './entry-points.ts';
import { type Fields, sectionAt } from './fields.ts';
import { type StreamAttributes, streamAttributes } from './stream-attributes.ts';

/** One time base of a clip: its times mean something from `firstPacket` on. */
export interface TimeBase {
  firstPacket: number;
  /** First and last presentation, 45 kHz. */
  start: number;
  end: number;
}

/** What CLIPINF says of a stream file. */
export interface Clip {
  /** Source packets of 192 bytes. */
  packets: number;
  timeBases: TimeBase[];
  streams: (StreamAttributes & { streamId: number })[];
  /** Where pictures begin that can be decoded alone, in the order of the stream. */
  entryPoints: EntryPoint[];
}

const versions = new Set(['0100', '0200', '0240', '0300']);
const clipInfoAt = 40;
/** Playlists name a time base by one byte. */
const MOST_TIME_BASES = 256;

/**
 * Reads clip information (libbluray, clpi_parse.c). Throws `disc-unreadable` for what is none,
 * RangeError for what is cut off.
 */
export function parseClpi(data: Buffer): Clip {
  const isClip = data.toString('latin1', 0, 4) === 'HDMV';
  if (!isClip || !versions.has(data.toString('latin1', 4, 8)))
    throw damagedStructure('clip information');
  return {
    packets: data.readUInt32BE(clipInfoAt + 16),
    timeBases: parseSequences(sectionAt(data, data.readUInt32BE(8))),
    streams: parsePrograms(sectionAt(data, data.readUInt32BE(12))),
    entryPoints: parseEntryPoints(data, data.readUInt32BE(16)),
  };
}

function parseSequences(fields: Fields): TimeBase[] {
  fields.skip(1);
  const sequences = Array.from({ length: fields.u8() }, () => {
    const arrivalStart = 4;
    fields.skip(arrivalStart);
    const count = fields.u8();
    fields.skip(1);
    return Array.from({ length: count }, () => {
      const clockPid = 2;
      fields.skip(clockPid);
      return { firstPacket: fields.u32(), start: fields.u32(), end: fields.u32() };
    });
  });
  return sequences.flat().slice(0, MOST_TIME_BASES);
}

function parsePrograms(fields: Fields): Clip['streams'] {
  fields.skip(1);
  const programs = Array.from({ length: fields.u8() }, () => {
    const startAndMap = 6;
    fields.skip(startAndMap);
    const streams = fields.u8();
    fields.skip(1);
    return Array.from({ length: streams }, () => {
      const streamId = fields.u16();
      return { ...streamAttributes(fields.part(fields.u8()), { hasAspect: true }), streamId };
    });
  });
  return programs.flat();
}
