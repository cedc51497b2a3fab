import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import mqtt from 'mqtt';
import type { Logger } from 'pino';
import type { Problem } from '../contract/problem.ts';
import { BackOff } from './back-off.ts';
import { type BrokerSettings, clientOptions, type ProtocolVersion } from './client-options.ts';
import {
  brokerName,
  connectionProblem,
  isVersionRefused,
  takenOver,
} from './connection-problem.ts';
import type { Message, Published } from './publish-window.ts';
import { Refusals } from './refusals.ts';
import { accessHint, type ReportProblem } from './report.ts';
import { type Ending, type Incoming, Session } from './session.ts';
import { matchesFilter } from './topic-filter.ts';

export interface ConnectionOptions {
  broker: BrokerSettings;
  topics: { root: string; status: string };
  report: ReportProblem;
  log: Logger;
}

const STOP_LIMIT_MS = 2000;

/**
 * The station's connection to its broker, which comes back by itself. `connected` is emitted each
 * time, after the subscriptions and `online`; `disconnected` when it is lost.
 */
export class Connection extends EventEmitter<{ connected: []; disconnected: [] }> {
  readonly #options: ConnectionOptions;
  readonly #handlers = new Map<string, (message: Incoming) => void>();
  readonly #refusedFilters = new Set<string>();
  readonly #refusals: Refusals;
  readonly #backOff = new BackOff();
  readonly #stopping = new AbortController();
  readonly #name: string;
  #version: ProtocolVersion;
  #versionSwitched = false;
  #session: Session | null = null;
  #ready = false;
  #toldCode: string | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(options: ConnectionOptions) {
    super();
    this.#options = options;
    this.#name = brokerName(options.broker.url);
    this.#version = options.broker.protocol === 4 ? 4 : 5;
    this.#refusals = new Refusals({ root: options.topics.root, report: options.report });
  }

  get connected(): boolean {
    return this.#ready;
  }

  /** Returns at once: a broker that is away is tried again until `stop`. */
  start(): void {
    this.#running = this.#run();
  }

  /** Says `offline` and disconnects; waits at most two seconds for a broker that does not answer. */
  async stop(): Promise<void> {
    const session = this.#session;
    this.#stopping.abort();
    if (session !== null && this.#ready) {
      const limit = new AbortController();
      const timeout = sleep(STOP_LIMIT_MS, undefined, { signal: limit.signal }).catch(
        () => undefined,
      );
      await Promise.race([this.#sayGoodbye(session), timeout]);
      limit.abort();
    }
    session?.abort();
    await this.#running;
  }

  /** Settles when the broker has acknowledged the message or refused it, or the connection is lost. */
  publish(message: Message): Promise<Published> {
    const window = this.#ready ? this.#session?.window : null;
    return window?.publish(message) ?? Promise.resolve('lost');
  }

  /** Holds for all connections to come; one handler per filter. */
  subscribe(filter: string, handler: (message: Incoming) => void): void {
    this.#handlers.set(filter, handler);
    if (this.#ready && this.#session !== null) void this.#subscribeTo(this.#session, [filter]);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const ending = await this.#connectOnce();
      if (signal.aborted) return;
      if (this.#switchVersion(ending.error)) continue;
      this.#tellDown(ending);
      await sleep(this.#backOff.next(ending.lastedMs), undefined, { signal }).catch(
        () => undefined,
      );
    }
  }

  async #connectOnce(): Promise<Ending> {
    const { broker, topics } = this.#options;
    try {
      const choices = { version: this.#version, statusTopic: topics.status };
      const options = await clientOptions(broker, choices);
      if (this.#stopping.signal.aborted) throw this.#stopping.signal.reason;
      this.#session = new Session({
        client: mqtt.connect(broker.url, options),
        refusals: this.#refusals,
        opened: (session) => void this.#opened(session),
        receive: (message) => this.#receive(message),
      });
      return await this.#session.run();
    } catch (error) {
      return { error, takenOver: false, lastedMs: 0 };
    } finally {
      this.#closed();
    }
  }

  async #opened(session: Session): Promise<void> {
    const { topics, report, log } = this.#options;
    await this.#subscribeTo(session, [...this.#handlers.keys()]);
    if (session.ended || this.#stopping.signal.aborted) return;
    void session.window?.publish({ topic: topics.status, payload: 'online', retain: true });
    this.#ready = true;
    this.#versionSwitched = false;
    this.#toldCode = null;
    log.info(
      { broker: this.#name, mqtt: this.#version === 5 ? '5' : '3.1.1' },
      'connected to the broker',
    );
    report('connection', null);
    this.emit('connected');
  }

  #closed(): void {
    const wasReady = this.#ready;
    this.#session = null;
    this.#ready = false;
    if (wasReady) this.emit('disconnected');
  }

  async #subscribeTo(session: Session, filters: string[]): Promise<void> {
    const refused = await session.subscribe(filters);
    if (session.ended) return;
    for (const filter of filters) this.#refusedFilters.delete(filter);
    for (const filter of refused) this.#refusedFilters.add(filter);
    this.#options.report('subscribe', this.#subscribeProblem());
  }

  #subscribeProblem(): Problem | null {
    if (this.#refusedFilters.size === 0) return null;
    return {
      code: 'broker-refused',
      message: `The broker does not let this station read ${[...this.#refusedFilters].join(', ')}`,
      hint: accessHint(this.#options.topics.root),
    };
  }

  #receive(message: Incoming): void {
    for (const [filter, handler] of this.#handlers) {
      if (!matchesFilter(filter, message.topic)) continue;
      try {
        handler(message);
      } catch (error) {
        this.#options.log.error(
          { err: error, topic: message.topic },
          'a message was not understood',
        );
      }
    }
  }

  /** What waits in the window goes out before `offline`: it keeps the order. */
  async #sayGoodbye(session: Session): Promise<void> {
    const { status } = this.#options.topics;
    await session.window?.publish({ topic: status, payload: 'offline', retain: true });
    await session.disconnect();
  }

  /** Older brokers refuse MQTT 5 (aedes with code 1): then 3.1.1 is tried at once, and the other way round. */
  #switchVersion(error: unknown): boolean {
    if (this.#options.broker.protocol !== 'auto' || !isVersionRefused(error)) return false;
    this.#version = this.#version === 5 ? 4 : 5;
    const first = !this.#versionSwitched;
    this.#versionSwitched = true;
    return first;
  }

  /** Transitions are told, not attempts. */
  #tellDown({ error, takenOver: isTakenOver }: Ending): void {
    const { broker, report, log } = this.#options;
    const problem = isTakenOver ? takenOver(broker.clientId) : connectionProblem(error, this.#name);
    if (problem.code === this.#toldCode) return;
    this.#toldCode = problem.code;
    log.warn({ broker: this.#name, code: problem.code, reason: problem.message }, 'no broker');
    report('connection', problem);
  }
}
