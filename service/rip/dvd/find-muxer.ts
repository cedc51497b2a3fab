import { DiscflowError } from '../../errors.ts';
import type { ToolFinder } from '../../tools/find.ts';
import type { RunTool } from '../../tools/run.ts';
import { createFfmpegMuxer } from './ffmpeg-muxer.ts';
import { createMkvmergeMuxer } from './mkvmerge-muxer.ts';
import type { Muxer } from './muxer.ts';

export interface RipTools extends Pick<ToolFinder, 'find'> {
  run: RunTool;
}

/** mkvmerge, or ffmpeg, which is exact for simple titles only. Throws `tool-missing`. */
export async function findMuxer({ find, run }: RipTools): Promise<Muxer> {
  const mkvmerge = await find('mkvmerge');
  if (mkvmerge) return createMkvmergeMuxer({ mkvmerge: mkvmerge.path, run });
  const ffmpeg = await find('ffmpeg');
  if (ffmpeg) return createFfmpegMuxer({ ffmpeg: ffmpeg.path, run });
  throw new DiscflowError(
    'tool-missing',
    'There is neither mkvmerge nor ffmpeg to make MKV files',
    {
      hint: 'Install mkvtoolnix: apt install mkvtoolnix, or brew install mkvtoolnix. The rip goes on by itself.',
    },
  );
}
