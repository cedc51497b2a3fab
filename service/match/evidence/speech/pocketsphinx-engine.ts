import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ToolFinder } from '../../../tools/find.ts';
import type { RunTool } from '../../../tools/run.ts';
import { sameLanguage } from '../../references/language.ts';
import { wavOf } from './pcm-bytes.ts';
import type { SpeechEngine } from './speech-engine.ts';
import { asError, unavailable } from './unavailable.ts';

interface PocketsphinxOptions {
  readonly run: RunTool;
  readonly find: ToolFinder['find'];
  /** Milliseconds for one snippet. */
  readonly timeout: number;
}

const PROGRAM = 'pocketsphinx_continuous';
const missing = unavailable(
  'pocketsphinx is not installed',
  'apt install pocketsphinx pocketsphinx-en-us (Debian 12, Ubuntu 22.04).',
);

/**
 * CMU Sphinx with the American English model of Debian: no weights to fetch, and most words wrong, of which the
 * window scorer needs only the right ones.
 */
export function createPocketsphinxEngine({
  run,
  find,
  timeout,
}: PocketsphinxOptions): SpeechEngine {
  return {
    name: 'pocketsphinx',
    speaks: async (language) => sameLanguage(language, 'en'),
    async transcribe(pcm, { signal }) {
      const tool = await find(PROGRAM);
      if (tool === null) throw asError(missing);
      const folder = await mkdtemp(join(tmpdir(), 'discflow-speech-'));
      try {
        const file = join(folder, 'snippet.wav');
        await writeFile(file, wavOf(pcm));
        const lines: string[] = [];
        const args = ['-infile', file, '-logfn', '/dev/null'];
        await run(tool.path, args, { signal, timeout, onLine: (line) => lines.push(line) });
        return lines.join(' ').trim();
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    check: async () => ((await find(PROGRAM)) === null ? missing : null),
    close: async () => undefined,
  };
}
