import type { Cue } from '../../references/reference.ts';
import { type MediaTools, type Place, packetsOf } from './read-packets.ts';
import { cuesOf } from './read-text-track.ts';

/**
 * Closed captions (CEA-608 in the user data of ATSC A/53, in MPEG-2 or AVC video) of a few places. The video of the
 * places is decoded, about half a second for a minute of a DVD, so that whole titles are not worth it. No container
 * and no probe says whether there are any: empty when there are none.
 */
export async function readCaptions(
  tools: MediaTools,
  { file, places }: { file: string; places: readonly Place[] },
): Promise<Cue[]> {
  const cues: Cue[] = [];
  for (const { start, seconds } of places) {
    const end = start + seconds;
    const movie = `movie=filename=${escapedForFilter(file)}:seek_point=${start}`;
    const graph = `${movie},trim=start=${start}:end=${end}[out0+subcc]`;
    const input = ['-copyts', '-f', 'lavfi', '-i', graph, '-map', '0:s', '-c:s', 'text'];
    const { packets } = await packetsOf(tools, input);
    cues.push(...withoutRepeatedLines(cuesOf(packets)));
  }
  return cues;
}

/**
 * A path as the value of a filter's option in a filter graph: escaped once for the option and once for the graph
 * (ffmpeg-filters(1), "Notes on filtergraph escaping").
 */
export function escapedForFilter(path: string): string {
  return path.replace(/[\\':]/g, '\\$&').replace(/[\\'[\],;]/g, '\\$&');
}

/** Captions that roll up show the lines before again with each new one. */
function withoutRepeatedLines(cues: readonly Cue[]): Cue[] {
  let before: readonly string[] = [];
  return cues.flatMap((cue) => {
    const lines = cue.text.split('\n');
    const fresh = lines.filter((line) => !before.includes(line));
    before = lines;
    return fresh.length === 0 ? [] : [{ ...cue, text: fresh.join('\n') }];
  });
}
