/** IFO tables start at sectors. */
const SECTOR = 2048;

/** Where the VTSI header keeps the start sectors of its tables (DVD-Video, VTSI_MAT). */
const POINTERS = {
  partsOfTitles: 0xc8,
  programChains: 0xcc,
  menuChains: 0xd0,
  timeMaps: 0xd4,
  menuCells: 0xd8,
  menuUnits: 0xdc,
  cells: 0xe0,
  units: 0xe4,
} as const;

const SET_LAST_SECTOR = 0x0c;
const IFO_LAST_SECTOR = 0x1c;
const MENU_VOBS = 0xc0;
const TITLE_VOBS = 0xc4;

type TableName = keyof typeof POINTERS;
const TABLE_NAMES = Object.keys(POINTERS) as TableName[];

/** A title set's IFO taken apart, so that tables may grow. */
export interface IfoSections {
  readonly header: Buffer;
  readonly tables: ReadonlyMap<TableName, Buffer>;
}

export function splitIfo(ifo: Buffer): IfoSections {
  const starts = TABLE_NAMES.map((name) => ({ name, sector: ifo.readUInt32BE(POINTERS[name]) }))
    .filter(({ sector }) => sector > 0)
    .sort((a, b) => a.sector - b.sector);
  const end = ifo.readUInt32BE(IFO_LAST_SECTOR) + 1;
  const tables = starts.map(({ name, sector }, i): [TableName, Buffer] => {
    const next = starts[i + 1]?.sector ?? end;
    return [name, ifo.subarray(sector * SECTOR, next * SECTOR)];
  });
  return { header: ifo.subarray(0, (starts[0]?.sector ?? end) * SECTOR), tables: new Map(tables) };
}

function moved(header: Buffer, offset: number, by: number): void {
  const value = header.readUInt32BE(offset);
  if (value > 0) header.writeUInt32BE(value + by, offset);
}

/** Puts the tables back; all that lies behind the IFO moves by `grownBy` sectors. */
export function joinIfo({ header, tables }: IfoSections): { ifo: Buffer; grownBy: number } {
  const newHeader = Buffer.from(header);
  const parts = [newHeader];
  let bytes = newHeader.length;
  for (const [name, table] of tables) {
    newHeader.writeUInt32BE(bytes / SECTOR, POINTERS[name]);
    const padded = Buffer.alloc(Math.ceil(table.length / SECTOR) * SECTOR);
    table.copy(padded);
    parts.push(padded);
    bytes += padded.length;
  }
  const grownBy = bytes / SECTOR - (header.readUInt32BE(IFO_LAST_SECTOR) + 1);
  moved(newHeader, IFO_LAST_SECTOR, grownBy);
  moved(newHeader, MENU_VOBS, grownBy);
  moved(newHeader, TITLE_VOBS, grownBy);
  // The set ends with a copy of the IFO, so it grows twice.
  moved(newHeader, SET_LAST_SECTOR, 2 * grownBy);
  return { ifo: Buffer.concat(parts), grownBy };
}

/** Appends entries to a table that is a count, its last byte, 32-bit offsets and then the entries. */
export function appendToOffsetTable(table: Buffer, added: readonly Buffer[]): Buffer {
  const count = table.readUInt16BE(0);
  const end = table.readUInt32BE(4) + 1;
  const offset = (i: number) => (i < count ? table.readUInt32BE(8 + 4 * i) : end);
  const old = Array.from({ length: count }, (_, i) => table.subarray(offset(i), offset(i + 1)));
  const entries = [...old, ...added];
  const head = Buffer.alloc(8 + 4 * entries.length);
  let at = head.length;
  for (const [i, entry] of entries.entries()) {
    head.writeUInt32BE(at, 8 + 4 * i);
    at += entry.length;
  }
  head.writeUInt16BE(entries.length, 0);
  head.writeUInt32BE(at - 1, 4);
  return Buffer.concat([head, ...entries]);
}
