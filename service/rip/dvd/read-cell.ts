import { type FileHandle, open } from 'node:fs/promises';
import type { TitleSet } from '../../scan/dvd/title-set.ts';
import { SECTOR_BYTES } from '../../scan/medium/medium.ts';
import type { Cell } from '../../scan/record.ts';
import { readPatiently } from '../patient-read.ts';
import { untilAborted } from '../until-aborted.ts';
import { sectorRuns } from './sector-runs.ts';
import type { StagedCell } from './staged-cells.ts';

/** Large enough for the drive to stream, small enough to notice a cancel. */
const BLOCK_SECTORS = 1024;
export const BLOCK_BYTES = BLOCK_SECTORS * SECTOR_BYTES;

export interface CellReading {
  /** Gives a buffer of {@link BLOCK_BYTES} that nobody uses any more. */
  nextBuffer: () => Buffer;
  signal: AbortSignal;
}

/** A cell's bytes in playing order, block by block, from the disc. */
export async function* readCellFromDisc(
  titleSet: TitleSet,
  cell: Cell,
  { nextBuffer, signal }: CellReading,
): AsyncGenerator<Buffer> {
  for await (const { first, count } of sectorRuns(titleSet, cell))
    for (let done = 0; done < count; done += BLOCK_SECTORS) {
      const sectors = Math.min(BLOCK_SECTORS, count - done);
      const block = nextBuffer().subarray(0, sectors * SECTOR_BYTES);
      await untilAborted(readSectors(titleSet, first + done, block, signal), signal);
      yield block;
    }
}

/** The same bytes out of a title that was copied before. */
export async function* readStagedCell(
  { path, position, bytes }: StagedCell,
  { nextBuffer, signal }: CellReading,
): AsyncGenerator<Buffer> {
  const file = await open(path, 'r');
  try {
    for (let done = 0; done < bytes; done += BLOCK_BYTES) {
      const block = nextBuffer().subarray(0, Math.min(BLOCK_BYTES, bytes - done));
      await untilAborted(readFully(file, block, position + done), signal);
      yield block;
    }
  } finally {
    await file.close();
  }
}

function readSectors(
  titleSet: TitleSet,
  first: number,
  block: Buffer,
  signal: AbortSignal,
): Promise<void> {
  const sectorAt = (offset: number) => first + offset / SECTOR_BYTES;
  return readPatiently(block, {
    read: (offset, part) => titleSet.read(sectorAt(offset), part.length / SECTOR_BYTES, part),
    nameOf: (offset) => `Sector ${sectorAt(offset)} of title set ${titleSet.number}`,
    signal,
  });
}

async function readFully(file: FileHandle, into: Buffer, position: number): Promise<void> {
  for (let done = 0; done < into.length; ) {
    const { bytesRead } = await file.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) throw new Error('a staged title is shorter than it was');
    done += bytesRead;
  }
}
