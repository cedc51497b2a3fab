import type { Job } from 'node-schedule';
import type { Logger } from 'pino';
import { everyNight } from '../every-night.ts';
import type { Connection } from './connection.ts';
import { Ledger, type LedgerFile } from './ledger.ts';
import type { Published } from './publish-window.ts';
import { RetainedTopic, type RetainedValue } from './retained-topic.ts';

export interface RetainedOptions {
  connection: Connection;
  ledger: LedgerFile;
  /** Retained topics that others publish for us (the connection's `status`): a rename clears them too. */
  others: string[];
  log: Logger;
}

/** What expires and is still true is published again each night. */
const RENEWAL = { hour: 4, minute: 17 };

/**
 * All retained topics of the station: published when their bytes change and again at every connect,
 * since brokers forget; removed from the broker when they are no longer wanted.
 */
export class RetainedTopics {
  readonly #options: RetainedOptions;
  readonly #topics = new Map<string, RetainedTopic>();
  readonly #ledger: Ledger;
  #started = false;
  #ledgerFails = false;
  #renewal: Job | null = null;

  constructor(options: RetainedOptions) {
    this.#options = options;
    this.#ledger = new Ledger(options.ledger);
  }

  /**
   * Call it when every topic that is wanted has been set: what an earlier run published and nobody
   * has set by now is cleared on the broker.
   */
  async start(): Promise<void> {
    const { connection, others } = this.#options;
    await this.#ledger.load();
    const known = new Set([...others, ...this.#topics.keys()]);
    for (const ghost of this.#ledger.topics()) if (!known.has(ghost)) this.#topic(ghost).clear();
    await Promise.all(others.map((topic) => this.#record(topic)));
    this.#started = true;
    this.#renewal = everyNight(RENEWAL, () => this.renew());
    connection.on('connected', this.#resendAll);
    if (connection.connected) this.#resendAll();
  }

  stop(): void {
    this.#started = false;
    this.#renewal?.cancel();
    this.#options.connection.off('connected', this.#resendAll);
    for (const topic of this.#topics.values()) topic.stop();
  }

  set(topic: string, payload: string | Buffer, options: Omit<RetainedValue, 'payload'> = {}): void {
    const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
    this.#topic(topic).set({ payload: bytes, ...options });
  }

  /** Takes the topic from the broker, now or when it is back. */
  remove(topic: string): void {
    this.#topics.get(topic)?.clear();
  }

  /** Publishes again what would expire. */
  renew(): void {
    for (const topic of this.#topics.values()) if (topic.expires) topic.resend();
  }

  readonly #resendAll = (): void => {
    for (const topic of this.#topics.values()) topic.resend();
  };

  #topic(name: string): RetainedTopic {
    const known = this.#topics.get(name);
    if (known !== undefined) return known;
    const topic = new RetainedTopic({
      publish: (value) => this.#publish(name, value),
      cleared: () => this.#forget(name),
    });
    this.#topics.set(name, topic);
    return topic;
  }

  async #publish(topic: string, { payload, expiry }: RetainedValue): Promise<Published> {
    const { connection } = this.#options;
    if (!this.#started || !connection.connected) return 'lost';
    await this.#record(topic);
    const message = { topic, payload, retain: true };
    return connection.publish(expiry === undefined ? message : { ...message, expiry });
  }

  #forget(topic: string): void {
    this.#topics.delete(topic);
    this.#ledger.remove(topic).catch((error: unknown) => this.#ledgerFailed(error));
  }

  /** A full disk must not silence the station: the worst that can come of it is a ghost topic. */
  async #record(topic: string): Promise<void> {
    try {
      await this.#ledger.add(topic);
      this.#ledgerFails = false;
    } catch (error) {
      this.#ledgerFailed(error);
    }
  }

  #ledgerFailed(error: unknown): void {
    if (!this.#ledgerFails)
      this.#options.log.warn({ err: error }, 'the list of retained topics cannot be written');
    this.#ledgerFails = true;
  }
}
