import type { Published } from './publish-window.ts';

export interface RetainedValue {
  payload: Buffer;
  /** Seconds until a broker that speaks MQTT 5 drops the value; renewed while it is true. */
  expiry?: number;
  /** What is going on ("ripping"): while it stays the same, changes go out every two seconds at most. */
  activity?: string;
}

interface Options {
  publish: (value: RetainedValue) => Promise<Published>;
  /** The broker holds nothing on the topic any more. */
  cleared: () => void;
}

const PACE_MS = 2000;
const NOTHING: RetainedValue = { payload: Buffer.alloc(0) };

/** One retained topic: the value it should have, and the last one the broker took. */
export class RetainedTopic {
  readonly #options: Options;
  #wanted: RetainedValue = NOTHING;
  #sent: RetainedValue | null = null;
  #sentAt = 0;
  #busy = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  get expires(): boolean {
    return this.#wanted.expiry !== undefined;
  }

  /** An empty payload clears the topic (MQTT 3.1.1, 3.3.1.3). */
  set(value: RetainedValue): void {
    this.#wanted = value;
    this.#send();
  }

  clear(): void {
    this.set(NOTHING);
  }

  /** Publishes again what the broker may have forgotten. */
  resend(): void {
    this.#sent = null;
    this.#send();
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #send(): void {
    if (this.#busy || this.#sent?.payload.equals(this.#wanted.payload)) return;
    const wait = this.#waitMs();
    this.stop();
    if (wait > 0) this.#timer = setTimeout(() => this.#send(), wait);
    else void this.#publish(this.#wanted);
  }

  async #publish(value: RetainedValue): Promise<void> {
    this.#busy = true;
    this.#sentAt = Date.now();
    const published = await this.#options.publish(value);
    this.#busy = false;
    if (published === 'lost') return;
    this.#sent = value;
    if (this.#wanted !== value) this.#send();
    else if (value.payload.length === 0 && published === 'acknowledged') this.#options.cleared();
  }

  #waitMs(): number {
    const { activity } = this.#wanted;
    if (activity === undefined || activity !== this.#sent?.activity) return 0;
    return this.#sentAt + PACE_MS - Date.now();
  }
}
