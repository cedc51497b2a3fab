import type { SignalReading } from '../decide/decide-input.ts';
import { type MediaAccess, type MediaStream, readMediaStreams } from '../evidence/media-streams.ts';
import { readBitmapTrack } from '../evidence/text/ocr/read-bitmap-track.ts';
import { readCaptions } from '../evidence/text/read-captions.ts';
import type { Place } from '../evidence/text/read-packets.ts';
import { readTextTrack } from '../evidence/text/read-text-track.ts';
import { scoreSnippets, snippetsOf } from '../evidence/text/snippets.ts';
import type { TextScorer } from '../evidence/text/text-scorer.ts';
import { sameLanguage } from '../references/language.ts';
import type { Cue, Reference } from '../references/reference.ts';
import type { TitleToMeasure } from './title-to-measure.ts';

interface Sources {
  readonly scorer: Pick<TextScorer, 'score'>;
  readonly references: readonly Reference[];
  readonly access: MediaAccess;
}

/** Three scenes of a minute tell the episodes of a season apart; a title may lack the dialogue in one. */
const PLACES = [0.25, 0.5, 0.75];
const PLACE_SECONDS = 60;

/**
 * A title against all references by what its subtitles or captions say, in a language of the references; null without
 * any, or when nothing here can read them.
 */
export async function readByText(
  { file, duration }: Pick<TitleToMeasure, 'file' | 'duration'>,
  { scorer, references, access }: Sources,
): Promise<SignalReading | null> {
  const places = PLACES.map((share) => {
    return { start: Math.max(0, share * duration - PLACE_SECONDS / 2), seconds: PLACE_SECONDS };
  });
  const snippets = snippetsOf(await cuesAt(places, file, { references, access }));
  return snippets.length === 0 ? null : { signal: 'text', scores: scoreSnippets(scorer, snippets) };
}

async function cuesAt(
  places: readonly Place[],
  file: string,
  { references, access }: Omit<Sources, 'scorer'>,
): Promise<Cue[]> {
  const ffmpeg = await access.find('ffmpeg');
  if (ffmpeg === null) return [];
  const tools = { run: access.run, ffmpeg: ffmpeg.path, signal: access.signal };
  const streams = await readMediaStreams(file, access);
  const tracks = streams.filter(
    ({ type, kind, language }) =>
      type === 'subtitle' &&
      kind === 'normal' &&
      references.some((reference) => sameLanguage(reference.language, language)),
  );
  const text = tracks.find(isText);
  if (text) return readTextTrack(tools, { file, stream: text.stream });
  const tesseract = await access.find('tesseract');
  for (const { stream, language } of tesseract ? tracks : []) {
    const program = { ...tools, tesseract: tesseract?.path ?? '' };
    const read = await readBitmapTrack(program, { file, stream, language, places });
    if (read) return read;
  }
  const mayHaveCaptions = streams.some(({ codec }) => /mpeg2|h264|avc/i.test(codec));
  return mayHaveCaptions ? readCaptions(tools, { file, places }) : [];
}

function isText({ codec }: MediaStream): boolean {
  return /subrip|srt|ass|ssa|webvtt|mov_text|text|utf-?8/i.test(codec);
}
