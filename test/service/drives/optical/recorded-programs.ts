import { readFileSync } from 'node:fs';
import { DiscflowError } from '../../../../service/errors.ts';
import type { RunTool } from '../../../../service/tools/run.ts';

export function recorded(name: string): string {
  return readFileSync(new URL(`recorded/${name}`, import.meta.url), 'utf8');
}

/** Programs by the beginning of their command line; each answers with a text, or fails with an error. */
export type Answers = Record<string, string | DiscflowError>;

/** A runner that gives recorded answers, and what was asked. A program without an answer is missing. */
export function recordedPrograms(answers: Answers): { run: RunTool; asked: string[] } {
  const asked: string[] = [];
  const run: RunTool = async (path, args, options = {}) => {
    const command = [path, ...args].join(' ');
    asked.push(command);
    const key = Object.keys(answers).find((start) => command.startsWith(start));
    const answer = key === undefined ? missing(path) : answers[key];
    if (answer === undefined || answer instanceof DiscflowError) throw answer;
    for (const line of answer.replace(/\n$/, '').split('\n')) options.onLine?.(line);
    return { exitCode: 0, tail: [] };
  };
  return { run, asked };
}

function missing(path: string): DiscflowError {
  return new DiscflowError('tool-missing', `${path} cannot be run`, { hint: 'Install it.' });
}

export function failed(words: string): DiscflowError {
  return new DiscflowError('tool-failed', words, { hint: 'Try again.' });
}
