import type { NodeAPI, NodeMessage } from 'node-red';
import { z } from 'zod';
import type { JobSnapshot } from '../../service/contract/job.ts';
import type { Answer, Question } from '../../service/contract/question.ts';
import { defineNode, type NodeContext } from '../shared/define-node.ts';
import { jobOf } from '../shared/job-message.ts';
import { takeSteps } from '../shared/step-input.ts';
import { acceptAll, isAcceptAll } from './accept-all.ts';
import { answerOf } from './answer-of.ts';
import { findQuestion } from './find-question.ts';

const SECONDS = { minutes: 60, hours: 3600, days: 86_400 };

/** The editor stores numbers as text. Nothing or zero: no limit. */
const Config = z.object({
  timeout: z.coerce.number().min(0).max(365).default(0),
  unit: z.enum(['minutes', 'hours', 'days']).default('hours'),
});

export default function review(RED: NodeAPI): void {
  defineNode(RED, 'discflow-review', {
    config: Config,
    start: (context) => {
      const { config } = context;
      const timeout = config.timeout * SECONDS[config.unit];
      const wait = takeSteps(context, {
        step: 'review',
        outcomes: ['answered', 'timed-out'],
        ...(timeout === 0 ? {} : { ask: { timeout } }),
      });
      return async (msg, send) => {
        if (msg.answer === undefined) return await wait(msg, send);
        await answer(msg, context);
      };
    },
  });
}

async function answer(msg: NodeMessage, context: NodeContext<unknown>): Promise<void> {
  const { link, signal, status } = context;
  const give = async ({ id: review, rev }: Question, answer: Answer): Promise<JobSnapshot> => {
    const by = 'Node-RED';
    return (await link.request('review/answer', { review, rev, answer, by }, { signal })).job;
  };
  try {
    const jobs = await jobsOf(msg, context);
    if (isAcceptAll(msg.answer)) await acceptAll(jobs, (one) => give(one, { accept: true }));
    else {
      const question = findQuestion(jobs, msg);
      await give(question, answerOf(msg.answer, question));
    }
    status.last('answered');
  } catch (error) {
    status.last('error');
    throw error;
  }
}

/** A message that came with an event is faster than the retained state of its job. */
async function jobsOf(
  msg: NodeMessage,
  { link, signal }: NodeContext<unknown>,
): Promise<JobSnapshot[]> {
  if (msg.job === undefined) return link.jobs;
  const { job } = await link.request('job/get', { job: jobOf(msg) }, { signal });
  return [job];
}
