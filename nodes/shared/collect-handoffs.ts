import { setTimeout as sleep } from 'node:timers/promises';
import type {
  Handoff,
  HandoffOutcome,
  HandoffStep,
  JobSnapshot,
} from '../../service/contract/job.ts';
import type { Operation, OperationBody, OperationData } from '../../service/contract/request.ts';
import type { StationLink } from './link.ts';
import { toNodeError } from './node-error.ts';

export type Taken = OperationData<'handoff/take'>;

interface Options {
  /** The node's id: the service keeps results under it, so it is found again after a restart. */
  id: string;
  step: HandoffStep;
  outcomes: readonly HandoffOutcome[];
  link: StationLink;
  signal: AbortSignal;
  /** Sends the message; must not throw. */
  deliver: (taken: Taken) => void;
  warn: (text: string) => void;
}

/**
 * A result counts as delivered only this long after it was sent on, so that the next node of the
 * flow has asked for its own step first: whatever is killed in between, somebody still has the job.
 */
const ACKNOWLEDGE_AFTER_MS = 250;

/**
 * Collects every result that waits for this node: those seen now, and those that waited while
 * Node-RED was away, because the retained snapshots name them. Delivered in order, at least once.
 */
export function collectHandoffs(options: Options): void {
  const { link, signal } = options;
  const known = new Map<string, string>();
  let queue = Promise.resolve();
  const unwatch = link.watch({
    job: (job) => {
      forgetCollected(known, job);
      for (const handoff of job.handoffs.filter((one) => isOurs(one, options))) {
        if (known.has(handoff.id)) continue;
        known.set(handoff.id, job.id);
        queue = queue.then(() => collect({ ...options, job: job.id, handoff: handoff.id, known }));
      }
    },
    jobGone: (gone) => {
      for (const [handoff, job] of known) if (job === gone) known.delete(handoff);
    },
  });
  signal.addEventListener('abort', unwatch, { once: true });
}

function isOurs(handoff: Handoff, { id, step, outcomes }: Options): boolean {
  return handoff.node === id && handoff.step === step && outcomes.includes(handoff.outcome);
}

/** The service takes a handoff out of the snapshot once it is acknowledged. */
function forgetCollected(known: Map<string, string>, { id, handoffs }: JobSnapshot): void {
  for (const [handoff, job] of known)
    if (job === id && !handoffs.some((one) => one.id === handoff)) known.delete(handoff);
}

interface One extends Options {
  job: string;
  handoff: string;
  known: Map<string, string>;
}

async function collect(one: One): Promise<void> {
  const { job, handoff, known, deliver, signal } = one;
  try {
    const taken = await insist(one, 'handoff/take', { job, handoff });
    deliver(taken);
    void acknowledge(one);
  } catch (error) {
    if (signal.aborted) return;
    const { code, message } = toNodeError(error);
    if (code === 'unknown-handoff' || code === 'unknown-job') return;
    known.delete(handoff);
    one.warn(message);
  }
}

async function acknowledge(one: One): Promise<void> {
  const { job, handoff, signal } = one;
  try {
    await sleep(ACKNOWLEDGE_AFTER_MS, undefined, { signal });
    await insist(one, 'handoff/acknowledge', { job, handoff });
  } catch (error) {
    const { code, message } = toNodeError(error);
    if (!signal.aborted && code !== 'unknown-handoff' && code !== 'unknown-job') one.warn(message);
  }
}

/** A service that is away is asked until it answers or the node closes. */
async function insist<Op extends Operation>(
  { link, signal }: Options,
  op: Op,
  body: OperationBody<Op>,
): Promise<OperationData<Op>> {
  for (;;) {
    try {
      return await link.request(op, body, { signal });
    } catch (error) {
      if (signal.aborted || toNodeError(error).code !== 'service-unreachable') throw error;
    }
  }
}
