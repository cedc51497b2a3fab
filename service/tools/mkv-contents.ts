import { z } from 'zod';
import { DiscflowError } from '../errors.ts';
import type { RunTool } from './run.ts';

/**
 * What we read of `mkvmerge -J` (identification format 17). Private streams have a substream id.
 */
const Identification = z.object({
  container: z.object({
    supported: z.boolean(),
    properties: z.object({ duration: z.number().optional() }).optional(),
  }),
  chapters: z.array(z.object({ num_entries: z.int() })).default([]),
  tracks: z
    .array(
      z.object({
        id: z.int(),
        type: z.string(),
        codec: z.string().default(''),
        properties: z
          .object({
            stream_id: z.int().optional(),
            sub_stream_id: z.int().optional(),
            language: z.string().default('und'),
            forced_track: z.boolean().default(false),
            flag_commentary: z.boolean().default(false),
          })
          .prefault({}),
      }),
    )
    .default([]),
});

export interface FoundTrack {
  id: number;
  type: string;
  /** As mkvmerge words it: "HDMV PGS", "VobSub". */
  codec: string;
  /** Substream or stream id in a program stream, undefined elsewhere. */
  streamId: number | undefined;
  /** ISO 639-2, "und" where the file does not say. */
  language: string;
  kind: 'normal' | 'forced' | 'commentary';
}

export interface MkvContents {
  /** Seconds; undefined when the container does not say. */
  duration: number | undefined;
  chapters: number;
  tracks: FoundTrack[];
}

const IDENTIFY_STALL_MS = 120_000;

/** What mkvmerge finds in a file. Throws `tool-failed` when it is no media file. */
export async function identify(
  { run, mkvmerge, signal }: { run: RunTool; mkvmerge: string; signal: AbortSignal },
  file: string,
  options: readonly string[] = [],
): Promise<MkvContents> {
  const lines: string[] = [];
  await run(mkvmerge, ['-J', ...options, file], {
    signal,
    stallAfter: IDENTIFY_STALL_MS,
    onLine: (line) => lines.push(line),
  });
  const parsed = Identification.safeParse(parseJson(lines.join('\n')));
  if (!parsed.success || !parsed.data.container.supported) throw notMedia(file);
  const { container, chapters, tracks } = parsed.data;
  const nanoseconds = container.properties?.duration;
  return {
    duration: nanoseconds === undefined ? undefined : nanoseconds / 1e9,
    chapters: chapters.reduce((sum, edition) => sum + edition.num_entries, 0),
    tracks: tracks.map(({ id, type, codec, properties }) => ({
      id,
      type,
      codec,
      streamId: properties.sub_stream_id ?? properties.stream_id,
      language: properties.language,
      kind: properties.forced_track
        ? 'forced'
        : properties.flag_commentary
          ? 'commentary'
          : 'normal',
    })),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notMedia(file: string): DiscflowError {
  return new DiscflowError('tool-failed', `mkvmerge finds no film in ${file}`, {
    hint: 'The disc may be damaged or scrambled; try it in another drive.',
  });
}
