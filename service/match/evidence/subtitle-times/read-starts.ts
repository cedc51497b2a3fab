import { type MediaAccess, type MediaStream, readMediaStreams } from '../media-streams.ts';
import { startTimes } from './start-times.ts';
import { readSubtitleEvents } from './subtitle-events.ts';

/** When the subtitles of one track appear. */
export interface SubtitleStarts {
  /** Its number among the subtitle tracks, from 0, */
  readonly track: number;
  /** and among all streams of the file. */
  readonly stream: number;
  readonly language: string;
  readonly codec: 'pgs' | 'vobsub' | 'text' | 'unknown';
  readonly forced: boolean;
  /** Seconds, sorted. */
  readonly starts: readonly number[];
  /** Why it is no evidence; null when it is. */
  readonly unusable: 'forced' | 'commentary' | 'too-few' | null;
}

/** Fewer tell nothing: forced tracks that do not say so have a handful. */
const FEWEST_STARTS = 40;

const codecs: readonly [RegExp, SubtitleStarts['codec']][] = [
  [/pgs/i, 'pgs'],
  [/dvd_?sub|vobsub/i, 'vobsub'],
  [/subrip|srt|ass|ssa|webvtt|mov_text|text|utf-?8/i, 'text'],
];

/**
 * The subtitle starts of every subtitle track of a file, in their order; also of a file that is still being written:
 * then those that are there. Throws `tool-missing` or what `RunTool` throws.
 */
export async function readSubtitleStarts(
  file: string,
  access: MediaAccess,
): Promise<SubtitleStarts[]> {
  const streams = await readMediaStreams(file, access);
  const subtitles = streams.filter(({ type }) => type === 'subtitle');
  if (subtitles.length === 0) return [];
  const numbers = subtitles.map(({ stream }) => stream);
  const events = await readSubtitleEvents(file, access, numbers);
  return subtitles.map((subtitle, track) => {
    const { stream, language, kind } = subtitle;
    const codec = codecs.find(([pattern]) => pattern.test(subtitle.codec))?.[1] ?? 'unknown';
    const starts = startTimes(events.get(stream) ?? [], codec === 'pgs');
    const unusable = whyUnusable(kind, starts.length);
    return { track, stream, language, codec, forced: kind === 'forced', starts, unusable };
  });
}

function whyUnusable(kind: MediaStream['kind'], count: number): SubtitleStarts['unusable'] {
  if (kind === 'forced' || kind === 'commentary') return kind;
  return count < FEWEST_STARTS ? 'too-few' : null;
}
