import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appendToOffsetTable, joinIfo, splitIfo } from './ifo-sections.ts';
import {
  type CellReference,
  composeProgramChain,
  joinProgramChains,
  splitProgramChains,
} from './program-chain.ts';

const SECTOR = 2048;
const TITLE_TABLE_POINTER = 0xc4;
const TITLE_ENTRY_BYTES = 12;

interface SharedTitle {
  readonly titleSet: number;
  readonly cells: readonly CellReference[];
  /** Place in the disc's list of titles, from 1; the end unless given. */
  readonly at?: number | undefined;
}

/** The video manager's entry of one title (DVD-Video, TT_SRPT). */
interface NewEntry {
  readonly titleSet: number;
  readonly titleInSet: number;
  readonly chapters: number;
  readonly at?: number | undefined;
}

function extendTitleSet(
  ifo: Buffer,
  cells: readonly CellReference[],
): { ifo: Buffer; grownBy: number; titleInSet: number; chapters: number } {
  const { header, tables } = splitIfo(ifo);
  const chainTable = tables.get('programChains');
  const partTable = tables.get('partsOfTitles');
  if (!chainTable || !partTable) throw new Error('the title set has no program chains');
  const chains = splitProgramChains(chainTable);
  const { chain, programs } = composeProgramChain(
    chains.map((entry) => entry.chain),
    cells,
  );
  const number = chains.length + 1;
  const parts = Buffer.alloc(4 * programs);
  for (let program = 1; program <= programs; program++) {
    parts.writeUInt16BE(number, 4 * program - 4);
    parts.writeUInt16BE(program, 4 * program - 2);
  }
  const titleInSet = partTable.readUInt16BE(0) + 1;
  const changed = new Map(tables);
  const category = Buffer.from([0x80 | titleInSet, 0, 0, 0]);
  changed.set('programChains', joinProgramChains([...chains, { category, chain }]));
  changed.set('partsOfTitles', appendToOffsetTable(partTable, [parts]));
  const timeMaps = tables.get('timeMaps');
  // A time map without entries: players then seek by VOBU only.
  if (timeMaps) changed.set('timeMaps', appendToOffsetTable(timeMaps, [Buffer.alloc(4)]));
  return { ...joinIfo({ header, tables: changed }), titleInSet, chapters: programs };
}

function insertTitle(videoManager: Buffer, entry: NewEntry, grownBy: number): Buffer {
  const table = videoManager.readUInt32BE(TITLE_TABLE_POINTER) * SECTOR;
  const count = videoManager.readUInt16BE(table);
  const entries = Array.from({ length: count }, (_, i) => {
    const start = table + 8 + TITLE_ENTRY_BYTES * i;
    return Buffer.from(videoManager.subarray(start, start + TITLE_ENTRY_BYTES));
  });
  const model = entries.find((other) => other.readUInt8(6) === entry.titleSet);
  if (!model) throw new Error(`there is no title set ${entry.titleSet}`);
  for (const other of entries)
    if (other.readUInt8(6) > entry.titleSet)
      other.writeUInt32BE(other.readUInt32BE(8) + 2 * grownBy, 8);
  const added = Buffer.from(model);
  added.writeUInt16BE(entry.chapters, 2);
  added.writeUInt8(entry.titleInSet, 7);
  entries.splice(entry.at === undefined ? count : entry.at - 1, 0, added);
  const body = Buffer.concat(entries);
  if (8 + body.length > SECTOR) throw new Error('the table of titles would not fit its sector');
  const changed = Buffer.from(videoManager);
  changed.writeUInt16BE(entries.length, table);
  changed.writeUInt32BE(8 + body.length - 1, table + 4);
  body.copy(changed, table + 8);
  return changed;
}

async function writeWithBackup(path: string, ifo: Buffer): Promise<void> {
  await writeFile(`${path}.IFO`, ifo);
  await writeFile(`${path}.BUP`, ifo);
}

/**
 * Adds a title that plays cells of other titles, as play-all titles and second cuts of pressed discs
 * do. dvdauthor cannot make such a title, so the IFO files are rewritten.
 */
export async function addSharedTitle(
  videoTs: string,
  { titleSet, cells, at }: SharedTitle,
): Promise<void> {
  const setPath = join(videoTs, `VTS_${String(titleSet).padStart(2, '0')}_0`);
  const managerPath = join(videoTs, 'VIDEO_TS');
  const extended = extendTitleSet(await readFile(`${setPath}.IFO`), cells);
  const { titleInSet, chapters, grownBy } = extended;
  const manager = await readFile(`${managerPath}.IFO`);
  const entry = { titleSet, titleInSet, chapters, at };
  await writeWithBackup(setPath, extended.ifo);
  await writeWithBackup(managerPath, insertTitle(manager, entry, grownBy));
}
