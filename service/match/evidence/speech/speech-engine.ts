import type { Problem } from '../../../contract/problem.ts';

/** Samples per second of all audio that engines get: mono, from -1 to 1. */
export const SAMPLE_RATE = 16_000;

export interface TranscribeOptions {
  /** What is spoken: any ISO 639 code; null when nobody knows. */
  readonly language: string | null;
  readonly signal: AbortSignal;
}

/** Turns half a minute of speech into text. */
export interface SpeechEngine {
  /** As a person knows it: "transformers.js", "pocketsphinx". */
  readonly name: string;
  /** Whether it is worth asking in this language; null is one that nobody knows. */
  speaks(language: string | null): Promise<boolean>;
  /**
   * What is said; empty when nothing is. Throws `speech-unavailable` when there is no answer to be had (transient
   * when a later try may have one), `speech-refused` when the server wants another key, `timeout`, and the reason of
   * the signal, or `cancelled`.
   */
  transcribe(pcm: Float32Array, options: TranscribeOptions): Promise<string>;
  /** What keeps it from working; null when it can. Loads no model. */
  check(): Promise<Problem | null>;
  /** Ends what it keeps running. It can be used again. */
  close(): Promise<void>;
}
