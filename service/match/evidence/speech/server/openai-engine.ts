import { z } from 'zod';
import { bareLanguage } from '../../../references/language.ts';
import { wavOf } from '../pcm-bytes.ts';
import type { SpeechEngine } from '../speech-engine.ts';
import { checkServer } from './check-server.ts';
import { notSpeech, postAudio, type SpeechServer } from './post-audio.ts';

const Transcript = z.object({ text: z.string() });

/**
 * A server with the interface of OpenAI's audio API, as speaches, subgen, whisper.cpp's server and OpenAI have it:
 * POST /v1/audio/transcriptions. The base address may end with /v1.
 */
export function createOpenaiEngine(given: SpeechServer & { readonly model: string }): SpeechEngine {
  const server = { ...given, url: given.url.replace(/\/v1$/, '') };
  return {
    name: 'OpenAI-compatible server',
    // It finds out itself what it is not told.
    speaks: async () => true,
    async transcribe(pcm, { language, signal }) {
      const form = new FormData();
      form.append('file', new Blob([wavOf(pcm)], { type: 'audio/wav' }), 'snippet.wav');
      form.append('model', server.model);
      form.append('response_format', 'json');
      form.append('temperature', '0');
      const bare = bareLanguage(language);
      if (bare !== null) form.append('language', bare);
      const answer = await postAudio(server, { path: 'v1/audio/transcriptions', form, signal });
      return textOf(answer);
    },
    check: () => checkServer(server, 'v1/models'),
    close: async () => undefined,
  };
}

function textOf(answer: string): string {
  try {
    return Transcript.parse(JSON.parse(answer)).text.trim();
  } catch {
    throw notSpeech();
  }
}
