import type { JobSnapshot } from '../../service/contract/job.ts';
import { collectHandoffs } from '../shared/collect-handoffs.ts';
import type { NodeContext } from '../shared/define-node.ts';
import { messageOf } from '../shared/job-message.ts';
import { toNodeError } from '../shared/node-error.ts';

/**
 * Claims new jobs for the flow behind this node. What is claimed comes as a handoff, so it also
 * comes when Node-RED was restarted in between.
 */
export function decideFlow(
  context: NodeContext<unknown>,
  wantedDrive: (id: string) => boolean,
): void {
  const { link, signal, status } = context;
  const tried = new Map<string, string>();

  collectHandoffs({
    ...context,
    step: 'insert',
    outcomes: ['inserted'],
    deliver: (taken) => {
      context.emit([messageOf(taken, { pathMap: context.pathMap })]);
      status.last('inserted');
    },
  });

  async function claim(job: JobSnapshot): Promise<void> {
    try {
      await link.request('job/claim', { job: job.id, node: context.id }, { signal });
    } catch (error) {
      if (signal.aborted) return;
      const { code, message } = toNodeError(error);
      // Another flow was faster, or the service has begun by itself: both are as they should be.
      if (code === 'not-possible-now' || code === 'unknown-job') return;
      tried.delete(job.id);
      context.warn(message);
    }
  }

  const unwatch = link.watch({
    job: (job) => {
      const attempt = `${job.attempt}`;
      if (!isNew(job) || !wantedDrive(job.drive) || tried.get(job.id) === attempt) return;
      tried.set(job.id, attempt);
      void claim(job);
    },
    jobGone: (id) => {
      tried.delete(id);
    },
  });
  signal.addEventListener('abort', unwatch, { once: true });
}

/** The service refuses a claim that comes too late; this only spares it hopeless ones. */
function isNew({ mode, steps, endedAt }: JobSnapshot): boolean {
  return mode === 'auto' && steps.rip.state === 'pending' && endedAt === null;
}
