import { access, rename } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTransformersEngine } from '../../service/match/evidence/speech/transformers/transformers-engine.ts';
import { seededRandom } from '../authoring/seeded-random.ts';
import { writeRandomWhisper } from './random-whisper.ts';
import { installTransformers } from './transformers.ts';

export interface WhisperPass {
  readonly chunks: number;
  /** Of audio, all chunks together. */
  readonly audioSeconds: number;
  /** That it took, with the model loaded. */
  readonly seconds: number;
  readonly threads: number;
}

const models = fileURLToPath(new URL('../../.cache/models', import.meta.url));
/** A change of how the model is made needs another name. */
const MODEL = 'random-base-1';
const CHUNK_SECONDS = 30;
const SAMPLE_RATE = 16_000;
const LONGEST_MS = 600_000;

/**
 * What other tools need to know one episode: whisper-base over ten chunks of half a minute, by the engine of the
 * service, with random weights of true size that say a hundred tokens a chunk. A sentence when it cannot be run here.
 */
export async function whisperBasePass(chunks = 10): Promise<WhisperPass | string> {
  const { folder: packages, problem } = await installTransformers();
  if (problem !== null) return problem;
  await writeModelOnce();
  const threads = availableParallelism();
  const engine = createTransformersEngine({
    ...{ packages, models, model: MODEL, device: 'cpu', dtype: 'q8', threads },
    timeout: LONGEST_MS,
  });
  const { signal } = new AbortController();
  const transcribe = (pcm: Float32Array) => engine.transcribe(pcm, { language: 'en', signal });
  try {
    await transcribe(noise(1));
    const audio = noise(CHUNK_SECONDS);
    const started = performance.now();
    for (let chunk = 0; chunk < chunks; chunk++) await transcribe(audio);
    const seconds = (performance.now() - started) / 1000;
    return { chunks, audioSeconds: chunks * CHUNK_SECONDS, seconds, threads };
  } finally {
    await engine.close();
  }
}

async function writeModelOnce(): Promise<void> {
  const folder = join(models, MODEL);
  const isThere = await access(folder).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  const unfinished = `${folder}.${process.pid}`;
  await writeRandomWhisper(unfinished, 'base');
  await rename(unfinished, folder);
}

function noise(seconds: number): Float32Array {
  const random = seededRandom('noise');
  const second = Float32Array.from({ length: SAMPLE_RATE }, () => random() - 0.5);
  return Float32Array.from(
    { length: seconds * SAMPLE_RATE },
    (_, index) => second[index % SAMPLE_RATE] ?? 0,
  );
}
