import { z } from 'zod';
import { REQUEST_LIMIT_BYTES, Transaction } from '../contract/request.ts';
import { DiscflowError } from '../errors.ts';

const Envelope = z.looseObject({
  v: z.unknown().optional(),
  transaction: Transaction.nullable().catch(null),
});

export interface ParsedRequest {
  v: unknown;
  /** Null when there is none that can be used. */
  transaction: string | null;
  /** What the operation gets: not yet checked. */
  body: Record<string, unknown>;
}

/** Throws `too-large`, and `bad-request` for what is no JSON object. */
export function parseRequest(payload: Buffer): ParsedRequest {
  if (payload.length > REQUEST_LIMIT_BYTES)
    throw new DiscflowError('too-large', `The request has ${payload.length} bytes`, {
      hint: `At most ${REQUEST_LIMIT_BYTES} bytes are read.`,
    });
  const parsed = Envelope.safeParse(parseJson(payload));
  if (!parsed.success)
    throw new DiscflowError('bad-request', 'The request is no JSON object', {
      hint: 'Send an object such as {"transaction": "<any id>", …}.',
    });
  const { v, transaction, ...body } = parsed.data;
  return { v, transaction, body };
}

/** The transaction of a request that can be run. Throws `bad-request`. */
export function checkEnvelope({ v, transaction }: ParsedRequest): string {
  if (v !== undefined && v !== 1)
    throw new DiscflowError('bad-request', 'The request is not of version 1', {
      hint: 'This service speaks version 1: send "v": 1, or leave "v" out.',
    });
  if (transaction !== null) return transaction;
  throw new DiscflowError('bad-request', 'The request has no "transaction"', {
    hint: 'Add "transaction": a text of your choice, at most 100 characters, new for each request.',
  });
}

function parseJson(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString('utf8'));
  } catch {
    return undefined;
  }
}
