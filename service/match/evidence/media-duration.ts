import { DiscflowError } from '../../errors.ts';
import type { MediaAccess } from './media-streams.ts';

const STALL_MS = 60_000;

/** How long a media file plays, in seconds. Throws `tool-missing`, what `RunTool` throws, `tool-failed` when it does not say. */
export async function readDuration(
  file: string,
  { run, find, signal }: MediaAccess,
): Promise<number> {
  const ffprobe = await find('ffprobe');
  if (ffprobe === null)
    throw new DiscflowError('tool-missing', 'There is no ffprobe', {
      hint: 'Install ffmpeg, which brings it: apt install ffmpeg, or brew install ffmpeg.',
    });
  const lines: string[] = [];
  const args = [
    '-v',
    'error',
    '-show_entries',
    'format=duration',
    '-of',
    'csv=p=0',
    `file:${file}`,
  ];
  const onLine = (line: string) => lines.push(line);
  await run(ffprobe.path, args, { signal, stallAfter: STALL_MS, onLine });
  const seconds = Number.parseFloat(lines[0] ?? '');
  if (Number.isFinite(seconds)) return seconds;
  throw new DiscflowError('tool-failed', `${file} does not say how long it is`, {
    hint: 'It may be damaged, or no video: rip it again.',
  });
}
