import type { Logger } from 'pino';
import type { Response } from '../contract/request.ts';
import type { Topics } from '../contract/topics.ts';
import { DiscflowError, toProblem } from '../errors.ts';
import { Answered } from './answered.ts';
import type { Connection } from './connection.ts';
import { findOperation, type Handlers, prepare } from './handlers.ts';
import { checkEnvelope, parseRequest } from './parse-request.ts';
import { isSafeResponseTopic } from './response-topic.ts';
import type { Incoming } from './session.ts';

export interface RequestsOptions {
  connection: Connection;
  topics: Topics;
  handlers: Handlers;
  log: Logger;
}

/** Names are far shorter; an answer is not sent to a topic of any length. */
const LONGEST_NAME = 100;

/**
 * Answers `request/<op>` on `response/<op>`, and on the MQTT 5 response topic when there is one.
 * Every request gets an answer, except a retained one: it would run again at each reconnect.
 */
export class Requests {
  readonly #options: RequestsOptions;
  readonly #answered = new Answered();

  constructor(options: RequestsOptions) {
    this.#options = options;
  }

  start(): void {
    const { connection, topics } = this.#options;
    connection.subscribe(topics.requests, (message) => void this.#receive(message));
  }

  async #receive(message: Incoming): Promise<void> {
    const { topics, log } = this.#options;
    const name = message.topic.slice(`${topics.root}/request/`.length);
    if (message.packet.retain)
      log.warn({ request: name.slice(0, 100) }, 'retained request ignored');
    else if (name.length > LONGEST_NAME) log.warn('a request with an endless name is ignored');
    else await this.#send(name, await this.#answer(name, message.payload), message);
  }

  async #answer(name: string, payload: Buffer): Promise<string> {
    const { handlers, log } = this.#options;
    let known: string | null = null;
    try {
      const request = parseRequest(payload);
      known = request.transaction;
      const op = findOperation(name);
      const transaction = checkEnvelope(request);
      const run = prepare(op, request.body, handlers);
      return await this.#answered.once(`${op} ${transaction}`, () =>
        this.#run(op, transaction, () => run({ transaction })),
      );
    } catch (error) {
      log.warn({ request: name, ...toProblem(error) }, 'a request is refused');
      return failure(known, error);
    }
  }

  /** Never rejects: a failure is an answer too, and the same for a repeat. */
  async #run(op: string, transaction: string, run: () => Promise<object>): Promise<string> {
    try {
      const data = JSON.stringify(await run());
      return `{"v":1,"transaction":${JSON.stringify(transaction)},"status":"ok","data":${data}}`;
    } catch (error) {
      const isExpected = error instanceof DiscflowError;
      if (!isExpected) this.#options.log.error({ err: error, request: op }, 'a request failed');
      return failure(transaction, error);
    }
  }

  async #send(name: string, payload: string, { packet }: Incoming): Promise<void> {
    const { connection, topics, log } = this.#options;
    const wanted = packet.properties?.responseTopic;
    const correlation = packet.properties?.correlationData;
    const isSafe = wanted !== undefined && isSafeResponseTopic(wanted, topics);
    if (wanted !== undefined && !isSafe) log.warn({ request: name }, 'response topic not used');
    const answerTopics = new Set([`${topics.root}/response/${name}`, ...(isSafe ? [wanted] : [])]);
    await Promise.all(
      [...answerTopics].map((topic) =>
        connection.publish({ topic, payload, ...(correlation ? { correlation } : {}) }),
      ),
    );
  }
}

function failure(transaction: string | null, error: unknown): string {
  const response: Response = { v: 1, transaction, status: 'error', error: toProblem(error) };
  return JSON.stringify(response);
}
