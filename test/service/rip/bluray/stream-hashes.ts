import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { execa } from 'execa';

/** Slices alone: containers keep parameter sets and delimiters elsewhere. */
const SLICES = 'filter_units=pass_types=1|5';

/** Takes the streams of files apart, each file once: picture, then `sounds`, then `subtitles`. */
export function createSplitter(folder: string, counts: { sounds: number; subtitles: number }) {
  const split = new Map<string, Promise<string[]>>();
  return {
    /** SHA-1 of each stream of several files one after the other. */
    async hashesOf(files: readonly string[]): Promise<string[]> {
      const parts: string[][] = [];
      for (const file of files) {
        const streams = split.get(file) ?? splitFile(file, folder, counts);
        split.set(file, streams);
        parts.push(await streams);
      }
      const streams = parts[0]?.map((_, index) => parts.map((part) => part[index] ?? '')) ?? [];
      return Promise.all(streams.map(hashOf));
    },
  };
}

async function splitFile(
  file: string,
  folder: string,
  { sounds, subtitles }: { sounds: number; subtitles: number },
): Promise<string[]> {
  const output = (index: number) => join(folder, `${basename(file)}.${index}`);
  const filter = file.endsWith('.mkv') ? `h264_mp4toannexb,${SLICES}` : SLICES;
  const formats = [
    ['-bsf:v', filter, '-f', 'h264'],
    ...Array.from({ length: sounds }, () => ['-f', 'ac3']),
    ...Array.from({ length: subtitles }, () => ['-f', 'data']),
  ];
  const outputs = formats.flatMap((format, index) => [
    ...['-map', `0:${index}`, '-c', 'copy', ...format, output(index)],
  ]);
  await execa('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-i', file, ...outputs]);
  return formats.map((_, index) => output(index));
}

async function hashOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha1');
  for (const file of files) hash.update(await readFile(file));
  return hash.digest('hex');
}

export function clipFile(disc: string, clip: string): string {
  return join(disc, 'BDMV', 'STREAM', `${clip}.m2ts`);
}
