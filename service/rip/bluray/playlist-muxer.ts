import type { TrackChoice } from '../../contract/job.ts';
import { DiscflowError } from '../../errors.ts';
import type { BlurayTitle } from '../../scan/record.ts';
import { identify, type MkvContents } from '../../tools/mkv-contents.ts';
import type { Expected } from '../dvd/muxer.ts';
import { assertContents } from '../expected-contents.ts';
import { type Mkvmerge, runMkvmerge } from '../run-mkvmerge.ts';
import { keptTracks } from './kept-tracks.ts';
import { mkvmergeArguments } from './mkvmerge-arguments.ts';

interface MuxJob {
  title: BlurayTitle;
  /** The playlist, or a stream without one. */
  source: string;
  output: string;
  tracks: TrackChoice | undefined;
  signal: AbortSignal;
}

export interface PlaylistMux {
  /** @param onProgress called with whole percents */
  make(onProgress?: (percent: number) => void): Promise<void>;
  /** Throws `tool-failed` when the finished file is not what was expected. */
  verify(): Promise<void>;
}

/** A longer look than mkvmerge takes by itself: at all of the stream. */
const WHOLE_PROBE = ['--probe-range-percentage', '100'];

/**
 * Looks at a title's clips in staging and says how its MKV is made. Throws `tool-failed` when there
 * is no picture, or sound that the disc lists is missing altogether.
 */
export async function preparePlaylistMux(program: Mkvmerge, job: MuxJob): Promise<PlaylistMux> {
  const { title, source, output, signal } = job;
  const { contents, probe } = await identifyAll(program, job);
  const kept = keptTracks(contents.tracks, title, job.tracks);
  if (kept.video.length === 0) throw lacks(title, 'picture');
  if (kept.audio.length === 0 && title.audio.length > 0) throw lacks(title, 'sound');
  const expected: Expected = {
    tracks: kept.video.length + kept.audio.length + kept.subtitles.length,
    chapters: contents.chapters,
    duration: title.duration,
  };
  return {
    make(onProgress) {
      const args = mkvmergeArguments({ source, kept, probe, output });
      return runMkvmerge(program, args, { signal, ...(onProgress && { onProgress }) });
    },
    async verify() {
      const { duration, chapters, tracks } = await identify({ ...program, signal }, output);
      assertContents({ duration: duration ?? 0, chapters, tracks: tracks.length }, expected);
    },
  };
}

/** Streams that begin late (behind a studio's logo) are found by looking at everything. */
async function identifyAll(program: Mkvmerge, { title, source, signal }: MuxJob) {
  const contents = await identify({ ...program, signal }, source);
  if (misses(contents, title) === 0) return { contents, probe: [] };
  const longer = await identify({ ...program, signal }, source, WHOLE_PROBE);
  const isBetter = misses(longer, title) < misses(contents, title);
  return isBetter ? { contents: longer, probe: WHOLE_PROBE } : { contents, probe: [] };
}

function misses({ tracks }: MkvContents, { audio, subtitles }: BlurayTitle): number {
  const found = new Set(tracks.map(({ streamId }) => streamId));
  return [...audio, ...subtitles].filter(({ streamId }) => !found.has(streamId)).length;
}

function lacks({ number }: BlurayTitle, what: 'picture' | 'sound'): DiscflowError {
  return new DiscflowError('tool-failed', `mkvmerge can read no ${what} of title ${number}`, {
    hint: `Update mkvtoolnix; if it stays, the ${what} on this disc is damaged.`,
  });
}
