import { damagedStructure } from '../structure.ts';
import { paletteColours } from './palette.ts';
import { playbackTime } from './playback-time.ts';

export interface ChainCell {
  vob: number;
  cell: number;
  firstSector: number;
  lastSector: number;
  duration: number;
  interleaved: boolean;
  /** 1 to 9 inside an angle block, 0 outside. */
  angle: number;
}

/** A program chain: the cells of (a part of) a title, and which streams it plays. */
export interface ProgramChain {
  /** The title of the set that it belongs to. */
  title: number;
  /** Index of the first cell of each program. */
  programs: number[];
  cells: ChainCell[];
  /** Stream control words by logical stream: is it there, and under which number? */
  audioControl: number[];
  subtitleControl: number[];
  palette: string[];
}

const cellBytes = 24;
const angleBlock = 1;
const firstOfBlock = 1;

// Layout: dvd.sourceforge.net/dvdinfo/pgc.html.

/** Reads the program chain at a byte offset. Throws `disc-unreadable` or RangeError for nonsense. */
export function parseProgramChain(ifo: Buffer, at: number, title: number): ProgramChain {
  const cells = parseCells(ifo, at);
  return {
    title,
    programs: parsePrograms(ifo, at, cells.length),
    cells,
    audioControl: Array.from({ length: 8 }, (_, index) => ifo.readUInt16BE(at + 12 + 2 * index)),
    subtitleControl: Array.from({ length: 32 }, (_, index) =>
      ifo.readUInt32BE(at + 28 + 4 * index),
    ),
    palette: paletteColours(ifo, at + 0xa4),
  };
}

function parsePrograms(ifo: Buffer, at: number, cells: number): number[] {
  if (cells === 0) return [];
  const map = at + ifo.readUInt16BE(at + 0xe6);
  const count = ifo.readUInt8(at + 2);
  const programs = Array.from({ length: count }, (_, index) => ifo.readUInt8(map + index) - 1);
  const ascending = programs.every((cell, index) => cell > (programs[index - 1] ?? -1));
  if (!ascending || (programs.at(-1) ?? 0) >= cells) throw damagedStructure('a program map');
  return programs;
}

function parseCells(ifo: Buffer, at: number): ChainCell[] {
  const playback = at + ifo.readUInt16BE(at + 0xe8);
  const position = at + ifo.readUInt16BE(at + 0xea);
  const cells: ChainCell[] = [];
  let angle = 0;
  for (let index = 0; index < ifo.readUInt8(at + 3); index++) {
    const entry = playback + cellBytes * index;
    const category = ifo.readUInt8(entry);
    angle = nextAngle(category, angle);
    cells.push({
      vob: ifo.readUInt16BE(position + 4 * index),
      cell: ifo.readUInt8(position + 4 * index + 3),
      firstSector: ifo.readUInt32BE(entry + 8),
      lastSector: ifo.readUInt32BE(entry + 20),
      duration: playbackTime(ifo, entry + 4),
      interleaved: (category & 0x04) !== 0,
      angle,
    });
  }
  return cells;
}

/** Cell category: bits 7-6 first, middle or last of its block, bits 5-4 block type, bit 2 interleaved. */
function nextAngle(category: number, previous: number): number {
  if (((category >> 4) & 3) !== angleBlock) return 0;
  return category >> 6 === firstOfBlock ? 1 : previous + 1;
}
