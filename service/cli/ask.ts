import { createInterface } from 'node:readline/promises';
import type { Answer, Question } from '../contract/question.ts';
import { textAnswer } from '../review/text-answer.ts';
import { problemInWords, questionInWords } from './words.ts';

/** Asks on the terminal until there is a valid answer. Enter takes the default. */
export async function askOnTerminal(question: Question, signal: AbortSignal): Promise<Answer> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    process.stderr.write(`${questionInWords(question)}\n`);
    for (;;) {
      const text = await terminal.question('  Enter takes ›, a number chooses, or type it: ', {
        signal,
      });
      try {
        return textAnswer(question, text);
      } catch (error) {
        process.stderr.write(`${problemInWords(error)}\n`);
      }
    }
  } finally {
    terminal.close();
  }
}
