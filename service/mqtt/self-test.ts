import { randomUUID } from 'node:crypto';
import type { Topics } from '../contract/topics.ts';
import type { Connection } from './connection.ts';
import { accessHint, type ReportProblem } from './report.ts';
import type { Incoming } from './session.ts';

export interface SelfTestOptions {
  connection: Connection;
  topics: Topics;
  report: ReportProblem;
  /** How long the echo may take, 5 s unless told. */
  limitMs?: number;
}

const ECHO_LIMIT_MS = 5000;

/**
 * Sends itself a message at every connect: mosquitto acknowledges a 3.1.1 publish that its access
 * list forbids and drops it, and only a missing echo shows that.
 */
export class SelfTest {
  readonly #options: SelfTestOptions;
  #token = '';
  #timer: NodeJS.Timeout | null = null;

  constructor(options: SelfTestOptions) {
    this.#options = options;
  }

  /** Call it before the connection starts. */
  start(): void {
    const { connection, topics } = this.#options;
    connection.subscribe(topics.selfTest, this.#heard);
    connection.on('connected', this.#test);
    connection.on('disconnected', this.#cancel);
  }

  stop(): void {
    this.#cancel();
    this.#options.connection.off('connected', this.#test);
    this.#options.connection.off('disconnected', this.#cancel);
  }

  readonly #test = (): void => {
    const { connection, topics, limitMs = ECHO_LIMIT_MS } = this.#options;
    this.#cancel();
    this.#token = randomUUID();
    this.#timer = setTimeout(() => this.#missed(), limitMs);
    void connection.publish({ topic: topics.selfTest, payload: this.#token }).then((published) => {
      // A refusal was reported by the connection, with the topic.
      if (published === 'refused') this.#cancel();
    });
  };

  readonly #heard = ({ payload }: Incoming): void => {
    if (payload.toString('utf8') !== this.#token) return;
    this.#cancel();
    this.#options.report('self-test', null);
  };

  readonly #cancel = (): void => {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  };

  #missed(): void {
    const { topics, report } = this.#options;
    report('self-test', {
      code: 'broker-drops-messages',
      message: `The broker accepts messages of this station but does not deliver them (tried ${topics.selfTest})`,
      hint: accessHint(topics.root),
    });
  }
}
