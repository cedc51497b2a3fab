import { z } from 'zod';
import { DiscflowError } from '../../errors.ts';
import type { ToolFinder } from '../../tools/find.ts';
import { identify } from '../../tools/mkv-contents.ts';
import type { RunTool } from '../../tools/run.ts';

/** What readers of media files need. */
export interface MediaAccess extends Pick<ToolFinder, 'find'> {
  readonly run: RunTool;
  readonly signal: AbortSignal;
}

/** One stream of a media file. */
export interface MediaStream {
  /** Its number in the file, from 0, as ffmpeg maps it. */
  readonly stream: number;
  readonly type: 'video' | 'audio' | 'subtitle' | 'other';
  /** As ffmpeg names it ("hdmv_pgs_subtitle", "ac3"), or mkvmerge without ffprobe. */
  readonly codec: string;
  /** As in the file: ISO 639-2 mostly, "und" where it does not say. */
  readonly language: string;
  /** What somebody named it ("Director's Commentary"); null without a name. */
  readonly title: string | null;
  readonly kind: 'normal' | 'forced' | 'commentary' | 'visually-impaired';
}

const STALL_MS = 120_000;

/** A number that ffprobe prints as 0 or 1. */
const Flag = z.number().default(0);

/** What we read of `ffprobe -show_streams -of json`; ffprobe prints no entry for what it does not know. */
const Probed = z.object({
  streams: z
    .array(
      z.object({
        index: z.int(),
        codec_type: z.string().default(''),
        codec_name: z.string().default(''),
        disposition: z.object({ forced: Flag, comment: Flag, visual_impaired: Flag }).prefault({}),
        tags: z
          .object({ language: z.string().default('und'), title: z.string().optional() })
          .prefault({}),
      }),
    )
    .default([]),
});
type Probed = z.infer<typeof Probed>['streams'][number];

const ENTRIES =
  'stream=index,codec_type,codec_name:stream_disposition=forced,comment,visual_impaired:stream_tags=language,title';

/** The streams of a file, also of one that is still being written. Throws `tool-missing` or what `RunTool` throws. */
export async function readMediaStreams(file: string, access: MediaAccess): Promise<MediaStream[]> {
  const ffprobe = await access.find('ffprobe');
  if (ffprobe === null) return readByMkvmerge(file, access);
  const lines: string[] = [];
  const { run, signal } = access;
  const args = ['-v', 'error', '-show_entries', ENTRIES, '-of', 'json', `file:${file}`];
  await run(ffprobe.path, args, {
    signal,
    stallAfter: STALL_MS,
    onLine: (line) => lines.push(line),
  });
  return Probed.parse(JSON.parse(lines.join('\n'))).streams.map(streamOf);
}

function streamOf({ index, codec_type, codec_name, disposition, tags }: Probed): MediaStream {
  const title = tags.title ?? null;
  const kind = kindOf(disposition, title);
  return {
    stream: index,
    type: typeOf(codec_type),
    codec: codec_name,
    language: tags.language,
    title,
    kind,
  };
}

/** Many rips carry what a track is in its name alone. */
function kindOf(
  { forced, comment, visual_impaired }: Probed['disposition'],
  title: string | null,
): MediaStream['kind'] {
  if (comment !== 0 || /comment/i.test(title ?? '')) return 'commentary';
  if (visual_impaired !== 0 || /descri(bed|ptive)|audio description/i.test(title ?? ''))
    return 'visually-impaired';
  return forced !== 0 || /forced/i.test(title ?? '') ? 'forced' : 'normal';
}

function typeOf(type: string): MediaStream['type'] {
  if (type === 'subtitles') return 'subtitle';
  return type === 'video' || type === 'audio' || type === 'subtitle' ? type : 'other';
}

/** In Matroska both programs number the tracks alike. */
async function readByMkvmerge(
  file: string,
  { run, find, signal }: MediaAccess,
): Promise<MediaStream[]> {
  const mkvmerge = await find('mkvmerge');
  if (mkvmerge === null)
    throw new DiscflowError('tool-missing', 'There is neither ffprobe nor mkvmerge', {
      hint: 'Install ffmpeg, which brings ffprobe: apt install ffmpeg, or brew install ffmpeg.',
    });
  const { tracks } = await identify({ run, mkvmerge: mkvmerge.path, signal }, file);
  return tracks.map(({ id, type, codec, language, kind }) => ({
    stream: id,
    type: typeOf(type),
    codec,
    language,
    title: null,
    kind,
  }));
}
