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
  throw new NodeError({
    code: 'unknown-question',
    message: open.length === 0 ? 'There is no open question' : `${open.length} questions are open`,
    hint:
      open.length === 0
        ? 'It may have been answered elsewhere meanwhile.'
        : 'Set msg.review to the id of the question, or msg.job to the job.',
  });
}
