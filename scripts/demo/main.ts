import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { paintFor } from '../../service/cli/paint.ts';
import { problemInWords } from '../../service/cli/problem-words.ts';
import { interruption } from '../station/interruption.ts';
import { demo } from './demo.ts';

const INTERRUPTED = 130;
const signal = interruption();

const { values } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    yes: { type: 'boolean', default: false },
    folder: { type: 'string', default: fileURLToPath(new URL('../../.demo', import.meta.url)) },
  },
});

try {
  const arrived = await demo({ ...values, folder: resolve(values.folder), signal });
  process.exitCode = arrived ? 0 : 1;
} catch (error) {
  process.exitCode = signal.aborted ? INTERRUPTED : 1;
  if (!signal.aborted) console.error(problemInWords(error, paintFor(process.stderr)));
}
