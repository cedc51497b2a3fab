import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { MediaAccess } from '../../../service/match/evidence/media-streams.ts';
import { readSnippet } from '../../../service/match/evidence/speech/read-snippet.ts';
import { createTransformersEngine } from '../../../service/match/evidence/speech/transformers/transformers-engine.ts';
import { writeRandomWhisper } from '../../whisper/random-whisper.ts';
import { installTransformers } from '../../whisper/transformers.ts';
import { timed } from '../statistics.ts';

/** A change of how it is made needs another name: models are kept. */
const MODEL = 'base-2';
const SNIPPETS = 10;
const SNIPPET_SECONDS = 30;
const TIMEOUT_MS = 300_000;

/**
 * Milliseconds of one pass of whisper-base over ten 30-second snippets of a title, the model loaded before; null
 * when transformers.js cannot be installed. The weights are random and of true size, and say a hundred tokens a
 * snippet, as dialogue does.
 */
export async function timeWhisper(
  file: string,
  folder: string,
  { find, run, signal }: MediaAccess,
): Promise<number | null> {
  const ffmpeg = await find('ffmpeg');
  const { folder: packages, problem } = await installTransformers();
  if (ffmpeg === null || problem !== null) return null;
  const models = join(folder, 'models');
  if (!existsSync(join(models, MODEL))) await writeRandomWhisper(join(models, MODEL), 'base');
  const engine = createTransformersEngine({
    ...{ packages, models, model: MODEL, device: 'cpu', dtype: 'auto', timeout: TIMEOUT_MS },
  });
  const transcribe = async (snippet: number) => {
    const place = { start: 200 + 200 * snippet, seconds: SNIPPET_SECONDS };
    const tools = { run, ffmpeg: ffmpeg.path, signal };
    const pcm = await readSnippet(tools, { file, stream: 1, place });
    await engine.transcribe(pcm, { language: 'en', signal });
  };
  try {
    await transcribe(0);
    return await timed(async () => {
      for (let snippet = 0; snippet < SNIPPETS; snippet++) await transcribe(snippet);
    });
  } finally {
    await engine.close();
  }
}
