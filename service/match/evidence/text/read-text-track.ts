import type { Cue } from '../../references/reference.ts';
import type { SubtitlePacket } from './matroska-packets.ts';
import { type MediaTools, readPackets } from './read-packets.ts';

/** What a cue lasts when nobody says it. */
const USUAL_SECONDS = 3;

/**
 * The cues of a text subtitle track (SubRip, ASS, WebVTT, timed text), by its number in the file. Nothing but its own
 * packets is read. Throws `tool-failed` when the stream is no text.
 */
export async function readTextTrack(
  tools: MediaTools,
  { file, stream }: { file: string; stream: number },
): Promise<Cue[]> {
  const { packets } = await readPackets(tools, { file, stream, text: true });
  return cuesOf(packets);
}

/** Packets of plain text as cues; empty ones only clear the screen. */
export function cuesOf(packets: readonly SubtitlePacket[]): Cue[] {
  return packets.flatMap(({ start, end, data }) => {
    const lines = data.toString('utf8').split(/\r?\n|\\N/);
    const text = lines
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join('\n');
    return text === '' ? [] : [{ start, end: end ?? start + USUAL_SECONDS, text }];
  });
}
