import type { JobSnapshot } from '../contract/job.ts';
import type { Answer, Question } from '../contract/question.ts';
import { openQuestions } from '../review/open-questions.ts';
import { askOnTerminal } from './ask.ts';
import { nameOfDisc } from './job-lines.ts';
import { openJobs } from './open-jobs.ts';
import { paintFor } from './paint.ts';
import { problemInWords } from './problem-words.ts';
import { questionInWords } from './question-words.ts';
import { type ServiceClient, withService } from './service-client.ts';
import { readSettings } from './settings.ts';

interface ReviewOptions {
  data?: string;
  yes?: boolean;
  json?: boolean;
}

interface Open {
  job: JobSnapshot;
  question: Question;
}

const ANSWERED = 0;
const NOT_ANSWERED = 1;
/** As for `run`: somebody has to answer. */
const UNANSWERED = 2;

/**
 * Shows the open questions of the running service and has them answered on the terminal, or by their defaults.
 * @returns the exit code: 2 when questions stay open
 */
export async function review({ data, yes, json }: ReviewOptions): Promise<number> {
  const { config } = await readSettings(data);
  return withService(config, async (service) => {
    if (json && !yes) return printQuestions(await questionsOf(service));
    return answerAll(service, yes === true);
  });
}

function printQuestions(open: readonly Open[]): number {
  const questions = open.map(({ job, question }) => ({ job: job.id, ...question }));
  process.stdout.write(`${JSON.stringify(questions)}\n`);
  return open.length > 0 ? UNANSWERED : ANSWERED;
}

/** One by one, looked up anew each time: an answer may settle other questions or raise them. */
async function answerAll(service: ServiceClient, yes: boolean): Promise<number> {
  const paint = paintFor(process.stderr);
  const refused = new Set<string>();
  for (let answered = 0; ; answered += 1) {
    const all = await questionsOf(service);
    const next = all.find(({ question }) => !refused.has(question.id));
    if (!next) return conclude(answered, all.length);
    if (!yes && !isInteractive()) return printOpen(all);
    process.stderr.write(`${paint('cyan', '●')} ${nameOfDisc(next.job)}\n`);
    if (yes) process.stderr.write(`${questionInWords(next.question, paint)}\n`);
    const answer: Answer | null = yes
      ? { accept: true }
      : await askOnTerminal(next.question, { paint });
    if (answer === null) return UNANSWERED;
    await give(service, next.question, answer).catch((error: unknown) => {
      process.stderr.write(`${problemInWords(error, paint)}\n`);
      if (yes) refused.add(next.question.id);
    });
  }
}

async function give({ request }: ServiceClient, { id, rev }: Question, answer: Answer) {
  await request('review/answer', { review: id, rev, answer, by: 'terminal' });
}

async function questionsOf(service: ServiceClient): Promise<Open[]> {
  const jobs = await openJobs(service);
  return jobs.flatMap((job) => openQuestions(job).map((question) => ({ job, question })));
}

function printOpen(open: readonly Open[]): number {
  const paint = paintFor(process.stdout);
  for (const { job, question } of open)
    process.stdout.write(`${nameOfDisc(job)}\n${questionInWords(question, paint)}\n`);
  process.stderr.write('Answer on a terminal, or take the defaults with --yes.\n');
  return UNANSWERED;
}

function conclude(answered: number, left: number): number {
  const words = answered > 0 ? 'No more questions.' : 'No questions are open.';
  if (left === 0) process.stderr.write(`${words}\n`);
  return left === 0 ? ANSWERED : NOT_ANSWERED;
}

function isInteractive(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}
