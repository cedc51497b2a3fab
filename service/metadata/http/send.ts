import type { Got, Response } from 'got';
import { version } from '../../version.ts';
import { ProviderFailure } from './provider-failure.ts';
import { type Pace, turnAt } from './turns.ts';

export interface Exchange {
  /** Named in messages; the address is not, because it may hold a key. */
  readonly name: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON with POST. */
  readonly body?: unknown;
  readonly pace: Pace;
  readonly patience: Patience;
  readonly signal: AbortSignal;
}

export interface Patience {
  /** Milliseconds for one try; 10 s, and 30 s for hosts that are known to be slow. */
  readonly timeout: number;
  readonly retries: number;
  /** Milliseconds of the longest pause before another try: 1, 2, 4 s … up to here. */
  readonly longestPause: number;
  /** Milliseconds of `Retry-After` that are worth waiting for; above, the request has failed. */
  readonly longestRetryAfter: number;
}

export const defaultPatience: Patience = {
  timeout: 10_000,
  retries: 2,
  longestPause: 8_000,
  longestRetryAfter: 30_000,
};

export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly bytes: Uint8Array;
}

const LARGEST_ANSWER = 8 * 1024 * 1024;
const RETRIED_STATUS = [429, 500, 502, 503, 504, 521, 522, 524];

let client: Promise<Got> | undefined;

/**
 * One request with its retries, each in its turn at the host. Any status that is left in the end is a reply;
 * throws `ProviderFailure` when there is none, or only one that asks to come back later.
 */
export async function send(exchange: Exchange): Promise<Reply> {
  const response = await request(exchange);
  const { statusCode: status, body, rawBody } = response;
  if (status === 429)
    throw new ProviderFailure(`${exchange.name} asks for fewer requests (HTTP 429)`, true);
  if (status >= 500)
    throw new ProviderFailure(`${exchange.name} has trouble of its own (HTTP ${status})`, true);
  return { status, text: body, bytes: rawBody };
}

async function request(exchange: Exchange): Promise<Response<string>> {
  const { name, url, headers, body, pace, patience, signal } = exchange;
  client ??= createClient();
  const got = await client;
  const tooMuch = new AbortController();
  try {
    const sent = got(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...headers },
      ...(body === undefined ? {} : { json: body }),
      timeout: timeoutsOf(patience),
      retry: {
        limit: patience.retries,
        methods: ['GET', 'POST'],
        statusCodes: RETRIED_STATUS,
        backoffLimit: patience.longestPause,
        maxRetryAfter: patience.longestRetryAfter,
      },
      hooks: { beforeRequest: [() => turnAt(url.host, pace)] },
      signal: AbortSignal.any([signal, tooMuch.signal]),
    });
    sent.on('downloadProgress', ({ transferred }) => {
      if (transferred > LARGEST_ANSWER) tooMuch.abort();
    });
    return await sent;
  } catch (error) {
    signal.throwIfAborted();
    if (tooMuch.signal.aborted) throw new ProviderFailure(`${name} answers without end`, true);
    throw new ProviderFailure(`${name} cannot be reached: ${unreachableReason(error)}`, false);
  }
}

/** A host that answers nobody is found out sooner than one that thinks about its answer. */
const LONGEST_CONNECTING = 5_000;

function timeoutsOf({ timeout }: Patience) {
  const connecting = Math.min(timeout, LONGEST_CONNECTING);
  return { lookup: connecting, connect: connecting, secureConnect: connecting, request: timeout };
}

async function createClient(): Promise<Got> {
  const { got } = await import('got');
  return got.extend({
    headers: {
      'user-agent': `Discflow/${version} (https://github.com/discflow/discflow)`,
      accept: 'application/json',
    },
    throwHttpErrors: false,
    maxRedirects: 3,
    retry: { noise: 100 },
  });
}

const reasons: Record<string, string> = {
  ENOTFOUND: 'its name is not known; is there a network?',
  EAI_AGAIN: 'its name is not known; is there a network?',
  ECONNREFUSED: 'it refuses connections',
  ECONNRESET: 'it cut the connection',
  ETIMEDOUT: 'it does not answer in time',
  ENETUNREACH: 'there is no network',
  EHOSTUNREACH: 'there is no way to it',
  CERT_HAS_EXPIRED: 'its certificate has expired; is the clock of this machine right?',
};

/** Only what a code says: the error's own words hold the address. */
export function unreachableReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no reason given';
  return reasons[code] ?? code;
}
