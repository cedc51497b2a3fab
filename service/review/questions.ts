import { isDeepStrictEqual } from 'node:util';
import { ulid } from 'ulid';
import type { Answer, Question } from '../contract/question.ts';
import type { JobDocument } from '../jobs/document.ts';

type Questions = Pick<JobDocument, 'questions'>;
export type QuestionContent = Pick<Question, 'kind' | 'text' | 'titles' | 'candidates' | 'default'>;

/**
 * Puts a question to the job, which has one of each kind, and one about the episode for each title. The same
 * question again changes nothing; other candidates are its next revision, open again.
 */
export function askQuestion(draft: Questions, content: QuestionContent, at: string): void {
  const before = draft.questions.find((question) => isAboutTheSame(question, content));
  if (!before) {
    draft.questions.push({ id: ulid(), rev: 1, ...content, askedAt: at, answered: null });
    return;
  }
  const { kind, text, titles, candidates } = before;
  const same = isDeepStrictEqual(
    { kind, text, titles, candidates, default: before.default },
    content,
  );
  if (same && before.answered === null) return;
  Object.assign(before, content, { rev: before.rev + 1, askedAt: at, answered: null });
}

/** Closes the open questions of a kind that something else has answered, or those of them that are meant. */
export function settleQuestion(
  draft: Questions,
  kind: Question['kind'],
  answered: { at: string; by: string; answer: Answer },
  isMeant: (question: Question) => boolean = () => true,
): void {
  for (const question of draft.questions)
    if (question.kind === kind && !question.answered && isMeant(question))
      question.answered = answered;
}

function isAboutTheSame(one: QuestionContent, other: QuestionContent): boolean {
  return one.kind === other.kind && (one.kind !== 'episode' || one.titles[0] === other.titles[0]);
}
