import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { DiscflowError } from '../../../../errors.ts';
import { findPackage } from '../../../../tools/npm-package.ts';
import { nameOfLanguage, sameLanguage } from '../../../references/language.ts';
import { createThreads, type Threads } from '../../threads.ts';
import type { SpeechEngine, TranscribeOptions } from '../speech-engine.ts';
import { asError, type SpeechProblem, unavailable } from '../unavailable.ts';
import { attemptsFor, type Device, type Dtype } from './devices.ts';
import { type FoundModel, findModel, placeOf } from './model-folder.ts';
import type { Attempt, WhisperResult, WhisperTask } from './whisper-tasks.ts';

export const TRANSFORMERS_PACKAGE = '@huggingface/transformers';

export interface TransformersOptions {
  /** Folder whose npm packages count before those beside the service. */
  readonly packages: string;
  /** Name of the model below `models`, or the path of its own folder. */
  readonly model: string;
  readonly models: string;
  readonly device: Device;
  readonly dtype: Dtype;
  /** Processors to use; all but one unless given, so that everything else goes on. */
  readonly threads?: number | undefined;
  /** Milliseconds for one snippet, loading the model included. */
  readonly timeout: number;
  /** Told once of every device that was tried and did not work. */
  readonly fellBack?: (failed: readonly string[], used: Attempt) => void;
}

/** The model is kept for the next snippet for so long, and its half a gigabyte no longer. */
const IDLE_MS = 60_000;
/** A thread that is told to end does so at the next token; what does not is stuck. */
const GRACE_MS = 5_000;

/**
 * Whisper by transformers.js, in a thread of its own. Package and model are looked for when they are needed; nothing
 * is ever fetched here.
 */
export function createTransformersEngine(options: TransformersOptions): SpeechEngine {
  const place = placeOf(options.model, options.models);
  let threads: Threads | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let toldOf: string | undefined;

  return {
    name: 'transformers.js',
    async speaks(language) {
      return languageFor(await findModel(place), language) !== undefined;
    },
    transcribe(pcm, { language, signal }) {
      const result = queue.then(() => transcribeNow(pcm, { language, signal }));
      queue = result.catch(() => undefined);
      return result;
    },
    async check() {
      const ready = prepare(await findModel(place));
      return 'problem' in ready ? ready.problem : null;
    },
    close,
  };

  async function transcribeNow(
    pcm: Float32Array,
    { language, signal }: TranscribeOptions,
  ): Promise<string> {
    signal.throwIfAborted();
    const model = await findModel(place);
    const ready = prepare(model);
    if ('problem' in ready) throw asError(ready.problem);
    const spoken = languageFor(model, language);
    if (spoken === undefined) throw asError(unknownLanguage(language, model));
    const { text, used, failed } = await run(
      {
        ...ready,
        folder: place.folder,
        model: place.model,
        threads: options.threads ?? Math.max(1, availableParallelism() - 1),
        pcm,
        language: spoken,
      },
      signal,
    );
    tell(failed, used);
    return text;
  }

  async function run(task: WhisperTask, signal: AbortSignal): Promise<WhisperResult> {
    const timeout = AbortSignal.timeout(options.timeout);
    const stop = AbortSignal.any([signal, timeout]);
    threads ??= createThreads(import.meta.url, './whisper-tasks', { most: 1, idle: IDLE_MS });
    const work = threads.run<WhisperResult>('transcribe', task, { signal: stop });
    const ended = new AbortController();
    try {
      return await Promise.race([work, rejectedAfterGrace(stop, ended.signal)]);
    } catch (error) {
      signal.throwIfAborted();
      if (timeout.aborted) throw tookTooLong(options.timeout);
      const why = error instanceof Error ? error.message : String(error);
      const hint = '"discflow models check" says whether its files are whole.';
      throw asError(unavailable(`The speech model ${task.model} does not work: ${why}`, hint), {
        cause: error,
      });
    } finally {
      ended.abort();
    }
  }

  /** What does not end by itself takes its thread along; the next snippet gets a new one. */
  async function rejectedAfterGrace(stop: AbortSignal, ended: AbortSignal): Promise<never> {
    await new Promise((resolve) =>
      stop.addEventListener('abort', resolve, { once: true, signal: ended }),
    );
    await sleep(GRACE_MS, undefined, { ref: false, signal: ended });
    await close();
    throw stop.reason;
  }

  function prepare(model: FoundModel) {
    const found = findPackage(TRANSFORMERS_PACKAGE, options.packages);
    if (found === null) return { problem: packageMissing() };
    if (model.missing.length > 0 || model.forms.length === 0)
      return { problem: modelMissing(model) };
    const attempts = attemptsFor(options, model.forms);
    return attempts.length === 0
      ? { problem: formMissing(model, options.dtype) }
      : { entry: found.entry, attempts };
  }

  function tell(failed: readonly string[], used: Attempt): void {
    const words = failed.join();
    if (words === '' || words === toldOf) return;
    toldOf = words;
    options.fellBack?.(failed, used);
  }

  async function close(): Promise<void> {
    const open = threads;
    threads = undefined;
    await open?.close();
  }
}

/** As the model names the language; null when it must not be told, undefined when it does not know it. */
function languageFor(
  { languages }: FoundModel,
  language: string | null,
): string | null | undefined {
  if (languages === null) return sameLanguage(language, 'en') ? null : undefined;
  return languages.find((known) => sameLanguage(known, language));
}

function packageMissing(): SpeechProblem {
  return unavailable(
    'transformers.js is not installed',
    '"discflow install speech" puts it into the state folder of the service.',
  );
}

function modelMissing({ model, path, missing, forms }: FoundModel): SpeechProblem {
  const lacks = [...missing, ...(forms.length === 0 ? ['weights in onnx/'] : [])].join(', ');
  return unavailable(
    `The speech model ${model} is not complete in ${path}: ${lacks} missing`,
    `"discflow models fetch ${model}" gets it, or copy its folder there.`,
  );
}

function formMissing({ model, forms }: FoundModel, dtype: Dtype): SpeechProblem {
  return unavailable(
    `The speech model ${model} is not there as ${dtype}, only as ${forms.join(', ')}`,
    `Set speech.dtype to auto, or get it with "discflow models fetch ${model} --dtype ${dtype}".`,
  );
}

function unknownLanguage(language: string | null, { model }: FoundModel): SpeechProblem {
  const asked = language === null ? 'what it is not told' : nameOfLanguage(language);
  return unavailable(
    `The speech model ${model} does not understand ${asked}`,
    'Use a multilingual model: without ".en" in its name.',
  );
}

function tookTooLong(milliseconds: number): DiscflowError {
  const seconds = Math.round(milliseconds / 1000);
  return new DiscflowError('timeout', `The speech model had no answer after ${seconds} s`, {
    hint: 'Use a smaller model, or a longer speech.timeout_seconds.',
    transient: true,
  });
}
