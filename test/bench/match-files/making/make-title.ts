import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { writeSpeech } from '../../../authoring/speech.ts';
import { formatSrt } from '../../../authoring/srt.ts';
import type { SpokenCue } from '../../../authoring/timeline.ts';
import type { Cue } from '../../../authoring/truth.ts';
import { makeCaptionedVideo } from '../../../service/match/evidence/text/captioned-video.ts';
import { drawTexts } from '../../../service/match/evidence/text/ocr/drawn-text.ts';
import { makeSup } from '../../../service/match/evidence/text/ocr/made-pgs.ts';
import type { Carrier } from '../shows.ts';
import { addSoundtrack } from './soundtrack.ts';

export interface Content {
  readonly seconds: number;
  readonly cues: readonly SpokenCue[];
}

/** One after the other. */
export function inSequence(parts: readonly Content[]): Content {
  const cues: SpokenCue[] = [];
  let at = 0;
  for (const part of parts) {
    for (const cue of part.cues) cues.push({ ...cue, start: cue.start + at, end: cue.end + at });
    at += part.seconds;
  }
  return { seconds: at, cues };
}

/** A title as it comes off a disc: MKV with sound, and with its words as this carrier has them. */
export async function makeTitle(
  folder: string,
  name: string,
  { content, by, seed }: { content: Content; by: Carrier; seed: number },
): Promise<string> {
  const file = `${name}.mkv`;
  const path = (suffix: string) => join(folder, `${name}.${suffix}`);
  const { seconds, cues } = content;
  await writeSpeech(path('wav'), { seconds, spoken: cues });
  const picture = by === 'captions' ? await captionedPicture(folder, name, content) : undefined;
  const sound = { speech: path('wav'), seconds, seed };
  await addSoundtrack(path('av.mkv'), picture ? { ...sound, picture } : sound);
  const track = await writeTrack(path, by, cues);
  const subtitles = track === null ? [] : ['--language', '0:eng', track];
  const sounding = ['--language', '1:eng', path('av.mkv')];
  await execa('mkvmerge', ['-q', '-o', join(folder, file), ...sounding, ...subtitles]);
  const scratch = [path('wav'), path('av.mkv'), picture, track];
  await Promise.all(scratch.flatMap((one) => (one ? [rm(one)] : [])));
  return file;
}

async function writeTrack(
  path: (suffix: string) => string,
  by: Carrier,
  cues: readonly Cue[],
): Promise<string | null> {
  if (by === 'text') {
    await writeFile(path('srt'), formatSrt(cues));
    return path('srt');
  }
  if (by !== 'pgs') return null;
  const bitmaps = await drawTexts(cues.map(({ text }) => inTwoLines(text)));
  const pictures = cues.flatMap(({ start, end }, index) => {
    const bitmap = bitmaps[index];
    return bitmap ? [{ start, end, bitmap }] : [];
  });
  await writeFile(path('sup'), makeSup(pictures));
  return path('sup');
}

const LONGEST_LINE = 44;

function inTwoLines(text: string): string {
  if (text.length <= LONGEST_LINE) return text;
  const middle = text.indexOf(' ', Math.floor(text.length / 2));
  return middle < 0 ? text : `${text.slice(0, middle)}\n${text.slice(middle + 1)}`;
}

const LONGEST_CAPTION = 32;

/** Captions of one row in the capitals that every set can show. */
async function captionedPicture(
  folder: string,
  name: string,
  { seconds, cues }: Content,
): Promise<string> {
  const captions = cues.map(({ start, end, text }) => {
    const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
    return { start, end, text: plain.slice(0, LONGEST_CAPTION) };
  });
  return makeCaptionedVideo(folder, { name: `${name}.picture.mkv`, seconds, captions });
}
