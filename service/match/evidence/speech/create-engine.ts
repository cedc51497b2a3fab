import type { SpeechConfig } from '../../../config/resolve.ts';
import type { ToolFinder } from '../../../tools/find.ts';
import type { RunTool } from '../../../tools/run.ts';
import type { SpeechEngine } from './speech-engine.ts';
import type { Attempt } from './transformers/whisper-tasks.ts';

export interface EngineNeeds {
  readonly config: SpeechConfig;
  /** Where `discflow install speech` puts its packages; see `packagesFolder`. */
  readonly packages: string;
  readonly run: RunTool;
  readonly find: ToolFinder['find'];
  /** Told once of every device that was tried and did not work. */
  readonly fellBack?: (failed: readonly string[], used: Attempt) => void;
}

type EngineName = Exclude<SpeechConfig['engine'], 'auto' | 'none'>;

export const DEFAULT_MODEL = 'onnx-community/whisper-base';
/** What OpenAI calls it; servers of one's own take it for their default. */
const SERVER_MODEL = 'whisper-1';

/**
 * The engine of the configuration; null when there is to be none. With `auto` a server that is named, or the first
 * of the local ones that can work now, so that it is worth asking again later. Nothing heavy is loaded before the
 * first snippet.
 */
export async function createSpeechEngine(needs: EngineNeeds): Promise<SpeechEngine | null> {
  const { engine, url } = needs.config;
  if (engine === 'none') return null;
  if (engine !== 'auto') return engineOf(engine, needs);
  if (url !== undefined) return engineOf('openai', needs);
  for (const name of ['transformers', 'pocketsphinx'] as const) {
    const local = await engineOf(name, needs);
    if ((await local.check()) === null) return local;
  }
  return null;
}

async function engineOf(name: EngineName, needs: EngineNeeds): Promise<SpeechEngine> {
  const { config, packages, run, find, fellBack } = needs;
  const { url = '', api_key: key, model } = config;
  const timeout = config.timeout_seconds * 1000;
  switch (name) {
    case 'transformers': {
      const { createTransformersEngine } = await import('./transformers/transformers-engine.ts');
      const { models, device, dtype, threads } = config;
      const options = { packages, models, device, dtype, threads, timeout };
      return createTransformersEngine({
        ...options,
        model: model ?? DEFAULT_MODEL,
        ...(fellBack && { fellBack }),
      });
    }
    case 'openai': {
      const { createOpenaiEngine } = await import('./server/openai-engine.ts');
      return createOpenaiEngine({ url, key, timeout, model: model ?? SERVER_MODEL });
    }
    case 'whisper-asr': {
      const { createWhisperAsrEngine } = await import('./server/whisper-asr-engine.ts');
      return createWhisperAsrEngine({ url, key, timeout });
    }
    case 'pocketsphinx': {
      const { createPocketsphinxEngine } = await import('./pocketsphinx-engine.ts');
      return createPocketsphinxEngine({ run, find, timeout });
    }
  }
}
