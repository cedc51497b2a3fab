import type { StepName } from '../contract/job.ts';
import type { Question, QuestionKind } from '../contract/question.ts';

/** The step that cannot begin before a question is answered: late, so that the drive is not held up. */
const answeredBefore: Record<QuestionKind, StepName> = {
  titles: 'rip',
  identity: 'organize',
  order: 'organize',
  episode: 'organize',
  owned: 'rip',
};

interface Asked {
  questions: readonly Question[];
}

/** The questions of a job that nobody has answered yet, oldest first. */
export function openQuestions({ questions }: Asked): Question[] {
  return questions.filter((question) => question.answered === null);
}

/** Whether a step has to wait for a person. */
export function waitsForAnswer(job: Asked, step: StepName): boolean {
  return openQuestions(job).some(
    ({ kind }) => step === 'organize' || answeredBefore[kind] === step,
  );
}
