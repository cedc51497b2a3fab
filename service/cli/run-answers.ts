import type { Answer, Question } from '../contract/question.ts';
import { DiscflowError } from '../errors.ts';
import type { JobDocument } from '../jobs/document.ts';
import type { Operations } from '../jobs/operations.ts';
import { openQuestions } from '../review/open-questions.ts';
import { askOnTerminal } from './ask.ts';
import { nameOfDisc } from './job-lines.ts';
import type { Paint } from './paint.ts';
import { problemInWords } from './problem-words.ts';
import type { ProgressView } from './progress-view.ts';
import { questionInWords } from './question-words.ts';

export interface AnsweringOptions {
  answer: Operations['review/answer'];
  /** Takes every default. */
  yes: boolean;
  /** Several discs are on their way, so it is said whose question it is. */
  many: boolean;
  view: ProgressView;
  paint: Paint;
  signal: AbortSignal;
}

/** Answers the oldest open question of a job. False when nobody could be asked, or nobody answered. */
export type Answerer = (job: JobDocument) => Promise<boolean>;

/** Questions of several jobs are asked one after the other, while the discs go on being read. */
export function createAnswerer(options: AnsweringOptions): Answerer {
  const { yes, view, paint } = options;
  let queue: Promise<unknown> = Promise.resolve();

  return async (job) => {
    const questions = openQuestions(job);
    const [question] = questions;
    if (!question) return true;
    if (yes) return takeDefault(question);
    const whose = options.many ? `${paint('cyan', '●')} ${nameOfDisc(job)}` : null;
    if (process.stdin.isTTY && process.stderr.isTTY) {
      const asked = queue.then(() => ask(question, whose));
      queue = asked.catch(() => undefined);
      return asked;
    }
    if (whose !== null) view.say(whose);
    for (const open of questions) view.say(questionInWords(open, paint));
    view.say('  Run the same command on a terminal to answer, or with --yes to take the defaults.');
    return false;
  };

  async function ask(question: Question, whose: string | null): Promise<boolean> {
    view.hold();
    try {
      if (whose !== null) process.stderr.write(`${whose}\n`);
      for (;;) {
        const said = await askOnTerminal(question, options);
        if (said === null) return false;
        const refused = await give(question, said);
        if (refused === null) return true;
        process.stderr.write(`${problemInWords(refused, paint)}\n`);
        // What has changed meanwhile is asked anew; what did not fit, again.
        if (refused.code !== 'bad-request' && refused.code !== 'unknown-title') return true;
      }
    } finally {
      view.goOn();
    }
  }

  async function takeDefault(question: Question): Promise<boolean> {
    const refused = await give(question, { accept: true });
    if (refused) view.say(problemInWords(refused, paint));
    return refused === null;
  }

  /** @returns why the answer was refused */
  async function give(
    { id: review, rev }: Question,
    answer: Answer,
  ): Promise<DiscflowError | null> {
    try {
      await options.answer({ review, rev, answer, by: 'terminal' }, {});
      return null;
    } catch (error) {
      if (error instanceof DiscflowError) return error;
      throw error;
    }
  }
}
