import type { MqttClient } from 'mqtt';
import { ulid } from 'ulid';
import { z } from 'zod';
import type { ProblemCode } from './problem.ts';
import {
  type Operation,
  type OperationBody,
  type OperationData,
  operations,
  Response,
} from './request.ts';
import type { Topics } from './topics.ts';

/** A request that was not done: the service's answer, or `service-unreachable` when none came. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: ProblemCode;
  /** What the person can do about it. */
  readonly hint: string;

  constructor(code: ProblemCode, message: string, hint: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

export interface RequestClientOptions {
  /** An mqtt.js client, connected or not; it stays the caller's. */
  client: MqttClient;
  topics: Topics;
}

export interface RequestOptions {
  /** Milliseconds until `service-unreachable`, 10 s unless told. */
  timeout?: number;
  signal?: AbortSignal;
}

interface Pending {
  topic: string;
  payload: string;
  /** Seconds until a broker that speaks MQTT 5 need not deliver the request any more. */
  expiry: number;
  /** Of the publish that mqtt.js may still hold. */
  messageId: number | undefined;
  answered: (response: Response) => void;
  failed: (error: unknown) => void;
}

const TIMEOUT_MS = 10_000;
/** A request that met a restarting service is lost: it is sent again while it is open. */
const RESEND_MS = 3000;

/**
 * Sends requests to one station and finds their answers by `transaction`, on MQTT 3.1.1 and 5. Open
 * ones are sent again with the same transaction, at once after a reconnect: the service runs each once.
 */
export class RequestClient {
  readonly #options: RequestClientOptions;
  readonly #pending = new Map<string, Pending>();
  #subscribed = false;

  constructor(options: RequestClientOptions) {
    this.#options = options;
  }

  start(): void {
    const { client } = this.#options;
    client.on('connect', this.#subscribe);
    client.on('close', this.#disconnected);
    client.on('message', this.#receive);
    if (client.connected) this.#subscribe();
  }

  /** Open requests end with `service-unreachable` at their own time limit. */
  stop(): void {
    const { client, topics } = this.#options;
    client.off('connect', this.#subscribe);
    client.off('close', this.#disconnected);
    client.off('message', this.#receive);
    if (client.connected) client.unsubscribe(topics.responses);
    this.#disconnected();
  }

  /** Throws `RequestError`, or the signal's reason. The answer's data is parsed. */
  async request<Op extends Operation>(
    op: Op,
    body: OperationBody<Op>,
    { timeout = TIMEOUT_MS, signal }: RequestOptions = {},
  ): Promise<OperationData<Op>> {
    signal?.throwIfAborted();
    const transaction = ulid();
    const { promise: response, resolve, reject } = settlement<Response>();
    const pending: Pending = {
      topic: this.#options.topics.request(op),
      payload: JSON.stringify({ v: 1, transaction, ...body }),
      expiry: Math.ceil(timeout / 1000),
      messageId: undefined,
      answered: resolve,
      failed: reject,
    };
    const again = setInterval(() => this.#send(pending), RESEND_MS);
    const timer = setTimeout(() => reject(unreachable(op, timeout)), timeout);
    const aborted = () => reject(signal?.reason);
    signal?.addEventListener('abort', aborted);
    this.#pending.set(transaction, pending);
    this.#send(pending);
    try {
      return parseAnswer(op, await response);
    } finally {
      clearInterval(again);
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
      this.#pending.delete(transaction);
      this.#takeBack(pending);
    }
  }

  /** Answers are only heard after the broker has granted the subscription. */
  readonly #subscribe = (): void => {
    const { client, topics } = this.#options;
    sendAtOnce(client);
    client.subscribe(topics.responses, { qos: 1 }, (error) => {
      if (error || !client.connected) return;
      this.#subscribed = true;
      for (const pending of this.#pending.values()) this.#send(pending);
    });
  };

  /** What mqtt.js holds is taken back: else it would go out twice, or after its time limit. */
  readonly #disconnected = (): void => {
    this.#subscribed = false;
    for (const pending of this.#pending.values()) this.#takeBack(pending);
  };

  readonly #receive = (topic: string, payload: Buffer): void => {
    if (!topic.startsWith(`${this.#options.topics.root}/response/`)) return;
    const response = parseResponse(payload);
    if (response?.transaction) this.#pending.get(response.transaction)?.answered(response);
  };

  #send(pending: Pending): void {
    if (!this.#subscribed) return;
    const { client } = this.#options;
    const { topic, payload, expiry } = pending;
    this.#takeBack(pending);
    const options = { qos: 1, properties: { messageExpiryInterval: expiry } } as const;
    client.publish(topic, payload, options, (error) => {
      if (pending.messageId === messageId) pending.messageId = undefined;
      if (error && 'code' in error) pending.failed(refused(topic, error.message));
    });
    const messageId = client.getLastMessageId();
    pending.messageId = messageId;
  }

  #takeBack({ messageId }: Pending): void {
    if (messageId !== undefined) this.#options.client.removeOutgoingMessage(messageId);
  }
}

/**
 * An acknowledgement and the next request are two small packets: Nagle would hold the second for
 * 40 ms. A websocket has no such switch (and has it off).
 */
function sendAtOnce({ stream }: MqttClient): void {
  if ('setNoDelay' in stream && typeof stream.setNoDelay === 'function') stream.setNoDelay(true);
}

function settlement<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((...settle) => {
    [resolve, reject] = settle;
  });
  return { promise, resolve, reject };
}

function parseResponse(payload: Buffer): Response | undefined {
  try {
    return Response.safeParse(JSON.parse(payload.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

function parseAnswer<Op extends Operation>(op: Op, response: Response): OperationData<Op> {
  if (response.status === 'error') {
    const { code, message, hint } = response.error;
    throw new RequestError(code, message, hint);
  }
  const schemas: { [Each in Operation]: { data: z.ZodType<OperationData<Each>> } } = operations;
  const parsed = schemas[op].data.safeParse(response.data);
  if (parsed.success) return parsed.data;
  throw new RequestError(
    'internal',
    `The answer to ${op} is not understood: ${z.prettifyError(parsed.error)}`,
    'The service may be of another version than this client: bring both to the same one.',
  );
}

function unreachable(op: Operation, timeout: number): RequestError {
  return new RequestError(
    'service-unreachable',
    `The service did not answer ${op} within ${timeout / 1000} s`,
    'Check that the service runs, and that it and this client use the same broker, base topic and station.',
  );
}

function refused(topic: string, reason: string): RequestError {
  return new RequestError(
    'publish-refused',
    `The broker does not let this client publish on ${topic} (${reason})`,
    "Give this client's user the right to write there in the broker's access list.",
  );
}
