import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DvdTitle } from '../../../../service/scan/record.ts';
import { tools } from '../rip-disc.ts';

const SECTOR = 2048;

/**
 * A title's cells out of the VOB files of an extracted disc, put together here and not by the
 * product.
 */
export async function cellBytes(discFolder: string, title: DvdTitle): Promise<Buffer> {
  const folder = join(discFolder, 'VIDEO_TS');
  const set = new RegExp(`^VTS_0${title.titleSet}_[1-9]\\.VOB$`);
  const names = (await readdir(folder)).filter((name) => set.test(name)).sort();
  const vobs = Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))));
  return Buffer.concat(
    title.cells.map((cell) =>
      vobs.subarray(cell.firstSector * SECTOR, (cell.lastSector + 1) * SECTOR),
    ),
  );
}

/**
 * MD5 of each elementary stream in program stream packs, "video" and private substreams by number.
 */
export function md5OfStreams(packs: Buffer): Map<string, string> {
  const hashes = new Map<string, ReturnType<typeof createHash>>();
  for (let pack = 0; pack < packs.length; pack += SECTOR)
    for (let at = pack + 14; at < pack + SECTOR - 6; at += 6 + packs.readUInt16BE(at + 4)) {
      const id = packs.readUInt32BE(at);
      if (id !== 0x1e0 && id !== 0x1bd) continue;
      const payload = at + 9 + (packs[at + 8] ?? 0);
      const name = id === 0x1e0 ? 'video' : (packs[payload] ?? 0).toString(16);
      const hash = hashes.get(name) ?? createHash('md5');
      hashes.set(name, hash);
      // Private streams: substream, number of frames, and offset of the first one.
      hash.update(
        packs.subarray(payload + (id === 0x1bd ? 4 : 0), at + 6 + packs.readUInt16BE(at + 4)),
      );
    }
  return new Map([...hashes].map(([name, hash]) => [name, hash.digest('hex')]));
}

/** MD5 of tracks of an MKV, as mkvextract takes them out. */
export async function md5OfTracks(mkv: string, ids: readonly number[]): Promise<string[]> {
  const files = ids.map((id) => `${mkv}.${id}.track`);
  await tools.run('mkvextract', [mkv, 'tracks', ...ids.map((id, i) => `${id}:${files[i]}`)]);
  return Promise.all(
    files.map(async (file) =>
      createHash('md5')
        .update(await readFile(file))
        .digest('hex'),
    ),
  );
}

/** When the subtitles of a track appear, in seconds. */
export async function cuesOf(mkv: string, id: number): Promise<number[]> {
  await tools.run('mkvextract', [mkv, 'tracks', `${id}:${mkv}.${id}.sub`]);
  const index = await readFile(`${mkv}.${id}.idx`, 'utf8');
  return [...index.matchAll(/^timestamp: (\d+):(\d+):(\d+):(\d+)/gm)].map(
    ([, hours, minutes, seconds, ms]) =>
      Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(ms) / 1000,
  );
}

/** Chapter starts in seconds. */
export async function chaptersOf(mkv: string): Promise<number[]> {
  const lines: string[] = [];
  await tools.run('mkvextract', [mkv, 'chapters', '--simple'], {
    onLine: (line) => lines.push(line),
  });
  return lines.flatMap((line) => {
    const [, hours, minutes, seconds] = /^CHAPTER\d+=(\d+):(\d+):([\d.]+)/.exec(line) ?? [];
    return seconds ? [Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)] : [];
  });
}
