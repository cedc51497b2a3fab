/** Fixed part of a program chain: counts, times, stream control, palette (DVD-Video, PGC_GI). */
const FIXED_BYTES = 0xec;
const CELL_BYTES = 24;
const POSITION_BYTES = 4;
const COMMANDS = 0xe4;
const PROGRAM_MAP = 0xe6;
const CELLS = 0xe8;
const POSITIONS = 0xea;

/** A cell of a title in its title set; both count from 1. */
export interface CellReference {
  readonly title: number;
  readonly cell: number;
}

interface CopiedCell {
  readonly playback: Buffer;
  readonly position: Buffer;
  readonly startsProgram: boolean;
}

/** The chains of a VTS_PGCIT with their 4-byte categories. */
export function splitProgramChains(table: Buffer): { category: Buffer; chain: Buffer }[] {
  const count = table.readUInt16BE(0);
  const end = table.readUInt32BE(4) + 1;
  const offset = (i: number) => (i < count ? table.readUInt32BE(12 + 8 * i) : end);
  return Array.from({ length: count }, (_, i) => ({
    category: table.subarray(8 + 8 * i, 12 + 8 * i),
    chain: table.subarray(offset(i), offset(i + 1)),
  }));
}

export function joinProgramChains(chains: readonly { category: Buffer; chain: Buffer }[]): Buffer {
  const head = Buffer.alloc(8 + 8 * chains.length);
  let at = head.length;
  for (const [i, { category, chain }] of chains.entries()) {
    category.copy(head, 8 + 8 * i);
    head.writeUInt32BE(at, 12 + 8 * i);
    at += chain.length;
  }
  head.writeUInt16BE(chains.length, 0);
  head.writeUInt32BE(at - 1, 4);
  return Buffer.concat([head, ...chains.map(({ chain }) => chain)]);
}

function copyCell(chain: Buffer, cell: number): CopiedCell {
  const programs = chain.readUInt16BE(PROGRAM_MAP);
  const playback = chain.readUInt16BE(CELLS) + CELL_BYTES * (cell - 1);
  const position = chain.readUInt16BE(POSITIONS) + POSITION_BYTES * (cell - 1);
  return {
    playback: chain.subarray(playback, playback + CELL_BYTES),
    position: chain.subarray(position, position + POSITION_BYTES),
    startsProgram: chain.subarray(programs, programs + chain.readUInt8(2)).includes(cell),
  };
}

const fromBcd = (byte: number) => (byte >> 4) * 10 + (byte & 15);
const toBcd = (value: number) => (Math.floor(value / 10) << 4) | (value % 10);

/** Sum of the cells' playback times: hours, minutes, seconds, frames in BCD; 40 = 25 fps, C0 = 30. */
function totalTime(cells: readonly CopiedCell[]): Buffer {
  const rateBits = (cells[0]?.playback.readUInt8(7) ?? 0) & 0xc0;
  const rate = rateBits === 0x40 ? 25 : 30;
  const frames = cells.reduce((sum, { playback }) => {
    const [hours = 0, minutes = 0, seconds = 0] = [...playback.subarray(4, 7)].map(fromBcd);
    const whole = (hours * 60 + minutes) * 60 + seconds;
    return sum + whole * rate + fromBcd(playback.readUInt8(7) & 0x3f);
  }, 0);
  const seconds = Math.floor(frames / rate);
  const clock = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(Math.floor).map(toBcd);
  return Buffer.from([...clock, toBcd(frames % rate) | rateBits]);
}

/** What ends the chain is taken from the last title whose cells it plays. */
function commandsOf(chain: Buffer): Buffer {
  const start = chain.readUInt16BE(COMMANDS);
  return start === 0
    ? Buffer.alloc(0)
    : chain.subarray(start, start + chain.readUInt16BE(start + 6) + 1);
}

/** A chain that plays cells of other chains. Streams and palette are those of the first. */
export function composeProgramChain(
  chains: readonly Buffer[],
  references: readonly CellReference[],
): { chain: Buffer; programs: number } {
  const owner = (reference: CellReference | undefined): Buffer => {
    const chain = reference && chains[reference.title - 1];
    if (!chain) throw new Error('a shared title must name titles of its title set');
    return chain;
  };
  const cells = references.map((reference) => copyCell(owner(reference), reference.cell));
  const programMap = cells.flatMap((cell, i) => (i === 0 || cell.startsProgram ? [i + 1] : []));
  const fixed = Buffer.from(owner(references[0]).subarray(0, FIXED_BYTES));
  fixed.writeUInt8(programMap.length, 2);
  fixed.writeUInt8(cells.length, 3);
  totalTime(cells).copy(fixed, 4);
  const parts: [pointer: number, bytes: Buffer][] = [
    [COMMANDS, commandsOf(owner(references.at(-1)))],
    [PROGRAM_MAP, Buffer.from(programMap)],
    [CELLS, Buffer.concat(cells.map(({ playback }) => playback))],
    [POSITIONS, Buffer.concat(cells.map(({ position }) => position))],
  ];
  const body: Buffer[] = [fixed];
  let at = fixed.length;
  for (const [pointer, bytes] of parts) {
    fixed.writeUInt16BE(bytes.length === 0 ? 0 : at, pointer);
    body.push(bytes, Buffer.alloc(bytes.length % 2));
    at += bytes.length + (bytes.length % 2);
  }
  return { chain: Buffer.concat(body), programs: programMap.length };
}
