import { type Check, check } from '../../../tools/check.ts';
import { findPackage } from '../../../tools/npm-package.ts';
import { createSpeechEngine, DEFAULT_MODEL, type EngineNeeds } from './create-engine.ts';
import { TRANSFORMERS_PACKAGE } from './transformers/transformers-engine.ts';

const neededFor = 'telling episodes apart when neither subtitles nor voices do';
const noEngine = {
  message: 'Nothing here understands speech',
  hint:
    `"discflow install speech" and "discflow models fetch ${DEFAULT_MODEL}"; or name a server in ` +
    'speech.url; or set speech.engine to none.',
};

/** What understands speech here, for `doctor`; nothing where nothing is to. */
export async function checkSpeech(needs: EngineNeeds): Promise<Check[]> {
  const { engine: wanted, url } = needs.config;
  if (wanted === 'none') return [];
  const engine = await createSpeechEngine(needs);
  if (engine === null) return [check({ name: 'speech', where: null, neededFor }, noEngine, 'warn')];
  const found =
    engine.name === 'transformers.js' ? findPackage(TRANSFORMERS_PACKAGE, needs.packages) : null;
  const where = found?.path ?? (engine.name === 'pocketsphinx' ? null : (url ?? null));
  const version = found === null ? {} : { version: found.version };
  const subject = { name: `speech: ${engine.name}`, where, neededFor, ...version };
  return [check(subject, await engine.check(), 'warn')];
}
