import { rm } from 'node:fs/promises';
import type { DvdTitle } from '../../scan/record.ts';

/** Where the bytes of a cell are, inside a title that was copied to staging. */
export interface StagedCell {
  readonly path: string;
  readonly position: number;
  readonly bytes: number;
}

interface StagedVob {
  readonly path: string;
  readonly cells: ReadonlyMap<string, StagedCell>;
  muxed: boolean;
}

/**
 * The copied titles of a rip. They are kept while they are being muxed and as long as a later title
 * plays some of their cells, so that the disc is read once.
 */
export class StagedCells {
  readonly #vobs = new Map<string, StagedVob>();

  add(path: string, cells: ReadonlyMap<string, StagedCell>): void {
    this.#vobs.set(path, { path, cells, muxed: false });
  }

  find(key: string): StagedCell | undefined {
    for (const { cells } of this.#vobs.values()) {
      const cell = cells.get(key);
      if (cell) return cell;
    }
    return undefined;
  }

  muxed(path: string): void {
    const vob = this.#vobs.get(path);
    if (vob) vob.muxed = true;
  }

  /** Deletes what neither the muxer nor one of these titles needs. */
  async keepFor(titles: readonly DvdTitle[]): Promise<void> {
    const needed = new Set(titles.flatMap(({ cells }) => cells.map(({ key }) => key)));
    for (const { path, cells, muxed } of [...this.#vobs.values()]) {
      if (!muxed || [...cells.keys()].some((key) => needed.has(key))) continue;
      this.#vobs.delete(path);
      await rm(path, { force: true });
    }
  }
}
