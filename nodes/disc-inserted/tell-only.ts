import type { NodeContext } from '../shared/define-node.ts';
import { toNodeError } from '../shared/node-error.ts';
import { payloadOf } from '../shared/payload.ts';

/** Tells once of every new job and leaves the decisions to the service or to another flow. */
export function tellOnly(
  context: NodeContext<unknown>,
  wantedDrive: (id: string) => boolean,
): void {
  const { link, signal, status, pathMap } = context;

  async function tell(id: string): Promise<void> {
    try {
      const { job } = await link.request('job/get', { job: id }, { signal });
      const payload = payloadOf(job, pathMap);
      context.emit([{ job: id, topic: 'insert/inserted', payload }]);
      status.last('inserted');
    } catch (error) {
      if (!signal.aborted) context.warn(toNodeError(error).message);
    }
  }

  const unwatch = link.watch({
    event: ({ event_type, drive, job }) => {
      if (event_type === 'job-created' && wantedDrive(drive)) void tell(job);
    },
  });
  signal.addEventListener('abort', unwatch, { once: true });
}
