import { SECTOR_BYTES } from '../../../../service/scan/medium/medium.ts';

export interface CellSpec {
  vob: number;
  cell: number;
  first: number;
  last: number;
  /** Whole seconds. */
  seconds: number;
  /** First byte of the cell's category. */
  category?: number;
}

export interface ChainSpec {
  /** Title of the set that the chain belongs to. */
  title: number;
  cells: CellSpec[];
  /** First cell of each program, from 1; one program with all cells unless given. */
  programs?: number[];
  audioControl?: number[];
  subtitleControl?: number[];
}

export interface TitleSetSpec {
  /** Chapter marks of each title as [chain, program]. */
  titles: [number, number][][];
  chains: ChainSpec[];
  /** Bytes of the video attributes; PAL 16:9 unless given. */
  video?: [number, number];
  /** Eight bytes each. */
  audio?: number[][];
  /** Six bytes each. */
  subtitles?: number[][];
}

const bcd = (value: number) => (Math.floor(value / 10) << 4) | (value % 10);

function playbackTime(seconds: number): Buffer {
  const pal = 0x40;
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60];
  return Buffer.from([...parts.map((part) => bcd(Math.floor(part))), pal]);
}

function chainBuffer({ title: _, cells, programs = [1], ...streams }: ChainSpec): Buffer {
  const header = Buffer.alloc(0xec);
  const map = Buffer.alloc(programs.length + (programs.length % 2));
  const playback = Buffer.alloc(24 * cells.length);
  const position = Buffer.alloc(4 * cells.length);
  header[2] = programs.length;
  header[3] = cells.length;
  map.set(programs);
  for (const [index, value] of (streams.audioControl ?? []).entries())
    header.writeUInt16BE(value, 12 + 2 * index);
  for (const [index, value] of (streams.subtitleControl ?? []).entries())
    header.writeUInt32BE(value >>> 0, 28 + 4 * index);
  for (const [index, cell] of cells.entries()) {
    playback[24 * index] = cell.category ?? 0;
    playback.set(playbackTime(cell.seconds), 24 * index + 4);
    playback.writeUInt32BE(cell.first, 24 * index + 8);
    playback.writeUInt32BE(cell.last, 24 * index + 20);
    position.writeUInt16BE(cell.vob, 4 * index);
    position[4 * index + 3] = cell.cell;
  }
  header.writeUInt16BE(0xec, 0xe6);
  header.writeUInt16BE(0xec + map.length, 0xe8);
  header.writeUInt16BE(0xec + map.length + playback.length, 0xea);
  return Buffer.concat([header, map, playback, position]);
}

function sectors(data: Buffer): Buffer {
  return Buffer.concat([
    data,
    Buffer.alloc((SECTOR_BYTES - (data.length % SECTOR_BYTES)) % SECTOR_BYTES),
  ]);
}

function chapterTable(titles: TitleSetSpec['titles']): Buffer {
  const table = Buffer.alloc(8 + 4 * titles.length + 4 * titles.flat().length);
  table.writeUInt16BE(titles.length, 0);
  table.writeUInt32BE(table.length - 1, 4);
  let at = 8 + 4 * titles.length;
  for (const [index, marks] of titles.entries()) {
    table.writeUInt32BE(at, 8 + 4 * index);
    for (const [chain, program] of marks) {
      table.writeUInt16BE(chain, at);
      table.writeUInt16BE(program, at + 2);
      at += 4;
    }
  }
  return sectors(table);
}

function chainTable(chains: ChainSpec[]): Buffer {
  const bodies = chains.map(chainBuffer);
  const header = Buffer.alloc(8 + 8 * chains.length);
  header.writeUInt16BE(chains.length, 0);
  let at = header.length;
  for (const [index, chain] of chains.entries()) {
    header[8 + 8 * index] = 0x80 | chain.title;
    header.writeUInt32BE(at, 12 + 8 * index);
    at += bodies[index]?.length ?? 0;
  }
  return sectors(Buffer.concat([header, ...bodies]));
}

/** A VTS_nn_0.IFO with just what a scan reads. */
export function titleSetIfo({
  titles,
  chains,
  video = [0x5c, 0],
  ...streams
}: TitleSetSpec): Buffer {
  const header = Buffer.alloc(SECTOR_BYTES);
  const chapters = chapterTable(titles);
  header.write('DVDVIDEO-VTS', 'latin1');
  header.writeUInt32BE(1, 0xc8);
  header.writeUInt32BE(1 + chapters.length / SECTOR_BYTES, 0xcc);
  header.set(video, 0x200);
  header.writeUInt16BE(streams.audio?.length ?? 0, 0x202);
  header.set((streams.audio ?? []).flat(), 0x204);
  header.writeUInt16BE(streams.subtitles?.length ?? 0, 0x254);
  header.set((streams.subtitles ?? []).flat(), 0x256);
  return Buffer.concat([header, chapters, chainTable(chains)]);
}

/** A VIDEO_TS.IFO whose titles are given as [title set, number in the set]. */
export function videoManagerIfo(titles: [number, number][]): Buffer {
  const ifo = Buffer.alloc(2 * SECTOR_BYTES);
  ifo.write('DVDVIDEO-VMG', 'latin1');
  ifo.writeUInt16BE(Math.max(...titles.map(([titleSet]) => titleSet)), 0x3e);
  ifo.writeUInt32BE(1, 0xc4);
  ifo.writeUInt16BE(titles.length, SECTOR_BYTES);
  for (const [index, [titleSet, numberInSet]] of titles.entries()) {
    ifo[SECTOR_BYTES + 8 + 12 * index + 6] = titleSet;
    ifo[SECTOR_BYTES + 8 + 12 * index + 7] = numberInSet;
  }
  return ifo;
}
