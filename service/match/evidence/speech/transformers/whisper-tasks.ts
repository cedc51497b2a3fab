import { type Stoppable, throwIfStopped } from '../../threads.ts';

/** Where a model may run, and in which form its weights are. */
export interface Attempt {
  readonly device: string;
  readonly dtype: string;
}

export interface WhisperTask {
  /** Address of the package's entry. */
  readonly entry: string;
  /** Folder that holds the model's folder. */
  readonly folder: string;
  readonly model: string;
  /** In the order of preference; the first that works is kept. */
  readonly attempts: readonly Attempt[];
  readonly threads: number;
  readonly pcm: Float32Array;
  /** As whisper names it; null for a model that knows English alone. */
  readonly language: string | null;
}

export interface WhisperResult {
  readonly text: string;
  /** What it ran on. */
  readonly used: Attempt;
  /** What was tried before and did not work, in words. */
  readonly failed: readonly string[];
}

/** What we use of the package; it is found at run time, and its types are not there when this is compiled. */
interface Transformers {
  readonly env: { allowRemoteModels: boolean; localModelPath: string; logLevel: number };
  readonly LogitsProcessor: new () => object;
  readonly LogitsProcessorList: new () => { push(processor: object): void };
  pipeline(task: string, model: string, options: object): Promise<Recogniser>;
}
type Recogniser = ((pcm: Float32Array, options: object) => Promise<{ text: string }>) & {
  dispose(): Promise<unknown>;
};

interface Loaded {
  readonly key: string;
  readonly recogniser: Recogniser;
  readonly used: Attempt;
  readonly failed: readonly string[];
}

const SILENT = 50;
const FATAL_ONLY = 4;
/** The most that fits into half a minute; without a limit a stretch without speech may go on and on. */
const MOST_TOKENS = 224;
const LONGEST_SECONDS = 30;
const STRIDE_SECONDS = 5;
const SAMPLES_A_SECOND = 16_000;
/** What the decoder says when the model said nothing. */
const nothingSaid = /non-empty array of integers/;

let loaded: Loaded | undefined;

/** Runs in a thread of its own, which keeps the model until it ends. */
export async function transcribe(task: WhisperTask & Stoppable): Promise<WhisperResult> {
  const transformers: Transformers = await import(task.entry);
  const { recogniser, used, failed } = await loadOnce(transformers, task);
  const options = {
    ...(task.language !== null && { language: task.language, task: 'transcribe' }),
    max_new_tokens: MOST_TOKENS,
    logits_processor: stopperOf(transformers, task),
    ...(task.pcm.length > LONGEST_SECONDS * SAMPLES_A_SECOND && {
      chunk_length_s: LONGEST_SECONDS,
      stride_length_s: STRIDE_SECONDS,
    }),
  };
  try {
    const { text } = await recogniser(task.pcm, options);
    return { text: text.trim(), used, failed };
  } catch (error) {
    throwIfStopped(task);
    if (error instanceof Error && nothingSaid.test(error.message))
      return { text: '', used, failed };
    throw error;
  }
}

async function loadOnce(
  transformers: Transformers,
  task: WhisperTask & Stoppable,
): Promise<Loaded> {
  const key = JSON.stringify([task.folder, task.model, task.attempts, task.threads]);
  if (loaded?.key === key) return loaded;
  await loaded?.recogniser.dispose();
  loaded = undefined;
  loaded = { key, ...(await loadFirst(transformers, task)) };
  return loaded;
}

/** The package's own "auto" does not fall back: it throws where the library of a graphics card is missing. */
async function loadFirst({ env, pipeline }: Transformers, task: WhisperTask & Stoppable) {
  env.allowRemoteModels = false;
  env.localModelPath = `${task.folder}/`;
  env.logLevel = SILENT;
  const failed: string[] = [];
  for (const attempt of task.attempts) {
    throwIfStopped(task);
    try {
      const recogniser = await pipeline('automatic-speech-recognition', task.model, {
        ...attempt,
        session_options: { intraOpNumThreads: task.threads, logSeverityLevel: FATAL_ONLY },
      });
      return { recogniser, used: attempt, failed };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      failed.push(`${attempt.dtype} on ${attempt.device}: ${why.split('\n')[0]}`);
    }
  }
  throw new Error(failed.join('; '));
}

/** Looks at every token whether anybody still waits: stopping criteria are not handed on for whisper. */
function stopperOf({ LogitsProcessor, LogitsProcessorList }: Transformers, task: Stoppable) {
  class Stopper extends LogitsProcessor {
    _call(_tokens: unknown, logits: unknown): unknown {
      throwIfStopped(task);
      return logits;
    }
  }
  const list = new LogitsProcessorList();
  list.push(new Stopper());
  return list;
}
