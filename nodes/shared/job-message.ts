import type { NodeMessage } from 'node-red';
import { z } from 'zod';
import { JobSet, type JobSnapshot } from '../../service/contract/job.ts';
import type { Title } from '../../service/contract/title.ts';
import { Ulid } from '../../service/contract/values.ts';
import type { Taken } from './collect-handoffs.ts';
import { badInput } from './node-error.ts';
import type { PathMap } from './path-map.ts';
import { mapTitle, payloadOf } from './payload.ts';

/** `msg.job`; throws `bad-request` when there is none. */
export function jobOf(msg: NodeMessage): string {
  const job = Ulid.safeParse(msg.job);
  if (job.success) return job.data;
  throw badInput(
    msg.job === undefined ? 'msg.job is missing' : 'msg.job is not the id of a job',
    'Wire this node behind a "disc inserted" node, or set msg.job to the id of a job.',
  );
}

/** `msg.set`; throws `bad-request` that names the wrong part. */
export function setOf(msg: NodeMessage): JobSet | undefined {
  if (msg.set === undefined) return undefined;
  const set = JobSet.safeParse(msg.set);
  if (set.success) return set.data;
  throw badInput(
    `msg.set is not understood: ${z.prettifyError(set.error)}`,
    'It may have identity, library, template, tracks and titles; the help of this node shows them.',
  );
}

/** The message for a result: what the flow gave along, and the job as it stands. */
export function messageOf(
  { handoff, carry, redelivered, job }: Taken,
  { pathMap, msgid }: { pathMap: PathMap; msgid?: string | undefined },
): NodeMessage {
  return {
    ...carry,
    ...(msgid === undefined ? {} : { _msgid: msgid }),
    job: job.id,
    topic: `${handoff.step}/${handoff.outcome}`,
    payload: payloadOf(job, pathMap),
    ...titleOf(job, handoff.title, pathMap),
    ...(redelivered ? { redelivered: true } : {}),
  };
}

/** One message on the output of its outcome. */
export function onOutput<Outcome>(
  outcomes: readonly Outcome[],
  outcome: Outcome,
  msg: NodeMessage,
): (NodeMessage | null)[] {
  return outcomes.map((one) => (one === outcome ? msg : null));
}

function titleOf({ titles }: JobSnapshot, id: string | null, map: PathMap): { title?: Title } {
  const title = titles.find((one) => one.id === id);
  return title === undefined ? {} : { title: mapTitle(title, map) };
}
