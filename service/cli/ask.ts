import { createInterface } from 'node:readline/promises';
import type { Answer, Question } from '../contract/question.ts';
import { textAnswer } from '../review/text-answer.ts';
import type { Paint } from './paint.ts';
import { problemInWords } from './problem-words.ts';
import { questionInWords } from './question-words.ts';

interface Asking {
  paint: Paint;
  signal?: AbortSignal;
}

/**
 * Asks on the terminal until there is a valid answer; Enter takes the default.
 * @returns null when the person ends the input (Ctrl-D) or `signal` aborts
 */
export async function askOnTerminal(
  question: Question,
  { paint, signal }: Asking,
): Promise<Answer | null> {
  process.stderr.write(`${questionInWords(question, paint)}\n`);
  for (;;) {
    const text = await readLine('  Enter takes ›, a number chooses, or type it: ', signal);
    if (text === null) return null;
    try {
      return textAnswer(question, text);
    } catch (error) {
      process.stderr.write(`${problemInWords(error, paint)}\n`);
    }
  }
}

async function readLine(prompt: string, signal: AbortSignal | undefined): Promise<string | null> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new AbortController();
  terminal.once('close', () => closed.abort());
  // readline keeps Ctrl-C to itself.
  terminal.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    const either = AbortSignal.any(signal ? [signal, closed.signal] : [closed.signal]);
    return await terminal.question(prompt, { signal: either });
  } catch (error) {
    if (!closed.signal.aborted && !signal?.aborted) throw error;
    process.stderr.write('\n');
    return null;
  } finally {
    terminal.close();
  }
}
