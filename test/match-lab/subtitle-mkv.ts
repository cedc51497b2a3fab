import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { boxSubtitles } from '../authoring/bluray/presentation-graphics.ts';
import { formatSrt } from '../authoring/srt.ts';
import type { Line } from './episode.ts';

export interface SubtitleTrackSpec {
  readonly codec: 'pgs' | 'vobsub' | 'text';
  readonly language: string;
  readonly forced?: boolean;
  readonly lines: readonly Line[];
}

/** An MKV with these subtitle tracks, after those of another file (video, audio) where there is one. */
export async function makeSubtitleMkv(
  folder: string,
  name: string,
  tracks: readonly SubtitleTrackSpec[],
  before?: string,
): Promise<string> {
  const scratch: string[] = [];
  const args: string[] = [];
  for (const [index, { codec, language, forced, lines }] of tracks.entries()) {
    const path = join(folder, `${name}.${index}`);
    const file = await writeTrack(path, codec, lines);
    scratch.push(file);
    args.push('--language', `0:${language}`, '--forced-display-flag', `0:${forced ? 1 : 0}`, file);
  }
  const mkv = join(folder, `${name}.mkv`);
  await execa('mkvmerge', ['-q', '-o', mkv, ...(before === undefined ? [] : [before]), ...args]);
  await Promise.all(scratch.map((file) => rm(file)));
  return mkv;
}

async function writeTrack(
  path: string,
  codec: SubtitleTrackSpec['codec'],
  lines: readonly Line[],
): Promise<string> {
  if (codec === 'text') {
    await writeFile(`${path}.srt`, formatSrt(lines.map((line) => ({ ...line, text: 'a line' }))));
    return `${path}.srt`;
  }
  await writeFile(`${path}.sup`, boxSubtitles(lines, 0));
  if (codec === 'pgs') return `${path}.sup`;
  const quiet = ['-nostdin', '-v', 'error', '-y'];
  await execa('ffmpeg', [
    ...quiet,
    '-copyts',
    '-i',
    `${path}.sup`,
    '-c:s',
    'dvdsub',
    `${path}.mkv`,
  ]);
  await rm(`${path}.sup`);
  return `${path}.mkv`;
}
