import type { Question } from '../contract/question.ts';

/** The questions of a job that nobody has answered yet, oldest first. */
export function openQuestions(job: { questions: readonly Question[] }): Question[] {
  return job.questions.filter((question) => question.answered === null);
}
