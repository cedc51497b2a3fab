import { type FileHandle, open, rm } from 'node:fs/promises';
import type { TitleSet } from '../../scan/dvd/title-set.ts';
import type { DvdTitle } from '../../scan/record.ts';
import { alternateBuffers, writeFully } from '../double-buffer.ts';
import { exactChapters } from './chapters.ts';
import { BLOCK_BYTES, readCellFromDisc, readStagedCell } from './read-cell.ts';
import type { StagedCell, StagedCells } from './staged-cells.ts';
import { StreamSplitter } from './stream-splitter.ts';
import type { SubtitleFile } from './subtitle-files.ts';

/** A title in staging, as bytes on the disc, with what the one pass over it found. */
export interface CopiedTitle {
  readonly title: DvdTitle;
  readonly vob: string;
  readonly bytes: number;
  /** Seconds, by the navigation packs. */
  readonly duration: number;
  readonly cells: ReadonlyMap<string, StagedCell>;
  /** Audio and video streams that occur, and the position of their first pack. */
  readonly streams: ReadonlyMap<number, number>;
  readonly subtitles: readonly SubtitleFile[];
  /** Starts in seconds on the clock of the MKV. */
  readonly chapters: readonly number[];
}

interface CopyOptions {
  title: DvdTitle;
  titleSet: TitleSet;
  staged: StagedCells;
  /** Path of the files without their ends ".vob", ".20.sub". */
  prefix: string;
  signal: AbortSignal;
  onBytes: (count: number) => void;
}

/**
 * Copies a title's cells to staging in one pass that checks every pack and splits the subtitles
 * off. While a block is written the next one is read. Throws `read-error`, `encrypted`,
 * `angles-unsupported`, `disc-removed`, `cancelled`, and system errors of the staging disk.
 */
export async function copyTitle(options: CopyOptions): Promise<CopiedTitle> {
  const { title, prefix } = options;
  const vob = `${prefix}.vob`;
  const splitter = new StreamSplitter(title, prefix);
  const file = await open(vob, 'w');
  try {
    const { cells, cellStarts } = await copyCells({ ...options, vob, file, splitter });
    const { shift, subtitles } = await splitter.finish();
    const chapters = exactChapters(title, cellStarts, shift);
    const { bytes, streams } = splitter;
    return { title, vob, bytes, duration: splitter.elapsed(), cells, streams, subtitles, chapters };
  } catch (error) {
    await rm(vob, { force: true });
    throw error;
  } finally {
    await splitter.close();
    await file.close();
  }
}

interface CellCopying extends CopyOptions {
  vob: string;
  file: FileHandle;
  splitter: StreamSplitter;
}

async function copyCells(copying: CellCopying) {
  const { title, titleSet, staged, vob, file, splitter, signal, onBytes } = copying;
  const cells = new Map<string, StagedCell>();
  const cellStarts: number[] = [];
  const nextBuffer = alternateBuffers(BLOCK_BYTES);
  let writing: Promise<unknown> = Promise.resolve();
  try {
    for (const cell of title.cells) {
      const position = splitter.bytes;
      cellStarts.push(splitter.elapsed());
      const known = staged.find(cell.key);
      const blocks = known
        ? readStagedCell(known, { nextBuffer, signal })
        : readCellFromDisc(titleSet, cell, { nextBuffer, signal });
      for await (const block of blocks) {
        await writing;
        const at = splitter.bytes;
        splitter.take(block);
        writing = Promise.all([writeFully(file, block, at), splitter.flush()]);
        writing.catch(() => undefined);
        onBytes(block.length);
      }
      cells.set(cell.key, { path: vob, position, bytes: splitter.bytes - position });
    }
  } finally {
    await writing.catch(() => undefined);
  }
  await writing;
  return { cells, cellStarts };
}
