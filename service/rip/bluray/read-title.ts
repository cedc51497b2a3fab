import type { TrackChoice } from '../../contract/job.ts';
import type { Medium } from '../../scan/medium/medium.ts';
import type { BlurayTitle } from '../../scan/record.ts';
import type { Mkvmerge } from '../run-mkvmerge.ts';
import type { PipelineOptions, ReadTitle } from '../title-pipeline.ts';
import type { TitleReports } from '../wanted-title.ts';
import type { BlurayWanted } from './bluray-wanted.ts';
import { neededClips, streamPath } from './needed-clips.ts';
import { type PlaylistMux, preparePlaylistMux } from './playlist-muxer.ts';
import { readShare } from './read-share.ts';
import { StagedClips } from './staged-clips.ts';
import { discLayout, writePlaylist } from './write-playlist.ts';

interface ReaderOptions {
  medium: Medium;
  program: Mkvmerge;
  tracks: TrackChoice | undefined;
  /** A folder of our own for clips and playlists. */
  workFolder: string;
  reports: TitleReports;
  signal: AbortSignal;
}

/**
 * Brings titles of a Blu-ray disc to staging, each clip once, and prepares their MKVs. From a folder
 * mkvmerge itself reads the disc: then reading a title is making its MKV.
 */
export function createTitleReader(options: ReaderOptions): PipelineOptions<BlurayWanted>['read'] {
  const { medium, program, tracks, workFolder, reports, signal } = options;
  const layout = discLayout(workFolder);
  const clips = new StagedClips({ medium, folder: layout.streams, signal });
  const sizes = new Map(medium.files.map(({ path, bytes }) => [path, bytes]));
  return async (wanted, part): Promise<ReadTitle<BlurayWanted>> => {
    const { title } = wanted;
    const share = readShare(title, (clip) => sizes.get(streamPath(clip)) ?? 0);
    const source = await writePlaylist(medium, title, layout);
    const isLinked = await clips.bring(title, (clip, bytes) =>
      reports.read(wanted, share(clip, bytes)),
    );
    let mux: PlaylistMux;
    try {
      mux = await preparePlaylistMux(program, { title, source, output: part, tracks, signal });
      if (isLinked) await mux.make(progressOf(wanted, reports));
    } catch (error) {
      await clips.release(title, [title]);
      if (isLinked) await assertReadable(medium, title);
      throw error;
    }
    return {
      make: isLinked ? async () => undefined : () => mux.make(),
      verify: mux.verify,
      release: (left) =>
        clips.release(
          title,
          left.map((each) => each.title),
        ),
    };
  };
}

/** Percents of mkvmerge as bytes of the title. */
function progressOf(wanted: BlurayWanted, reports: TitleReports): (percent: number) => void {
  let read = 0;
  return (percent) => {
    const bytes = Math.round((wanted.title.bytes * percent) / 100);
    reports.read(wanted, bytes - read);
    read = bytes;
  };
}

/** A folder may be a mounted disc: when mkvmerge fails, the disc tells whether it is still there. */
async function assertReadable(medium: Medium, title: BlurayTitle): Promise<void> {
  for (const clip of neededClips(title)) await medium.read(streamPath(clip), 0, Buffer.alloc(1));
}
