import type { ScannedTitle } from './record.ts';

/** A title as the ordered list of what it plays, weighed in sectors. */
export interface CellList {
  number: number;
  /** In playing order; a cell played twice counts where it comes first. */
  keys: string[];
  sectors: ReadonlyMap<string, number>;
  total: number;
  /** The same for titles that play the same cells in the same order. */
  signature: string;
}

export function toCellList({ number, cells }: Pick<ScannedTitle, 'number' | 'cells'>): CellList {
  const sectors = new Map(
    cells.map(({ key, firstSector, lastSector }) => [key, lastSector - firstSector + 1]),
  );
  return {
    number,
    keys: [...sectors.keys()],
    sectors,
    total: [...sectors.values()].reduce((sum, count) => sum + count, 0),
    signature: cells.map(({ key }) => key).join(' '),
  };
}

/** Sectors of `list` that are also in `other`. */
export function sharedSectors(list: CellList, other: ReadonlyMap<string, unknown>): number {
  let shared = 0;
  for (const [key, count] of list.sectors) if (other.has(key)) shared += count;
  return shared;
}
