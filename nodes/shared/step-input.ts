import type { NodeMessage } from 'node-red';
import type { HandoffOutcome, HandoffStep } from '../../service/contract/job.ts';
import type { OperationBody } from '../../service/contract/request.ts';
import { carryOf } from './carry.ts';
import { collectHandoffs, type Taken } from './collect-handoffs.ts';
import type { InputHandler, NodeContext } from './define-node.ts';
import { jobOf, messageOf, onOutput, setOf } from './job-message.ts';
import type { StatusWord } from './node-status.ts';
import { showProgress } from './step-progress.ts';
import { tellBlocked } from './tell-blocked.ts';

type StepBody = OperationBody<'job/step'>;

interface Step {
  step: StepBody['step'] & HandoffStep;
  /** In the order of the node's outputs. */
  outcomes: readonly HandoffOutcome[];
  /** What the node's own settings add to the request; `msg.set` goes before its `set`. */
  ask?: Pick<StepBody, 'each' | 'timeout' | 'set'>;
}

/** A message whose result has not come yet. */
interface Waiting {
  msgid: string;
  finish: () => void;
}

/**
 * The behaviour of all nodes that ask for a step: an input is a request, the result comes as a
 * handoff, whenever that is. `done` follows the result if Node-RED has not been restarted meanwhile.
 */
export function takeSteps(context: NodeContext<unknown>, step: Step): InputHandler {
  const { link, signal, status } = context;
  const waiting = new Map<string, Set<Waiting>>();
  const show = showProgress({ ...context, step: step.step, jobs: () => waiting.keys() });

  function deliver(taken: Taken): void {
    const { id } = taken.job;
    const [first] = waiting.get(id) ?? [];
    const msg = messageOf(taken, { pathMap: context.pathMap, msgid: first?.msgid });
    context.emit(onOutput(step.outcomes, taken.handoff.outcome, msg));
    if (taken.handoff.outcome !== 'title') finish(id);
    status.last(wordFor(taken));
  }

  function finish(job: string): void {
    for (const { finish } of waiting.get(job) ?? []) finish();
    waiting.delete(job);
    show();
  }

  function leave(job: string, entry: Waiting): void {
    waiting.get(job)?.delete(entry);
    if (waiting.get(job)?.size === 0) waiting.delete(job);
    show();
  }

  tellBlocked({ ...context, isHere: (job) => waiting.has(job) });
  collectHandoffs({ ...context, step: step.step, outcomes: step.outcomes, deliver });
  const unwatch = link.watch({ jobGone: finish });
  signal.addEventListener('abort', unwatch, { once: true });

  return async (msg) => {
    const body = bodyOf(msg, { node: context.id, ...step });
    const entry: Waiting = { msgid: msg._msgid, finish: () => undefined };
    const result = new Promise<void>((resolve) => {
      entry.finish = resolve;
    });
    waiting.set(body.job, (waiting.get(body.job) ?? new Set()).add(entry));
    show();
    try {
      await link.request('job/step', body, { signal });
    } catch (error) {
      leave(body.job, entry);
      status.last('error');
      throw error;
    }
    await result;
  };
}

/**
 * Somebody, or a policy, did not want the disc read: the flow goes on as after a failure, but nothing is wrong. What a
 * matched disc leaves open is seen where it was matched.
 */
function wordFor({ handoff: { outcome, step }, job: { owned, questions } }: Taken): StatusWord {
  if (outcome === 'failed' && owned?.verdict === 'skip') return 'left-alone';
  if (step !== 'match' || outcome !== 'done') return outcome;
  return questions.some(({ answered }) => answered === null) ? 'asked' : 'matched';
}

function bodyOf(msg: NodeMessage, { node, step, ask }: Step & { node: string }): StepBody {
  const set = { ...ask?.set, ...setOf(msg) };
  return {
    job: jobOf(msg),
    step,
    node,
    carry: carryOf(msg),
    ...ask,
    ...(Object.keys(set).length === 0 ? {} : { set }),
  };
}
