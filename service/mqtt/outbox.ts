import type { JobEvent } from '../contract/event.ts';
import type { Connection } from './connection.ts';
import type { Published } from './publish-window.ts';

export interface OutboxOptions {
  connection: Connection;
  topicOf: (event: JobEvent) => string;
  /** The broker has the event. */
  acknowledged: (event: JobEvent) => void;
  /** The broker does not take the event (the connection has reported it); it is not tried again. */
  refused: (event: JobEvent) => void;
}

interface Entry {
  event: JobEvent;
  replayed: boolean;
}

/** An event that nobody fetched within an hour is no news. */
const EXPIRY_SECONDS = 3600;

/**
 * Publishes events in exactly the order given, several under way at once. After a lost connection it
 * goes on from the oldest that is not acknowledged; what went out late or may be a repeat is marked.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #entries = new Set<Entry>();
  #started = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  start(): void {
    this.#started = true;
    this.#options.connection.on('connected', this.#resume);
    if (this.#options.connection.connected) this.#resume();
  }

  stop(): void {
    this.#started = false;
    this.#options.connection.off('connected', this.#resume);
  }

  /** How many events the broker has not acknowledged. */
  get size(): number {
    return this.#entries.size;
  }

  /** Events in the order of `seq`; `replayed` when an earlier run may have published them. */
  add(events: JobEvent[], { replayed = false } = {}): void {
    const isOpen = this.#started && this.#options.connection.connected;
    for (const event of events) {
      const entry = { event, replayed: replayed || !isOpen };
      this.#entries.add(entry);
      if (isOpen) this.#publish(entry);
    }
  }

  /** Everything still here was held back or may have been lost. */
  readonly #resume = (): void => {
    for (const entry of this.#entries) {
      entry.replayed = true;
      this.#publish(entry);
    }
  };

  #publish(entry: Entry): void {
    const { connection, topicOf } = this.#options;
    const body = entry.replayed ? { ...entry.event, replayed: true } : entry.event;
    const message = {
      topic: topicOf(entry.event),
      payload: JSON.stringify(body),
      expiry: EXPIRY_SECONDS,
    };
    void connection.publish(message).then((published) => this.#settle(entry, published));
  }

  #settle(entry: Entry, published: Published): void {
    if (published === 'lost' || !this.#entries.delete(entry)) return;
    if (published === 'acknowledged') this.#options.acknowledged(entry.event);
    else this.#options.refused(entry.event);
  }
}
