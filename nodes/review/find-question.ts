import type { NodeMessage } from 'node-red';
import { z } from 'zod';
import type { JobSnapshot } from '../../service/contract/job.ts';
import type { Question } from '../../service/contract/question.ts';
import { NodeError } from '../shared/node-error.ts';

const Named = z.object({ job: z.string().optional(), review: z.string().optional() });

/**
 * The open question that a message answers: `msg.review` names it, else it is the one of `msg.job`,
 * else the only one. Throws `unknown-question` when there is none or more than one.
 */
export function findQuestion(jobs: JobSnapshot[], msg: NodeMessage): Question {
  const { job, review } = Named.safeParse(msg).data ?? {};
  const open = jobs
    .filter(({ id }) => job === undefined || id === job)
    .flatMap(({ questions }) => questions)
    .filter(({ id, answered }) => answered === null && (review === undefined || id === review));
  const [question] = open;
  if (question !== undefined && open.length === 1) return question;
  throw open.length === 0 ? noOpenQuestion() : tooManyOpen(open.length);
}

export function noOpenQuestion(): NodeError {
  return new NodeError({
    code: 'unknown-question',
    message: 'There is no open question',
    hint: 'It may have been answered elsewhere meanwhile.',
  });
}

function tooManyOpen(count: number): NodeError {
  return new NodeError({
    code: 'unknown-question',
    message: `${count} questions are open`,
    hint: 'Set msg.review to the id of the question, or msg.job to the job, or answer "accept all".',
  });
}
