import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SECTOR_BYTES } from '../../../../service/scan/medium/medium.ts';
import { type TitleSetSpec, titleSetIfo, videoManagerIfo } from '../dvd/synthetic-ifo.ts';

/** Removes what a test wrote. */
export type Scratch = { path: string; remove(): Promise<void> };

export async function scratchFolder(): Promise<Scratch> {
  const path = await mkdtemp(join(tmpdir(), 'discflow-scan-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export interface SyntheticDisc {
  titles: [number, number][];
  sets: (TitleSetSpec & { sectors: number })[];
}

/** The files of a disc without pictures: each sector of a VOB begins with its number. */
export function discFiles({ titles, sets }: SyntheticDisc): Map<string, Buffer> {
  const manager = videoManagerIfo(titles);
  const files = new Map([
    ['VIDEO_TS.IFO', manager],
    ['VIDEO_TS.BUP', manager],
  ]);
  for (const [index, set] of sets.entries()) {
    const name = `VTS_${String(index + 1).padStart(2, '0')}`;
    const ifo = titleSetIfo(set);
    files.set(`${name}_0.IFO`, ifo);
    files.set(`${name}_0.BUP`, ifo);
    files.set(`${name}_1.VOB`, numberedSectors(0, set.sectors));
  }
  return files;
}

export function numberedSectors(first: number, count: number): Buffer {
  const data = Buffer.alloc(count * SECTOR_BYTES);
  for (let index = 0; index < count; index++)
    data.writeUInt32BE(first + index, index * SECTOR_BYTES);
  return data;
}

/** Writes files as `<folder>/<name>/VIDEO_TS/...` and returns the disc's folder. */
export async function writeDiscFolder(
  folder: string,
  name: string,
  files: ReadonlyMap<string, Buffer>,
): Promise<string> {
  const disc = join(folder, name);
  await mkdir(join(disc, 'VIDEO_TS'), { recursive: true });
  for (const [file, data] of files) await writeFile(join(disc, 'VIDEO_TS', file), data);
  return disc;
}
