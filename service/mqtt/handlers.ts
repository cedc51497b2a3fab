import { closest } from 'fastest-levenshtein';
import type { z } from 'zod';
import {
  type Operation,
  type OperationBody,
  type OperationData,
  operations,
} from '../contract/request.ts';
import { DiscflowError } from '../errors.ts';
import { explain } from './explain.ts';

export interface RequestContext {
  /** The same for a repeat of the same request, also after a restart. */
  transaction: string;
}

/** What each operation does. An error of another kind than `DiscflowError` is answered as `internal`. */
export type Handlers = {
  [Op in Operation]: (
    body: OperationBody<Op>,
    context: RequestContext,
  ) => Promise<OperationData<Op>>;
};

/** The operations' schemas seen as one mapped type, so that body and handler stay paired by `Op`. */
const schemas: { [Op in Operation]: { body: z.ZodType<OperationBody<Op>> } } = operations;
const names = Object.keys(operations);

/** Throws `unknown-operation`, naming the one that was probably meant. */
export function findOperation(name: string): Operation {
  if (isOperation(name)) return name;
  throw new DiscflowError('unknown-operation', `There is no operation ${JSON.stringify(name)}`, {
    hint: `Did you mean ${closest(name, names)}? All operations: ${names.join(', ')}.`,
  });
}

function isOperation(name: string): name is Operation {
  return Object.hasOwn(operations, name);
}

/** Checks the body and gives back what runs the operation. Throws `bad-request`. */
export function prepare<Op extends Operation>(
  op: Op,
  body: unknown,
  handlers: Handlers,
): (context: RequestContext) => Promise<OperationData<Op>> {
  const parsed = schemas[op].body.safeParse(body);
  if (!parsed.success)
    throw new DiscflowError('bad-request', `${op}: ${explain(parsed.error, body)}`, {
      hint: 'Correct the request and send it again.',
    });
  const handler = handlers[op];
  return (context) => handler(parsed.data, context);
}
