import { Socket } from 'node:net';
import type { IPublishPacket, MqttClient } from 'mqtt';
import { PublishWindow } from './publish-window.ts';
import type { Refusals } from './refusals.ts';

export interface Incoming {
  topic: string;
  payload: Buffer;
  packet: IPublishPacket;
}

export interface SessionOptions {
  client: MqttClient;
  refusals: Refusals;
  opened: (session: Session) => void;
  receive: (message: Incoming) => void;
}

export interface Ending {
  error: unknown;
  takenOver: boolean;
  /** How long the broker had accepted us, 0 when it never did. */
  lastedMs: number;
}

/** mosquitto drops 3.1.1 messages above 20 under way; 16 is safe with every broker measured. */
const MOST_UNDER_WAY = 16;
/** DISCONNECT reason of MQTT 5 (3.14.2.1) when the same client id connects again. */
const SESSION_TAKEN_OVER = 142;

/** One connection to the broker, from CONNECT to its end. Nothing of it lives on in the next one. */
export class Session {
  readonly #options: SessionOptions;
  #window: PublishWindow | null = null;
  #ended = false;
  #byUs = false;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Null until the broker has accepted the connection. */
  get window(): PublishWindow | null {
    return this.#window;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Resolves when the connection has ended, for whatever reason. */
  async run(): Promise<Ending> {
    const { client, receive, opened } = this.#options;
    const ending: Ending = { error: new Error('connection closed'), takenOver: false, lastedMs: 0 };
    let openedAt: number | null = null;
    client.on('error', (error) => {
      ending.error = error;
    });
    client.on('disconnect', ({ reasonCode }) => {
      ending.takenOver = reasonCode === SESSION_TAKEN_OVER;
    });
    client.on('message', (topic, payload, packet) => receive({ topic, payload, packet }));
    client.once('connect', (connack) => {
      openedAt = Date.now();
      this.#accepted(connack.properties?.receiveMaximum);
      opened(this);
    });
    await new Promise<void>((resolve) => client.once('close', resolve));
    this.#close();
    if (openedAt !== null) ending.lastedMs = Math.max(1, Date.now() - openedAt);
    return ending;
  }

  /** The filters that the broker does not grant. */
  async subscribe(filters: string[]): Promise<string[]> {
    const refused = await Promise.all(
      filters.map((filter) =>
        // Retain as published (MQTT 5, 3.8.3.1): without it a retained request that arrives now looks like any other.
        this.#options.client.subscribeAsync(filter, { qos: 1, rap: true }).then(
          () => [],
          () => (this.#ended ? [] : [filter]),
        ),
      ),
    );
    return refused.flat();
  }

  /** Ends in good order: the broker then forgets the last will. */
  async disconnect(): Promise<void> {
    this.#byUs = true;
    await this.#options.client.endAsync();
  }

  /** Ends at once. */
  abort(): void {
    this.#byUs = true;
    this.#options.client.end(true);
  }

  /** An acknowledgement and an answer are two small packets: Nagle would hold the second for 40 ms. */
  #accepted(receiveMaximum: number | undefined): void {
    const { client, refusals } = this.#options;
    if (client.stream instanceof Socket) client.stream.setNoDelay(true);
    const limit = Math.min(receiveMaximum ?? MOST_UNDER_WAY, MOST_UNDER_WAY);
    this.#window = new PublishWindow({ client, limit, refusals });
  }

  #close(): void {
    this.#ended = true;
    this.#window?.close({ suspicion: !this.#byUs });
    this.#options.client.end(true);
  }
}
