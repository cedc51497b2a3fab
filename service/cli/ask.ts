import { createInterface } from 'node:readline/promises';
import type { Answer, Question } from '../contract/question.ts';
import { textAnswer } from '../review/text-answer.ts';
import type { Paint } from './paint.ts';
import { problemInWords } from './problem-words.ts';
import { questionInWords } from './question-words.ts';

/** What else may be typed, see `textAnswer`. */
const waysToType: Record<Question['kind'], string> = {
  titles: ', or type titles (801, 803)',
  identity: ', or type what it is, as "Long Meridian (2019)"',
  order: ', or type the first episode (S01E04)',
  episode: ', or type the episode (S01E04)',
  owned: '',
};

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
    const prompt = `  Enter takes ›, a number chooses${waysToType[question.kind]}: `;
    const text = await readLine(prompt, signal);
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
