import type { CircuitBreakerPolicy } from 'cockatiel';
import type { z } from 'zod';
import type { Problem } from '../../contract/problem.ts';
import type { Lookup, LookupOptions } from '../lookup.ts';
import type { AnswerCache, CachedAnswer } from './answer-cache.ts';
import { type CircuitTimes, createCircuit } from './circuit.ts';
import { ProviderFailure } from './provider-failure.ts';
import { defaultPatience, type Patience, type Reply, send } from './send.ts';
import { createSharedWork } from './shared-work.ts';
import type { Pace } from './turns.ts';

export interface ProviderQuestion extends LookupOptions {
  /** Below the base address: "search/movie". */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON with POST. */
  readonly body?: unknown;
  /** Asks the provider itself, whatever the cache holds, and leaves the cache alone. */
  readonly fresh?: boolean;
}

export interface Provider {
  /** Rejects with the reason of the signal, and never otherwise. */
  ask<T>(question: ProviderQuestion, schema: z.ZodType<T>): Promise<Lookup<T>>;
}

/** How a provider wants to be told who asks. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

export interface ProviderSettings {
  /** "TMDB", as messages name it. */
  readonly name: string;
  /** Its address, without a slash at the end. */
  readonly url: string;
  readonly pace: Pace;
  readonly patience?: Partial<Patience> | undefined;
  readonly circuit?: Partial<CircuitTimes> | undefined;
  readonly cache: AnswerCache;
  /** A problem when the key is missing. */
  readonly credentials: Credentials | Problem;
  /** The problem that HTTP 401 or 403 means. */
  readonly refusal: Problem;
  /** Told once of a missing or refused key, and once that all is well again. */
  readonly attention: (problem: Problem | null) => void;
}

/** A refused key is not shown to the provider again and again. */
const REFUSAL_COUNTS_FOR = 60 * 60_000;

type Outcome = CachedAnswer | Exclude<Lookup<never>, { state: 'found' | 'absent' }>;

/**
 * A provider behind its cache, its circuit breaker and its turns. Equal questions under way are asked once.
 * When it cannot be reached, an answer that is out of date serves.
 */
export function createProvider(settings: ProviderSettings): Provider {
  const { name, cache, credentials, refusal, attention } = settings;
  const share = createSharedWork<Outcome>();
  let circuit: Promise<CircuitBreakerPolicy> | undefined;
  let refusedAt = Number.NEGATIVE_INFINITY;
  let attending: Problem | null = null;

  return {
    async ask(question, schema) {
      const request = requestKey(settings.url, question);
      const cached = question.fresh ? null : await cache.read(request);
      const known = cached && typed(cached.answer, schema);
      if (known && cached.fresh) return known;
      const outcome = await share(
        request,
        (signal) => fetched(question, request, schema, signal),
        question.signal,
      );
      const lookup = typed(outcome, schema) ?? unavailable(unreadable());
      return lookup.state === 'unavailable' && known ? known : lookup;
    },
  };

  async function fetched(
    question: ProviderQuestion,
    request: string,
    schema: z.ZodType,
    signal: AbortSignal,
  ): Promise<Outcome> {
    if ('code' in credentials) return refused(credentials);
    if (!question.fresh && Date.now() - refusedAt < REFUSAL_COUNTS_FOR) return refused(refusal);
    circuit ??= createCircuit(settings.circuit);
    try {
      const closed = await circuit;
      const outcome = await closed.execute(async () =>
        understood(await send(exchangeOf(question, credentials, signal)), schema),
      );
      if (outcome.state === 'refused') refusedAt = Date.now();
      else attend(null);
      if (!question.fresh && (outcome.state === 'found' || outcome.state === 'absent'))
        await cache.write(request, outcome);
      return outcome;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ProviderFailure) return unavailable(error);
      return unavailable(new ProviderFailure(`${name} was down a moment ago`, false));
    }
  }

  function exchangeOf(
    question: ProviderQuestion,
    { headers, query }: Credentials,
    signal: AbortSignal,
  ) {
    const url = new URL(`${settings.url}/${question.path}`);
    for (const [key, value] of Object.entries({ ...question.query, ...query }))
      url.searchParams.set(key, value);
    const patience = { ...defaultPatience, ...settings.patience };
    return { name, url, headers, body: question.body, pace: settings.pace, patience, signal };
  }

  function understood({ status, text }: Reply, schema: z.ZodType): Outcome {
    if (status === 401 || status === 403) return refused(refusal);
    if (status === 404) return { state: 'absent' };
    if (status >= 400)
      return unavailable(
        new ProviderFailure(`${name} refuses the question (HTTP ${status})`, true),
      );
    const body = jsonOf(text);
    if (body === undefined || !schema.safeParse(body).success) throw unreadable();
    return { state: 'found', body };
  }

  function unreadable(): ProviderFailure {
    return new ProviderFailure(`${name} gives answers that cannot be read`, true);
  }

  function refused(problem: Problem): Outcome {
    attend(problem);
    return { state: 'refused', problem };
  }

  function attend(problem: Problem | null): void {
    if (attending?.code === problem?.code) return;
    attending = problem;
    attention(problem);
  }
}

/** The same for the same question, and without any key: it names the answer in the cache. */
function requestKey(url: string, { path, query, body }: ProviderQuestion): string {
  const parameters = Object.entries(query ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([url, path, parameters, body ?? null]);
}

function typed<T>(outcome: Outcome, schema: z.ZodType<T>): Lookup<T> | null {
  if (outcome.state !== 'found') return outcome;
  const parsed = schema.safeParse(outcome.body);
  return parsed.success ? { state: 'found', value: parsed.data } : null;
}

function unavailable({ message, reached }: ProviderFailure) {
  const hint = 'Work goes on without it. "discflow doctor" shows whether it can be reached.';
  return {
    state: 'unavailable' as const,
    reached,
    problem: { code: 'metadata-unavailable' as const, message, hint },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
