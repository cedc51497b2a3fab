import { writeFile } from 'node:fs/promises';
import { DiscflowError } from '../../errors.ts';
import type { DvdTitle } from '../../scan/record.ts';
import type { RunTool } from '../../tools/run.ts';
import { assertContents } from '../expected-contents.ts';
import { chapterMetadata, ffmpegArguments } from './ffmpeg-arguments.ts';
import type { Muxer, MuxJob, PreparedMux } from './muxer.ts';

const STALL_MS = 5 * 60_000;

interface Program {
  ffmpeg: string;
  run: RunTool;
}

/**
 * Makes MKV files with ffmpeg. It drifts where time stamps start again, so such titles are refused.
 */
export function createFfmpegMuxer(program: Program): Muxer {
  return {
    prepare: (job) => prepare(program, job),
    async verify(file, expected, signal) {
      // ffmpeg alone, as ffmpeg-static has no ffprobe: every track is named, and read to its end.
      const tracks = Array.from({ length: expected.tracks }, (_, index) => ['-map', `0:${index}`]);
      const args = ['-i', file, ...tracks.flat(), '-c', 'copy', '-f', 'null', '-'];
      const duration = await runFfmpeg(program, args, signal);
      assertContents({ ...expected, duration }, expected);
    },
  };
}

async function prepare(program: Program, job: MuxJob): Promise<PreparedMux> {
  const { copied, kept, prefix } = job;
  if (!isOneStretch(copied.title)) throw notExact(copied.title.number);
  const metadata = `${prefix}.chapters.ffmeta`;
  await writeFile(metadata, chapterMetadata(copied.chapters, copied.duration));
  return {
    expected: {
      tracks: 1 + kept.audio.length + kept.subtitles.length,
      chapters: copied.chapters.length,
      duration: copied.duration,
    },
    async make() {
      await runFfmpeg(program, ffmpegArguments({ ...job, metadata }), job.signal);
    },
  };
}

/** One VOB without gaps: its time stamps run through. */
function isOneStretch({ cells }: DvdTitle): boolean {
  return cells.every((cell, index) => {
    const previous = cells[index - 1];
    if (previous === undefined) return true;
    const sameVob = vobOf(cell.key) === vobOf(previous.key);
    return sameVob && cell.firstSector === previous.lastSector + 1;
  });
}

function vobOf(cellKey: string): string {
  return cellKey.slice(0, cellKey.lastIndexOf('.'));
}

/** @returns seconds that went through, by `-progress` */
async function runFfmpeg({ ffmpeg, run }: Program, args: string[], signal: AbortSignal) {
  let seconds = 0;
  await run(
    ffmpeg,
    ['-nostdin', '-hide_banner', '-loglevel', 'error', '-progress', 'pipe:1', '-y', ...args],
    {
      signal,
      stallAfter: STALL_MS,
      onLine: (line) => {
        const [, microseconds] = /^out_time_us=(\d+)/.exec(line) ?? [];
        if (microseconds !== undefined) seconds = Number(microseconds) / 1e6;
      },
    },
  );
  return seconds;
}

function notExact(title: number): DiscflowError {
  return new DiscflowError(
    'tool-missing',
    `Title ${title} is made of several pieces, which only mkvmerge joins exactly`,
    { hint: 'Install mkvtoolnix (apt install mkvtoolnix, brew install mkvtoolnix) and retry.' },
  );
}
