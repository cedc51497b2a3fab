import type { CircuitBreakerPolicy } from 'cockatiel';
import type { z } from 'zod';
import type { Problem } from '../../../contract/problem.ts';
import { type CircuitTimes, createCircuit } from '../../../metadata/http/circuit.ts';
import { ProviderFailure } from '../../../metadata/http/provider-failure.ts';
import { defaultPatience, type Patience, type Reply, send } from '../../../metadata/http/send.ts';
import type { Pace } from '../../../metadata/http/turns.ts';
import { version } from '../../../version.ts';
import { LoginAnswer } from './answers.ts';
import { missingKey, refusedKey, refusedLogin, unavailable } from './problems.ts';
import type { SessionFile } from './session-file.ts';

export interface Credentials {
  readonly key: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
}

export interface Request {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal: AbortSignal;
}

export type Outcome =
  | { readonly state: 'reply'; readonly reply: Reply }
  | { readonly state: 'refused' | 'unavailable'; readonly problem: Problem };

export interface OpenSubtitlesClient {
  /** Any status but 401, 403, 429 and 5xx is a reply. Rejects with the reason of the signal, and never otherwise. */
  ask(request: Request, options?: { login: boolean }): Promise<Outcome>;
  /** A file by its link, which needs no key. */
  fetch(link: string, signal: AbortSignal): Promise<Outcome>;
}

export interface ClientOptions {
  /** Without a slash at the end. */
  readonly url: string;
  readonly credentials: Credentials;
  readonly session: SessionFile;
  readonly pace?: Pace | undefined;
  readonly patience?: Partial<Patience> | undefined;
  readonly circuit?: Partial<CircuitTimes> | undefined;
  readonly attention?: (problem: Problem | null) => void;
}

/** 5 requests in a second and from one address; a login counts for more, so there is one in twelve hours. */
const PACE = { limit: 4, interval: 1000 };
const LOGIN_COUNTS_FOR = 12 * 60 * 60_000;
/** A refused key or password is not shown to it again and again. */
const REFUSAL_COUNTS_FOR = 60 * 60_000;

/**
 * OpenSubtitles behind its breaker, its turns and its login. A token that has run out is renewed once; where the
 * login names another address, that one is asked from then on.
 */
export function createClient(options: ClientOptions): OpenSubtitlesClient {
  const { credentials, session, attention = () => undefined } = options;
  let circuit: Promise<CircuitBreakerPolicy> | undefined;
  let refusal: { problem: Problem; at: number } | null = null;
  let loggingIn: Promise<Outcome | null> | null = null;

  return {
    async ask(request, { login } = { login: false }) {
      if (!credentials.key) return { state: 'refused', problem: missingKey };
      if (refusal && Date.now() - refusal.at < REFUSAL_COUNTS_FOR)
        return { state: 'refused', problem: refusal.problem };
      if (login) {
        const failed = await loggedIn(request.signal);
        if (failed) return failed;
      }
      const first = await authorized(request);
      if (first.state !== 'reply' || first.reply.status !== 401) return settled(first);
      if (!hasLogin(credentials)) return refused(refusedKey);
      await forgetToken();
      const failed = await loggedIn(request.signal);
      if (failed) return failed;
      const second = await authorized(request);
      return second.state === 'reply' && second.reply.status === 401
        ? refused(refusedLogin)
        : settled(second);
    },

    fetch: (link, signal) => exchange({ url: new URL(link), headers: { accept: '*/*' }, signal }),
  };

  function settled(outcome: Outcome): Outcome {
    if (outcome.state !== 'reply') return outcome;
    if (outcome.reply.status === 403) return refused(refusedKey);
    attention(null);
    return outcome;
  }

  function refused(problem: Problem): Outcome {
    refusal = { problem, at: Date.now() };
    attention(problem);
    return { state: 'refused', problem };
  }

  async function forgetToken(): Promise<void> {
    await session.write({ ...(await session.read()), token: null, url: null });
  }

  /** Null when there is a token now, or none is wanted. Several that need one share the login. */
  async function loggedIn(signal: AbortSignal): Promise<Outcome | null> {
    if (!hasLogin(credentials)) return null;
    const { token, loggedInAt } = await session.read();
    const age = Date.now() - loggedInAt;
    if (token !== null && age >= 0 && age < LOGIN_COUNTS_FOR) return null;
    loggingIn ??= login(signal).finally(() => {
      loggingIn = null;
    });
    return loggingIn;
  }

  async function login(signal: AbortSignal): Promise<Outcome | null> {
    const { username, password } = credentials;
    const outcome = await exchange({
      url: new URL(`${options.url}/login`),
      headers: headersOf(null),
      body: { username, password },
      signal,
    });
    if (outcome.state !== 'reply') return outcome;
    const { status } = outcome.reply;
    if (status === 401 || status === 400) return refused(refusedLogin);
    if (status === 403) return refused(refusedKey);
    const answer = readAnswer(outcome.reply, LoginAnswer);
    if (!answer) return strange();
    const url = addressOf(answer.base_url ?? null, options.url);
    const now = Date.now();
    await session.write({ ...(await session.read()), token: answer.token, url, loggedInAt: now });
    return null;
  }

  async function authorized({ path, query, body, signal }: Request): Promise<Outcome> {
    const { token, url: own } = await session.read();
    const url = new URL(`${own ?? options.url}/${path}`);
    // Sorted and in lower case, or it answers with a redirect to that form.
    for (const [key, value] of Object.entries(query ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)))
      url.searchParams.set(key, value.toLowerCase());
    return exchange({ url, headers: headersOf(token), body, signal });
  }

  function headersOf(token: string | null): Record<string, string> {
    return {
      'api-key': credentials.key ?? '',
      'user-agent': `Discflow v${version}`,
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    };
  }

  interface Exchange extends Pick<Request, 'body' | 'signal'> {
    url: URL;
    headers: Record<string, string>;
  }

  async function exchange({ url, headers, body, signal }: Exchange): Promise<Outcome> {
    circuit ??= createCircuit(options.circuit);
    const { pace = PACE } = options;
    const patience = { ...defaultPatience, ...options.patience };
    try {
      const closed = await circuit;
      const reply = await closed.execute(() =>
        send({ name: 'OpenSubtitles', url, headers, body, pace, patience, signal }),
      );
      return { state: 'reply', reply };
    } catch (error) {
      signal.throwIfAborted();
      const message =
        error instanceof ProviderFailure ? error.message : 'OpenSubtitles was down a moment ago';
      return { state: 'unavailable', problem: unavailable(message) };
    }
  }
}

/** The body of a reply as it should be; null for anything else. */
export function readAnswer<T>({ text }: Reply, schema: z.ZodType<T>): T | null {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export function strange(): Outcome {
  const problem = unavailable('OpenSubtitles gives answers that cannot be read');
  return { state: 'unavailable', problem };
}

function hasLogin({ username, password }: Credentials): boolean {
  return Boolean(username) && Boolean(password);
}

/**
 * "vip-api.opensubtitles.com", as a login names it, as an address like the configured one. Only names of
 * OpenSubtitles, or the configured host itself, get the token.
 */
function addressOf(named: string | null, configured: string): string | null {
  if (named === null || named === '') return null;
  try {
    const base = new URL(configured);
    const given = new URL(named.includes('://') ? named : `${base.protocol}//${named}`);
    const known = /(?:^|\.)opensubtitles\.(?:com|org)$/.test(given.hostname);
    if (given.protocol !== base.protocol || (!known && given.hostname !== base.hostname))
      return null;
    const path = given.pathname.replace(/\/+$/, '');
    return `${given.origin}${path === '' ? base.pathname.replace(/\/+$/, '') : path}`;
  } catch {
    return null;
  }
}
