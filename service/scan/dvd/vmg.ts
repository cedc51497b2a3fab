import { SECTOR_BYTES } from '../medium/medium.ts';
import { damagedStructure } from '../structure.ts';

/** A title as the video manager lists it. */
export interface ListedTitle {
  titleSet: number;
  numberInSet: number;
}

export interface VideoManager {
  titles: ListedTitle[];
  faults: string[];
}

const maximumTitles = 99;

/** Reads VIDEO_TS.IFO: its title table TT_SRPT (dvd.sourceforge.net/dvdinfo/ifo_vmg.html). */
export function parseVideoManager(ifo: Buffer): VideoManager {
  if (ifo.toString('latin1', 0, 12) !== 'DVDVIDEO-VMG') throw damagedStructure('VIDEO_TS.IFO');
  const table = ifo.readUInt32BE(0xc4) * SECTOR_BYTES;
  const count = ifo.readUInt16BE(table);
  if (count === 0 || count > maximumTitles) throw damagedStructure('its list of titles');
  const titles = Array.from({ length: count }, (_, index) => {
    const at = table + 8 + 12 * index;
    return { titleSet: ifo.readUInt8(at + 6), numberInSet: ifo.readUInt8(at + 7) };
  });
  const faults = titles.flatMap(({ titleSet, numberInSet }, index) => {
    const possible = [titleSet, numberInSet].every((number) => number >= 1 && number <= 99);
    return possible ? [] : [`title ${index + 1} is in no title set`];
  });
  return { titles, faults };
}
