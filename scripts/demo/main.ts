import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { catchInterrupts } from '../../service/cli/interrupts.ts';
import { paintFor } from '../../service/cli/paint.ts';
import { problemInWords } from '../../service/cli/problem-words.ts';
import { demo } from './demo.ts';

const interrupts = catchInterrupts();
const { signal } = interrupts;

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
  process.exitCode = interrupts.code() ?? 1;
  if (!signal.aborted) console.error(problemInWords(error, paintFor(process.stderr)));
}
