import type { NodeAPI, NodeMessage } from 'node-red';
import { z } from 'zod';
import { type Operation, type OperationBody, operations } from '../../service/contract/request.ts';
import { defineNode } from '../shared/define-node.ts';
import { badInput } from '../shared/node-error.ts';

const names = Object.keys(operations).filter(isOperation);
const Source = z.enum(['payload', 'job']);
type Source = z.infer<typeof Source>;

const Config = z.object({
  operation: z.enum(['', ...names]).default(''),
  body: Source.default('payload'),
});

export default function command(RED: NodeAPI): void {
  defineNode(RED, 'discflow-command', {
    config: Config,
    start: ({ config, link, signal, status }) => {
      return async (msg, send) => {
        const op = config.operation === '' ? operationOf(msg) : config.operation;
        const body = bodyOf(op, msg, config.body);
        status.activity('asking');
        try {
          msg.payload = await link.request(op, body, { signal });
        } catch (error) {
          status.last('error');
          throw error;
        } finally {
          status.activity(null);
        }
        status.last('done');
        send(msg);
      };
    },
  });
}

function isOperation(name: string): name is Operation {
  return Object.hasOwn(operations, name);
}

function operationOf({ topic }: NodeMessage): Operation {
  if (typeof topic === 'string' && isOperation(topic)) return topic;
  throw badInput(
    'msg.topic is not the name of an operation',
    `Choose one in the node, or set msg.topic to one of: ${names.join(', ')}.`,
  );
}

/** What the operation is told; a missing `job` is taken from msg.job. */
function bodyOf<Op extends Operation>(
  op: Op,
  { payload, job }: NodeMessage,
  source: Source,
): OperationBody<Op> {
  const schemas: { [Each in Operation]: { body: z.ZodType<OperationBody<Each>> } } = operations;
  const given = source === 'payload' && isRecord(payload) ? payload : {};
  const parsed = schemas[op].body.safeParse(given);
  if (parsed.success) return parsed.data;
  const withJob = schemas[op].body.safeParse({ job, ...given });
  if (withJob.success) return withJob.data;
  const faults = z.prettifyError(job === undefined ? parsed.error : withJob.error);
  throw badInput(
    `The message is not what ${op} needs: ${faults}`,
    'The help of this node lists the fields of every operation.',
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
