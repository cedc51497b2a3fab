import type { MediaTools, Place } from '../text/read-packets.ts';
import type { Snippet } from '../text/snippets.ts';
import { wordsOf } from '../text/words.ts';
import { readSnippet } from './read-snippet.ts';
import { SAMPLE_RATE, type SpeechEngine } from './speech-engine.ts';

interface Heard {
  readonly engine: SpeechEngine;
  readonly file: string;
  /** Number of the audio stream in the file, from 0; never a commentary. */
  readonly stream: number;
  readonly language: string | null;
  readonly places: readonly Place[];
}

/**
 * What is said at each place, one after the other, so that whoever is sure may stop asking. Throws what
 * `SpeechEngine.transcribe` and `RunTool` throw.
 */
export async function* hearSnippets(
  tools: MediaTools,
  { engine, file, stream, language, places }: Heard,
): AsyncGenerator<Snippet> {
  for (const place of places) {
    const pcm = await readSnippet(tools, { file, stream, place });
    // Beyond the end of the title there is nothing, and engines bear no empty audio.
    if (pcm.length < SAMPLE_RATE) continue;
    const text = await engine.transcribe(pcm, { language, signal: tools.signal });
    yield { time: place.start + place.seconds / 2, words: wordsOf(text) };
  }
}
