import { writeFile } from 'node:fs/promises';
import { DiscflowError } from '../../errors.ts';
import { identify } from '../../tools/mkv-contents.ts';
import { assertContents } from '../expected-contents.ts';
import { type Mkvmerge, runMkvmerge } from '../run-mkvmerge.ts';
import { chapterFile } from './chapters.ts';
import type { CopiedTitle } from './copy-title.ts';
import { mkvmergeArguments } from './mkvmerge-arguments.ts';
import type { Muxer, MuxJob, PreparedMux } from './muxer.ts';

/** mkvmerge looks at the first 10 MB for tracks; a stream that begins later needs a longer look. */
const PROBED_BYTES = 8 * 1024 * 1024;

/** Makes MKV files with mkvmerge: exact for every title. */
export function createMkvmergeMuxer(program: Mkvmerge): Muxer {
  return {
    prepare: (job) => prepare(program, job),
    async verify(file, expected, signal) {
      const { duration, chapters, tracks } = await identify({ ...program, signal }, file);
      assertContents({ duration: duration ?? 0, chapters, tracks: tracks.length }, expected);
    },
  };
}

async function prepare(program: Mkvmerge, job: MuxJob): Promise<PreparedMux> {
  const { copied, kept, output, signal } = job;
  const probe = probeOptions(copied);
  const { tracks } = await identify({ ...program, signal }, copied.vob, probe);
  const audio = kept.audio.filter(({ streamId }) => tracks.some((t) => t.streamId === streamId));
  if (kept.audio.length > 0 && audio.length === 0) throw soundless(copied.title.number);
  const chapters = await writeChapters(job);
  const plan = { vob: copied.vob, tracks, kept: { ...kept, audio }, chapters, probe, output };
  const video = tracks.filter(({ type }) => type === 'video').length;
  return {
    expected: {
      tracks: video + audio.length + kept.subtitles.length,
      chapters: copied.chapters.length,
      duration: copied.duration,
    },
    make: () => runMkvmerge(program, mkvmergeArguments(plan), { signal }),
  };
}

function probeOptions({ bytes, streams }: CopiedTitle): string[] {
  const last = Math.max(0, ...streams.values());
  if (last < PROBED_BYTES) return [];
  const percent = Math.min(100, Math.ceil((100 * (last + PROBED_BYTES)) / bytes));
  return ['--probe-range-percentage', String(percent)];
}

async function writeChapters({ copied, prefix }: MuxJob): Promise<string | null> {
  if (copied.chapters.length === 0) return null;
  const path = `${prefix}.chapters.txt`;
  await writeFile(path, chapterFile(copied.chapters));
  return path;
}

function soundless(title: number): DiscflowError {
  return new DiscflowError('tool-failed', `mkvmerge can read no audio track of title ${title}`, {
    hint: 'Update mkvtoolnix; if it stays, the sound on this disc is damaged.',
  });
}
