import type { RunTool } from '../../../tools/run.ts';
import { parseMatroskaPackets, type SubtitleStream } from './matroska-packets.ts';

export interface MediaTools {
  readonly run: RunTool;
  /** Path of the program. */
  readonly ffmpeg: string;
  readonly signal: AbortSignal;
}

/** A stretch of a title, in seconds. */
export interface Place {
  readonly start: number;
  readonly seconds: number;
}

const STALL_MS = 120_000;
/** A Blu-ray's subtitles of a few minutes are a few megabytes. */
const LARGEST_ANSWER = 128 * 1024 * 1024;

/**
 * Subtitles of one stream (its number in the file, from 0) as packets with the times of the file: of a place, or all.
 * The other streams are skipped, so that minutes out of a film of gigabytes take a tenth of a second. `text` turns any
 * text format into plain lines. Throws what `RunTool` throws.
 */
export function readPackets(
  tools: MediaTools,
  { file, stream, place, text }: { file: string; stream: number; place?: Place; text?: true },
): Promise<SubtitleStream> {
  const range =
    place === undefined ? [] : ['-ss', String(place.start), '-t', String(place.seconds)];
  const input = [...range, '-i', `file:${file}`, '-map', `0:${stream}`];
  const only = ['-vn', '-an', '-c:s', text ? 'text' : 'copy'];
  return packetsOf(tools, ['-copyts', ...input, ...only]);
}

/** Runs ffmpeg with a single subtitle stream as output. */
export async function packetsOf(
  { run, ffmpeg, signal }: MediaTools,
  args: readonly string[],
): Promise<SubtitleStream> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const quiet = ['-nostdin', '-v', 'error'];
  await run(ffmpeg, [...quiet, ...args, '-f', 'matroska', 'pipe:1'], {
    signal,
    stallAfter: STALL_MS,
    onData: (chunk) => {
      bytes += chunk.length;
      if (bytes <= LARGEST_ANSWER) chunks.push(chunk);
    },
  });
  return parseMatroskaPackets(Buffer.concat(chunks));
}
