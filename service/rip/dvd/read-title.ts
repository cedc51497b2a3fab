import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrackChoice } from '../../contract/job.ts';
import { openTitleSet } from '../../scan/dvd/title-set.ts';
import type { Medium } from '../../scan/medium/medium.ts';
import type { PipelineOptions, ReadTitle } from '../title-pipeline.ts';
import type { TitleReports } from '../wanted-title.ts';
import { copyTitle } from './copy-title.ts';
import type { DvdWanted } from './dvd-wanted.ts';
import type { Muxer, PreparedMux } from './muxer.ts';
import { StagedCells } from './staged-cells.ts';
import { keptTracks } from './track-choice.ts';

interface ReaderOptions {
  medium: Medium;
  muxer: Muxer;
  tracks: TrackChoice | undefined;
  /** A folder of our own for copies and subtitles. */
  workFolder: string;
  reports: TitleReports;
  signal: AbortSignal;
}

/** Copies titles of a DVD, each cell once, and prepares their MKVs. */
export function createTitleReader(options: ReaderOptions): PipelineOptions<DvdWanted>['read'] {
  const { medium, muxer, tracks, workFolder, reports, signal } = options;
  const staged = new StagedCells();
  return async (wanted, part): Promise<ReadTitle<DvdWanted>> => {
    const prefix = join(workFolder, wanted.id);
    const copied = await copyTitle({
      title: wanted.title,
      titleSet: openTitleSet(medium, wanted.title.titleSet),
      staged,
      prefix,
      signal,
      onBytes: (bytes) => reports.read(wanted, bytes),
    });
    staged.add(copied.vob, copied.cells);
    const kept = keptTracks(copied, tracks);
    let mux: PreparedMux;
    try {
      mux = await muxer.prepare({ copied, kept, prefix, output: part, signal });
    } catch (error) {
      staged.muxed(copied.vob);
      throw error;
    }
    return {
      make: mux.make,
      verify: () => muxer.verify(part, mux.expected, signal),
      async release(left) {
        staged.muxed(copied.vob);
        for (const { idx, sub } of copied.subtitles)
          await Promise.all([idx, sub].map((path) => rm(path, { force: true })));
        await staged.keepFor(left.map(({ title }) => title));
      },
    };
  };
}
