import { RequestError } from '../contract/client.ts';
import type { Problem } from '../contract/problem.ts';
import { toProblem } from '../errors.ts';
import type { Paint } from './paint.ts';
import { printable } from './words.ts';

/** What went wrong and what to do, a line each; never a stack trace. */
export function problemInWords(error: unknown, paint: Paint): string {
  const { message, hint } = problemOf(error);
  const [first = '', ...more] = message.split('\n').map(printable);
  return [`${paint('red', '✗')} ${first}`, ...more, `  ${printable(hint)}`].join('\n');
}

function problemOf(error: unknown): Pick<Problem, 'message' | 'hint'> {
  if (error instanceof RequestError) return error;
  const problem = toProblem(error);
  if (problem.code !== 'internal') return problem;
  return {
    message: `Something unexpected went wrong: ${problem.message}`,
    hint: 'Please report it, with what it says when DISCFLOW_LOG_LEVEL=debug is set.',
  };
}
