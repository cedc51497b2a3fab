import { bareLanguage } from '../../../references/language.ts';
import { pcm16 } from '../pcm-bytes.ts';
import type { SpeechEngine } from '../speech-engine.ts';
import { checkServer } from './check-server.ts';
import { notSpeech, postAudio, type SpeechServer } from './post-audio.ts';

const timeLine = /^\d+:\d\d:\d\d[,.]\d{3} --> /;
const numberLine = /^\d+$/;

/**
 * A whisper-asr-webservice, and what has its interface for Bazarr: POST /asr with raw samples. Subtitles are asked
 * for, because some of these servers give nothing else.
 */
export function createWhisperAsrEngine(server: SpeechServer): SpeechEngine {
  return {
    name: 'whisper-asr-webservice',
    // It finds out itself what it is not told.
    speaks: async () => true,
    async transcribe(pcm, { language, signal }) {
      const form = new FormData();
      form.append('audio_file', new Blob([pcm16(pcm)]), 'snippet.raw');
      const query = new URLSearchParams({ task: 'transcribe', encode: 'false', output: 'srt' });
      const bare = bareLanguage(language);
      if (bare !== null) query.set('language', bare);
      return textOf(await postAudio(server, { path: `asr?${query}`, form, signal }));
    },
    check: () => checkServer(server, 'status'),
    close: async () => undefined,
  };
}

/** What is said in an SRT. An empty one is silence; a web page or JSON is no SRT. */
function textOf(answer: string): string {
  const lines = answer.split(/\r?\n/).map((line) => line.trim());
  if (answer.trim() === '') return '';
  if (!lines.some((line) => timeLine.test(line))) throw notSpeech();
  return lines
    .filter((line) => line !== '' && !timeLine.test(line) && !numberLine.test(line))
    .join(' ');
}
