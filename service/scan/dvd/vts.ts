import type { AudioTrack, SubtitleTrack } from '../../contract/title.ts';
import type { DiscflowError } from '../../errors.ts';
import { SECTOR_BYTES } from '../medium/medium.ts';
import { isDamage } from '../medium/read-failure.ts';
import { damagedStructure, parseStructure } from '../structure.ts';
import { type ProgramChain, parseProgramChain } from './program-chain.ts';
import {
  audioAttributes,
  subtitleAttributes,
  type VideoAttributes,
  videoAttributes,
} from './stream-attributes.ts';

/** A chapter mark: program chain and program, both from 1. */
export interface ChapterMark {
  chain: number;
  program: number;
}

export interface TitleSetInfo {
  video: VideoAttributes;
  audio: AudioTrack[];
  subtitles: SubtitleTrack[];
  /** The chapter marks of each title of the set. */
  titles: ChapterMark[][];
  /** The program chains that chapters point to. */
  chains: Map<number, ProgramChain>;
  /** Why the others of them cannot be used. */
  damagedChains: Map<number, DiscflowError>;
  faults: string[];
}

const maximumTitles = 99;
const maximumChapters = 999;
/** Ten times what the fullest discs have; more is made to exhaust us. */
const maximumCells = 20_000;

/**
 * Reads VTS_nn_0.IFO (dvd.sourceforge.net/dvdinfo/ifo_vts.html) and checks it against the sectors
 * that the set's VOBs have. Throws `disc-unreadable` or RangeError when nothing can be made of it.
 */
export function parseTitleSet(ifo: Buffer, sectors: number): TitleSetInfo {
  if (ifo.toString('latin1', 0, 12) !== 'DVDVIDEO-VTS') throw damagedStructure('a VTS IFO');
  const titles = chapterMarks(ifo, ifo.readUInt32BE(0xc8) * SECTOR_BYTES);
  const { chains, damagedChains } = readChains(
    ifo,
    new Set(titles.flat().map(({ chain }) => chain)),
    sectors,
  );
  const stray = titles.some((marks) =>
    marks.some(({ chain, program }) => program > (chains.get(chain)?.programs.length ?? program)),
  );
  const faults = [...damagedChains.values()].map(({ message }) => message);
  if (stray) faults.push('a chapter points to no program');
  return {
    video: videoAttributes(ifo),
    audio: audioAttributes(ifo),
    subtitles: subtitleAttributes(ifo),
    titles,
    chains,
    damagedChains,
    faults,
  };
}

/** VTS_PTT_SRPT: an offset per title, then its marks up to the next offset. */
function chapterMarks(ifo: Buffer, table: number): ChapterMark[][] {
  const count = ifo.readUInt16BE(table);
  if (count === 0 || count > maximumTitles) throw damagedStructure('its list of chapters');
  const end = ifo.readUInt32BE(table + 4) + 1;
  const offsets = Array.from({ length: count }, (_, index) =>
    ifo.readUInt32BE(table + 8 + 4 * index),
  );
  return offsets.map((offset) => {
    const next = offsets.filter((other) => other > offset);
    const length = Math.min(end, ...next) - offset;
    const marks = Math.max(0, Math.min(Math.floor(length / 4), maximumChapters));
    return Array.from({ length: marks }, (_, index) => ({
      chain: ifo.readUInt16BE(table + offset + 4 * index),
      program: ifo.readUInt16BE(table + offset + 4 * index + 2),
    }));
  });
}

/** VTS_PGCIT: only the chains that are asked for, each one alone, so that damage stays local. */
function readChains(ifo: Buffer, numbers: ReadonlySet<number>, sectors: number) {
  const table = ifo.readUInt32BE(0xcc) * SECTOR_BYTES;
  const count = ifo.readUInt16BE(table);
  const chains = new Map<number, ProgramChain>();
  const damagedChains = new Map<number, DiscflowError>();
  let cells = 0;
  for (const number of numbers) {
    try {
      if (number < 1 || number > count || cells > maximumCells)
        throw damagedStructure(`no program chain ${number}`);
      const chain = parseStructure(`program chain ${number}`, () => readChain(ifo, table, number));
      checkCells(chain, sectors);
      cells += chain.cells.length;
      chains.set(number, chain);
    } catch (error) {
      if (!isDamage(error)) throw error;
      damagedChains.set(number, error);
    }
  }
  return { chains, damagedChains };
}

function readChain(ifo: Buffer, table: number, number: number): ProgramChain {
  const pointer = table + 8 * number;
  const title = ifo.readUInt8(pointer) & 0x7f;
  return parseProgramChain(ifo, table + ifo.readUInt32BE(pointer + 4), title);
}

function checkCells({ cells }: ProgramChain, sectors: number): void {
  for (const { firstSector, lastSector } of cells)
    if (firstSector > lastSector || lastSector >= sectors)
      throw damagedStructure(
        `video up to sector ${lastSector}, where there are ${sectors} sectors`,
      );
}
