import type { TrackChoice } from '../../contract/job.ts';
import type { Medium } from '../../scan/medium/medium.ts';
import type { DvdScan } from '../../scan/record.ts';
import type { RipBackend } from '../backend.ts';
import { TitlePipeline } from '../title-pipeline.ts';
import type { WantedTitle } from '../wanted-title.ts';
import type { DvdWanted } from './dvd-wanted.ts';
import type { Muxer } from './muxer.ts';
import { createTitleReader } from './read-title.ts';
import { stagingPeak } from './staging-space.ts';

interface Options {
  scan: DvdScan;
  medium: Medium;
  muxer: Muxer;
  tracks: TrackChoice | undefined;
  /** A folder of our own for copies and subtitles. */
  workFolder: string;
  signal: AbortSignal;
}

/** Reads unencrypted DVDs: cells to staging, MKVs from there. */
export function createDvdBackend({ scan, ...options }: Options): RipBackend {
  const titles = new Map(scan.titles.map((title) => [title.number, title]));
  const ofDvd = (wanted: readonly WantedTitle[]): DvdWanted[] =>
    wanted.flatMap((one) => {
      const title = titles.get(one.title.number);
      return title ? [{ ...one, title }] : [];
    });
  return {
    stagingPeak: (wanted) => stagingPeak(ofDvd(wanted).map(({ title }) => title)),
    run(wanted, reports) {
      const read = createTitleReader({ ...options, reports });
      return new TitlePipeline({ read, reports, signal: options.signal }).run(ofDvd(wanted));
    },
  };
}
