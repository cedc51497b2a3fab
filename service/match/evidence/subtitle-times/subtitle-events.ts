import { DiscflowError } from '../../../errors.ts';
import type { MediaAccess } from '../media-streams.ts';
import type { SubtitleEvent } from './start-times.ts';

const STALL_MS = 120_000;
/** Of one stream; a film has 2,500 and karaoke some ten thousand. */
const MOST_EVENTS = 100_000;

/**
 * All subtitle packets of a file, by the number of their stream: only their times and sizes, so that a file is read
 * as fast as its structure can be. Of a file that is still being written what is there. Throws `tool-missing` or what
 * `RunTool` throws.
 */
export async function readSubtitleEvents(
  file: string,
  access: MediaAccess,
  /** The streams in their order. */
  streams: readonly number[],
): Promise<Map<number, SubtitleEvent[]>> {
  const events = new Map<number, SubtitleEvent[]>(streams.map((stream) => [stream, []]));
  const { program, args, parse } = await chooseReader(file, access, streams);
  await access.run(program, args, {
    signal: access.signal,
    stallAfter: STALL_MS,
    onLine: (line) => {
      const { stream = -1, time = Number.NaN, bytes = 0 } = parse(line) ?? {};
      const known = events.get(stream);
      if (Number.isFinite(time) && known && known.length < MOST_EVENTS) known.push({ time, bytes });
    },
  });
  return events;
}

type ParseLine = (line: string) => (SubtitleEvent & { stream: number }) | null;

interface Reader {
  program: string;
  args: readonly string[];
  parse: ParseLine;
}

/** ffprobe; ffmpeg alone (the npm package has no ffprobe) lists the same packets while it copies them nowhere. */
async function chooseReader(
  file: string,
  { find }: MediaAccess,
  streams: readonly number[],
): Promise<Reader> {
  const input = `file:${file}`;
  const ffprobe = await find('ffprobe');
  if (ffprobe) {
    const entries = ['-show_entries', 'packet=stream_index,pts_time,size', '-of', 'csv=p=0'];
    const args = ['-v', 'error', '-select_streams', 's', ...entries, input];
    return { program: ffprobe.path, args, parse: parseProbed };
  }
  const ffmpeg = await find('ffmpeg');
  if (ffmpeg === null)
    throw new DiscflowError('tool-missing', 'There is neither ffprobe nor ffmpeg', {
      hint: 'Install ffmpeg: apt install ffmpeg, brew install ffmpeg, or npm install ffmpeg-static.',
    });
  const quiet = ['-nostdin', '-v', 'error', '-copyts'];
  const args = [...quiet, '-i', input, '-map', '0:s', '-c', 'copy', '-f', 'framecrc', 'pipe:1'];
  return { program: ffmpeg.path, args, parse: createFrameListParser(streams) };
}

/** "2,62.500000,302": the entries in the order that ffprobe prints them in; a side-data mark may follow. */
function parseProbed(line: string): ReturnType<ParseLine> {
  const [stream, time, bytes] = line.split(',');
  if (stream === undefined || time === undefined || bytes === undefined) return null;
  return { stream: Number(stream), time: Number.parseFloat(time), bytes: Number(bytes) };
}

/**
 * The framecrc format: "#tb 0: 1/1000" is a time base, and "0, 62500, 62500, 2000, 302, 0x5c01d2f4" a packet with
 * stream of the output, dts, pts, duration and size.
 */
function createFrameListParser(streams: readonly number[]): ParseLine {
  const timeBases = new Map<number, number>();
  return (line) => {
    const [, output, numerator, denominator] = /^#tb (\d+): (\d+)\/(\d+)/.exec(line) ?? [];
    if (output !== undefined)
      timeBases.set(Number(output), Number(numerator) / Number(denominator));
    if (line.startsWith('#')) return null;
    const [index, , pts, , bytes] = line.split(',').map(Number);
    const stream = streams[index ?? -1];
    if (index === undefined || stream === undefined || pts === undefined) return null;
    return { stream, time: pts * (timeBases.get(index) ?? Number.NaN), bytes: bytes ?? 0 };
  };
}
