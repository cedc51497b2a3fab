import { UNIT_BYTES } from '../../service/scan/bluray/aligned-units.ts';
import { type Medium, SECTOR_BYTES } from '../../service/scan/medium/medium.ts';
import { descrambleUnits } from '../authoring/bluray/scramble-streams.ts';
import { descramble } from '../authoring/disc-faults.ts';

/** A disc whose scrambling is taken away while it is read: its author's way of it is known here. */
export function descrambled(medium: Medium): Medium {
  const bytesOf = new Map(medium.files.map(({ path, bytes }) => [path, bytes]));
  // Nobody may read the files past us.
  const { localPath, ...rest } = medium;
  return {
    ...rest,
    async read(path, position, into) {
      if (path.endsWith('.M2TS')) return readUnits(path, position, into);
      await medium.read(path, position, into);
      if (path.endsWith('.VOB')) descrambleSectors(into);
    },
  };

  /** Units are whole or nothing, wherever somebody begins to read. */
  async function readUnits(path: string, position: number, into: Buffer): Promise<void> {
    const start = position - (position % UNIT_BYTES);
    const end = Math.ceil((position + into.length) / UNIT_BYTES) * UNIT_BYTES;
    const units = Buffer.alloc(Math.min(end, bytesOf.get(path) ?? end) - start);
    await medium.read(path, start, units);
    descrambleUnits(units);
    units.copy(into, 0, position - start);
  }
}

/** Whole sectors, in place. */
export function descrambleSectors(bytes: Buffer): void {
  for (let at = 0; at + SECTOR_BYTES <= bytes.length; at += SECTOR_BYTES)
    descramble(bytes.subarray(at, at + SECTOR_BYTES));
}
