import type { TrackChoice } from '../../contract/job.ts';
import { DiscflowError } from '../../errors.ts';
import type { Medium } from '../../scan/medium/medium.ts';
import type { BlurayScan } from '../../scan/record.ts';
import type { RipBackend } from '../backend.ts';
import type { RipTools } from '../dvd/find-muxer.ts';
import { TitlePipeline } from '../title-pipeline.ts';
import type { WantedTitle } from '../wanted-title.ts';
import type { BlurayWanted } from './bluray-wanted.ts';
import { createTitleReader } from './read-title.ts';
import { stagingPeak } from './staging-space.ts';

interface Options {
  scan: BlurayScan;
  medium: Medium;
  tools: RipTools;
  tracks: TrackChoice | undefined;
  /** A folder of our own for clips and playlists. */
  workFolder: string;
  signal: AbortSignal;
}

/**
 * Reads unencrypted Blu-ray discs: clips to staging, MKVs from there by their playlists. Of several
 * angles the first is taken. Throws `tool-missing` without mkvmerge: ffmpeg loses languages and
 * chapters and drifts where clips join.
 */
export async function createBlurayBackend({
  scan,
  tools,
  ...options
}: Options): Promise<RipBackend> {
  const mkvmerge = await tools.find('mkvmerge');
  if (!mkvmerge) throw withoutMkvmerge();
  const program = { mkvmerge: mkvmerge.path, run: tools.run };
  const titles = new Map(scan.titles.map((title) => [title.number, title]));
  const ofBluray = (wanted: readonly WantedTitle[]): BlurayWanted[] =>
    wanted.flatMap((one) => {
      const title = titles.get(one.title.number);
      return title ? [{ ...one, title }] : [];
    });
  return {
    stagingPeak: (wanted) =>
      stagingPeak(
        ofBluray(wanted).map(({ title }) => title),
        options.medium,
      ),
    run(wanted, reports) {
      const read = createTitleReader({ ...options, program, reports });
      const { signal } = options;
      return new TitlePipeline({ read, reports, signal }).run(ofBluray(wanted));
    },
  };
}

function withoutMkvmerge(): DiscflowError {
  return new DiscflowError('tool-missing', 'There is no mkvmerge to make MKV files of a Blu-ray', {
    hint: 'Install mkvtoolnix: apt install mkvtoolnix, or brew install mkvtoolnix. The rip goes on by itself.',
  });
}
