import type { Got } from 'got';
import { DiscflowError } from '../../../../errors.ts';
import { unreachableReason } from '../../../../metadata/http/send.ts';
import { version } from '../../../../version.ts';
import { asError, unavailable } from '../unavailable.ts';

export interface SpeechServer {
  /** Base address, without a slash at the end. */
  readonly url: string;
  readonly key?: string | undefined;
  /** Milliseconds for one try. */
  readonly timeout: number;
  /** Milliseconds of the longest pause before another try. */
  readonly longestPause?: number | undefined;
}

interface Question {
  readonly method: 'GET' | 'POST';
  /** Below the base address. */
  readonly path: string;
  readonly form?: FormData;
  readonly signal: AbortSignal;
}

const TRIES_AGAIN = 2;
const RETRIED_STATUS = [429, 500, 502, 503, 504];
const LONGEST_PAUSE_MS = 8_000;
const LONGEST_CONNECTING_MS = 5_000;
/** Half a minute of speech is less than a page. */
const LARGEST_ANSWER = 1024 * 1024;

let client: Promise<Got> | undefined;

/** Sends audio as a form and gives the text of the answer. Throws as `SpeechEngine.transcribe` says. */
export async function postAudio(
  server: SpeechServer,
  { path, form, signal }: { path: string; form: FormData; signal: AbortSignal },
): Promise<string> {
  const { statusCode, body } = await send(server, { method: 'POST', path, form, signal });
  if (statusCode < 300) return body;
  throw refusalOf(statusCode, body);
}

/** The HTTP status of a question without audio. Throws when there is no answer. */
export async function askStatus(
  server: SpeechServer,
  path: string,
  signal: AbortSignal,
): Promise<number> {
  return (await send(server, { method: 'GET', path, signal })).statusCode;
}

async function send(server: SpeechServer, { method, path, form, signal }: Question) {
  const { url, key, timeout, longestPause = LONGEST_PAUSE_MS } = server;
  client ??= createClient();
  const got = await client;
  const encoded = form && (await encode(form));
  const tooMuch = new AbortController();
  try {
    const sent = got(`${url}/${path}`, {
      method,
      ...(encoded && { body: encoded.body }),
      headers: {
        ...encoded?.headers,
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
      },
      timeout: { connect: Math.min(timeout, LONGEST_CONNECTING_MS), request: timeout },
      retry: {
        limit: TRIES_AGAIN,
        methods: ['POST'],
        statusCodes: RETRIED_STATUS,
        backoffLimit: longestPause,
        maxRetryAfter: longestPause,
      },
      signal: AbortSignal.any([signal, tooMuch.signal]),
    });
    sent.on('downloadProgress', ({ transferred }) => {
      if (transferred > LARGEST_ANSWER) tooMuch.abort();
    });
    return await sent;
  } catch (error) {
    signal.throwIfAborted();
    if (tooMuch.signal.aborted) throw notSpeech();
    if (error instanceof Error && error.name === 'TimeoutError') throw tookTooLong(timeout);
    const problem = unavailable(
      `The speech server cannot be reached: ${unreachableReason(error)}`,
      'Check speech.url, and that the server runs.',
    );
    throw asError(problem, { transient: true });
  }
}

/** As bytes: a stream would be used up by the first try. */
async function encode(form: FormData) {
  const encoded = new Response(form);
  return {
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    body: Buffer.from(await encoded.arrayBuffer()),
  };
}

async function createClient(): Promise<Got> {
  const { got } = await import('got');
  return got.extend({
    headers: { 'user-agent': `Discflow/${version} (https://github.com/discflow/discflow)` },
    throwHttpErrors: false,
    followRedirect: false,
  });
}

/** Something answers, but not with a transcript. */
export function notSpeech(): DiscflowError {
  const problem = unavailable(
    'What answers at the address of the speech server is no speech server',
    'Check speech.url and speech.engine: they must fit together.',
  );
  return asError(problem);
}

function refusalOf(status: number, body: string): DiscflowError {
  if (status === 401 || status === 403) return asError(keyRefused(status));
  if (status === 404) return notSpeech();
  if (status === 429 || status >= 500) {
    const message = `The speech server is busy or has trouble of its own (HTTP ${status})`;
    const problem = unavailable(message, 'It is worth trying again; its own log may say more.');
    return asError(problem, { transient: true });
  }
  const says = body.replace(/\s+/g, ' ').slice(0, 200);
  return asError(
    unavailable(
      `The speech server refuses the audio (HTTP ${status}): ${says}`,
      'Check speech.model: it must be a name that the server knows.',
    ),
  );
}

export function keyRefused(status: number) {
  const message = `The speech server refuses the key (HTTP ${status})`;
  return { code: 'speech-refused' as const, message, hint: 'Check speech.api_key.' };
}

function tookTooLong(milliseconds: number): DiscflowError {
  const seconds = Math.round(milliseconds / 1000);
  return new DiscflowError('timeout', `The speech server had no answer after ${seconds} s`, {
    hint: 'Use a smaller model on the server, or a longer speech.timeout_seconds.',
    transient: true,
  });
}
