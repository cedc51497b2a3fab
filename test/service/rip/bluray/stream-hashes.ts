import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { execa } from 'execa';

/** Slices alone: containers keep parameter sets and delimiters elsewhere. */
const SLICES = 'filter_units=pass_types=1|5';
const HEVC_SLICES = 'filter_units=pass_types=0-31';

/** How ffmpeg copies each kind of stream out; PCM is decoded, because MKV stores its bytes in other order. */
const copies = {
  avc: (isMkv: boolean) => ['-bsf:v', `${isMkv ? 'h264_mp4toannexb,' : ''}${SLICES}`, '-f', 'h264'],
  hevc: (isMkv: boolean) => [
    ...['-bsf:v', `${isMkv ? 'hevc_mp4toannexb,' : ''}${HEVC_SLICES}`, '-f', 'hevc'],
  ],
  ac3: () => ['-f', 'ac3'],
  eac3: () => ['-f', 'eac3'],
  truehd: () => ['-f', 'truehd'],
  dts: () => ['-f', 'data'],
  lpcm: () => ['-c:a', 'pcm_s24le', '-f', 's24le'],
  pgs: () => ['-f', 'data'],
};
export type StreamKind = keyof typeof copies;

/** Takes the streams of files apart, each file once; all have streams of these kinds in this order. */
export function createSplitter(folder: string, kinds: readonly StreamKind[]) {
  const split = new Map<string, Promise<string[]>>();
  return {
    /** SHA-1 of each stream of several files one after the other. */
    async hashesOf(files: readonly string[]): Promise<string[]> {
      const parts: string[][] = [];
      for (const file of files) {
        const streams = split.get(file) ?? splitFile(file, folder, kinds);
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
  kinds: readonly StreamKind[],
): Promise<string[]> {
  const output = (index: number) => join(folder, `${basename(file)}.${index}`);
  const isMkv = file.endsWith('.mkv');
  const outputs = kinds.flatMap((kind, index) => [
    ...['-map', `0:${isMkv ? index : placeInClip(kinds, index)}`],
    ...['-c', 'copy', ...copies[kind](isMkv), output(index)],
  ]);
  await execa('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-i', file, ...outputs]);
  return kinds.map((_, index) => output(index));
}

/** In a clip ffmpeg counts the AC-3 that it looks for inside TrueHD as a stream of its own. */
function placeInClip(kinds: readonly StreamKind[], index: number): number {
  return index + kinds.slice(0, index).filter((kind) => kind === 'truehd').length;
}

async function hashOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha1');
  for (const file of files) hash.update(await readFile(file));
  return hash.digest('hex');
}

export function clipFile(disc: string, clip: string): string {
  return join(disc, 'BDMV', 'STREAM', `${clip}.m2ts`);
}
