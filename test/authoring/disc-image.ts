import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { execa } from 'execa';

/** The files' date on every disc, because some fingerprints of discs contain it. */
const MADE_AT = new Date('2025-01-01T00:00:00Z');

export async function fixTimes(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true }))
    await utimes(join(folder, entry), MADE_AT, MADE_AT);
  await utimes(folder, MADE_AT, MADE_AT);
}

/**
 * Writes a bridge image (ISO 9660 and UDF) of a folder that holds VIDEO_TS. The files in it are the
 * same in every build, the volume's own dates are not: genisoimage takes them from the clock.
 */
export async function writeImage(folder: string, image: string, label: string): Promise<void> {
  await fixTimes(folder);
  const env = { TZ: 'UTC' };
  await execa('genisoimage', ['-quiet', '-dvd-video', '-V', label, '-o', image, folder], { env });
}

/**
 * Cuts `VTS_nn_1.VOB` into files of `bytes` (whole sectors), as the 1 GiB limit of DVD-Video does on
 * long discs: the files of a title set are one stream.
 */
export async function splitVobFile(
  videoTs: string,
  { titleSet, bytes }: { titleSet: number; bytes: number },
): Promise<void> {
  const name = (part: number) => `VTS_${String(titleSet).padStart(2, '0')}_${part}.VOB`;
  const whole = join(videoTs, 'whole.vob');
  await rename(join(videoTs, name(1)), whole);
  const { size } = await stat(whole);
  for (let part = 1, start = 0; start < size; part++, start += bytes) {
    const piece = createReadStream(whole, { start, end: Math.min(start + bytes, size) - 1 });
    await pipeline(piece, createWriteStream(join(videoTs, name(part))));
  }
  await rm(whole);
}
