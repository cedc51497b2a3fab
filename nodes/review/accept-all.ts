import type { JobSnapshot } from '../../service/contract/job.ts';
import type { Question } from '../../service/contract/question.ts';
import { noOpenQuestion } from './find-question.ts';

/** True for the answer that is meant for every open question at once. */
export function isAcceptAll(answer: unknown): boolean {
  return typeof answer === 'string' && answer.trim().toLowerCase() === 'accept all';
}

/**
 * Takes the suggestion of every question that is open, one after the other: an answer may change or
 * settle the next question of its job. `accept` resolves with the job as it is then. Throws
 * `unknown-question` when none is open.
 */
export async function acceptAll(
  jobs: JobSnapshot[],
  accept: (question: Question) => Promise<JobSnapshot>,
): Promise<void> {
  const asking = jobs.filter((job) => openQuestions(job).length > 0);
  if (asking.length === 0) throw noOpenQuestion();
  for (const job of asking) {
    let latest = job;
    for (const { id } of openQuestions(job)) {
      const question = openQuestions(latest).find((one) => one.id === id);
      if (question !== undefined) latest = await accept(question);
    }
  }
}

function openQuestions({ questions }: JobSnapshot): Question[] {
  return questions.filter(({ answered }) => answered === null);
}
