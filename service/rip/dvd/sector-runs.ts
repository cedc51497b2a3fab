import { DiscflowError } from '../../errors.ts';
import type { TitleSet } from '../../scan/dvd/title-set.ts';
import { SECTOR_BYTES } from '../../scan/medium/medium.ts';
import type { Cell } from '../../scan/record.ts';
import { parseNavPack } from './nav-pack.ts';
import { NAV_STREAM, streamOf } from './pack.ts';

/** Sectors that follow one another on the disc. */
export interface SectorRun {
  first: number;
  count: number;
}

/** The sectors of a cell in playing order. Throws `angles-unsupported`, and what reading throws. */
export async function* sectorRuns(titleSet: TitleSet, cell: Cell): AsyncGenerator<SectorRun> {
  if (cell.interleaved) yield* angleRuns(titleSet, cell);
  else yield { first: cell.firstSector, count: cell.lastSector - cell.firstSector + 1 };
}

/**
 * Follows one angle through sectors that it shares with others: from VOBU to VOBU by the pointers
 * in the navigation packs, each of which must belong to this cell. A chain that does not end with
 * the cell's last sector is refused: a plain copy would mix the angles.
 */
async function* angleRuns(titleSet: TitleSet, cell: Cell): AsyncGenerator<SectorRun> {
  const pack = Buffer.allocUnsafe(SECTOR_BYTES);
  for (let first = cell.firstSector; ; ) {
    await titleSet.read(first, 1, pack);
    const nav = streamOf(pack, 0) === NAV_STREAM ? parseNavPack(pack, 0) : null;
    if (nav === null || cell.key !== `${titleSet.number}:${nav.vob}.${nav.cell}`)
      throw brokenChain(cell, first);
    const end = first + nav.sectors - 1;
    const ends = nav.next === null && end === cell.lastSector;
    const goesOn = nav.next !== null && nav.next >= nav.sectors && end < cell.lastSector;
    if (!ends && !goesOn) throw brokenChain(cell, first);
    yield { first, count: nav.sectors };
    if (nav.next === null) return;
    first += nav.next;
  }
}

function brokenChain(cell: Cell, sector: number): DiscflowError {
  return new DiscflowError(
    'angles-unsupported',
    `Cell ${cell.key} has several camera angles, and they cannot be told apart at sector ${sector}`,
    {
      hint: 'Reading this title would mix its angles. The other titles are not affected.',
    },
  );
}
