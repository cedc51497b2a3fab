import { z } from 'zod';
import { REQUEST_LIMIT_BYTES, Transaction } from '../contract/request.ts';
import { DiscflowError } from '../errors.ts';

const Envelope = z.looseObject({ v: z.literal(1).optional(), transaction: z.unknown() });

export interface ParsedRequest {
  /** Null when there is none that can be used. */
  transaction: string | null;
  /** What the operation gets: not yet checked. */
  body: Record<string, unknown>;
}

/** Throws `too-large` and `bad-request` for what is no JSON object of version 1. */
export function parseRequest(payload: Buffer): ParsedRequest {
  if (payload.length > REQUEST_LIMIT_BYTES)
    throw new DiscflowError('too-large', `The request has ${payload.length} bytes`, {
      hint: `At most ${REQUEST_LIMIT_BYTES} bytes are read.`,
    });
  const parsed = Envelope.safeParse(parseJson(payload));
  if (!parsed.success)
    throw new DiscflowError('bad-request', 'The request is no JSON object of version 1', {
      hint: 'Send an object such as {"transaction": "<any id>", …}, with "v": 1 or without "v".',
    });
  const { v: _version, transaction, ...body } = parsed.data;
  return { transaction: Transaction.safeParse(transaction).data ?? null, body };
}

function parseJson(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString('utf8'));
  } catch {
    return undefined;
  }
}
