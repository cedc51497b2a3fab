import { isDeepStrictEqual } from 'node:util';
import { ulid } from 'ulid';
import type { Answer, Question } from '../contract/question.ts';
import type { JobDocument } from '../jobs/document.ts';

type Questions = Pick<JobDocument, 'questions'>;
export type QuestionContent = Pick<Question, 'kind' | 'text' | 'titles' | 'candidates' | 'default'>;

/**
 * Puts a question to the job, which has one of each kind. The same question again changes nothing;
 * other candidates are its next revision, open again.
 */
export function askQuestion(draft: Questions, content: QuestionContent, at: string): void {
  const before = draft.questions.find(({ kind }) => kind === content.kind);
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

/** Closes the open question of a kind that something else has answered. */
export function settleQuestion(
  draft: Questions,
  kind: Question['kind'],
  answered: { at: string; by: string; answer: Answer },
): void {
  const open = draft.questions.find((question) => question.kind === kind && !question.answered);
  if (open) open.answered = answered;
}
