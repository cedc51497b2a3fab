import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MediaAccess } from '../../../service/match/evidence/media-streams.ts';
import { readSnippet } from '../../../service/match/evidence/speech/read-snippet.ts';
import {
  createTransformersEngine,
  TRANSFORMERS_PACKAGE,
} from '../../../service/match/evidence/speech/transformers/transformers-engine.ts';
import { findPackage } from '../../../service/tools/npm-package.ts';
import { writeRandomWhisper } from '../../whisper/random-whisper.ts';
import { timed } from '../statistics.ts';

/** Where the tests of speech keep the package. */
const packages = fileURLToPath(new URL('../../../.cache/packages', import.meta.url));
const SNIPPETS = 10;
const SNIPPET_SECONDS = 30;
const TIMEOUT_MS = 300_000;

/**
 * Milliseconds of one pass of whisper-base over ten 30-second snippets of a title, the model loaded before; null
 * without transformers.js. The weights are random and of true size: it goes on to the last token, 224 a snippet, where
 * speech has about a hundred.
 */
export async function timeWhisper(
  file: string,
  folder: string,
  { find, run, signal }: MediaAccess,
): Promise<number | null> {
  const ffmpeg = await find('ffmpeg');
  if (ffmpeg === null || findPackage(TRANSFORMERS_PACKAGE, packages) === null) return null;
  const models = join(folder, 'models');
  if (!existsSync(models)) await writeRandomWhisper(join(models, 'base'), 'base');
  const engine = createTransformersEngine({
    ...{ packages, models, model: 'base', device: 'cpu', dtype: 'auto', timeout: TIMEOUT_MS },
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
