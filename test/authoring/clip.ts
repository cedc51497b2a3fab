import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { toFrames } from './frame-grid.ts';
import { type ClipFormat, encodeProgramStream, speechFile } from './program-stream.ts';
import type { ClipSpec } from './spec.ts';
import { writeSpeech } from './speech.ts';
import { addSubtitles } from './subtitles.ts';
import { layOutLines } from './timeline.ts';
import type { Cue } from './truth.ts';

export interface MadeClip {
  readonly spec: ClipSpec;
  /** Program stream, ready for dvdauthor. */
  readonly file: string;
  readonly seconds: number;
  readonly cues: ReadonlyMap<string, readonly Cue[]>;
}

/** Makes `<folder>/<name>.mpg`. The disc holds cue times in hundredths of a second. */
export async function makeClip(
  spec: ClipSpec,
  format: ClipFormat,
  folder: string,
): Promise<MadeClip> {
  const scratch = join(folder, `${spec.name}.scratch`);
  await mkdir(scratch, { recursive: true });
  const { standard, aspect = '16:9', subtitles } = format;
  const seconds = toFrames(spec.seconds, standard);
  const languages = [...new Set([...format.audio.map(({ lang }) => lang), ...subtitles])];
  const cues = await layOutLines({ ...spec, seconds }, languages);
  for (const [lang, spoken] of cues)
    await writeSpeech(speechFile(scratch, lang), { seconds, spoken });
  const program = await encodeProgramStream(spec, format, scratch);
  const job = { file: program, folder: scratch, standard, aspect };
  const streams = subtitles.map((lang) => cues.get(lang) ?? []);
  const file = join(folder, `${spec.name}.mpg`);
  await rename(await addSubtitles(job, streams), file);
  await rm(scratch, { recursive: true });
  return { spec, file, seconds, cues };
}
