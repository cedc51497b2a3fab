import type { IClientPublishOptions, MqttClient } from 'mqtt';
import type { Refusals } from './refusals.ts';

export interface Message {
  topic: string;
  payload: string | Buffer;
  retain?: boolean;
  /** Seconds after which a broker that speaks MQTT 5 forgets the message. */
  expiry?: number;
  /** MQTT 5: echoed to the client that asked. */
  correlation?: Buffer;
}

/** `lost`: not acknowledged before the connection ended; whether it arrived is unknown. */
export type Published = 'acknowledged' | 'refused' | 'lost';

interface Entry {
  message: Message;
  settle: (published: Published) => void;
  sentAt: number;
}

interface Options {
  client: MqttClient;
  /** How many publishes may be unacknowledged at once. */
  limit: number;
  refusals: Refusals;
}

/**
 * The publishes of one connection, in the order given and with few enough under way: above the
 * broker's limit mosquitto acknowledges 3.1.1 messages and drops them.
 */
export class PublishWindow {
  readonly #options: Options;
  readonly #waiting: Entry[] = [];
  readonly #underWay = new Set<Entry>();
  #closed = false;

  constructor(options: Options) {
    this.#options = options;
  }

  publish(message: Message): Promise<Published> {
    if (this.#closed) return Promise.resolve('lost');
    return new Promise((settle) => {
      this.#waiting.push({ message, settle, sentAt: 0 });
      this.#send();
    });
  }

  /** The connection ended. Without `suspicion` (we ended it ourselves) nothing is held against a topic. */
  close({ suspicion }: { suspicion: boolean }): void {
    this.#closed = true;
    const underWay = [...this.#underWay];
    if (suspicion)
      this.#options.refusals.closedWith(
        underWay.map(({ message, sentAt }) => ({ topic: message.topic, sentAt })),
      );
    for (const { message, settle } of [...underWay, ...this.#waiting])
      settle(this.#options.refusals.isHeldBack(message.topic) ? 'refused' : 'lost');
    this.#waiting.length = 0;
    this.#underWay.clear();
  }

  #send(): void {
    const { limit, refusals } = this.#options;
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const { topic } = next.message;
      const heldBack = refusals.isHeldBack(topic);
      if (!heldBack && !this.#hasRoom(refusals.isSuspect(topic) ? 1 : limit)) return;
      this.#waiting.shift();
      if (heldBack) next.settle('refused');
      else this.#write(next);
    }
  }

  /** A suspect goes alone: nothing before it is open, and nothing follows until it is settled. */
  #hasRoom(limit: number): boolean {
    const { refusals } = this.#options;
    const alone = [...this.#underWay].some(({ message }) => refusals.isSuspect(message.topic));
    return !alone && this.#underWay.size < limit;
  }

  #write(entry: Entry): void {
    const { client, refusals } = this.#options;
    const { topic, payload } = entry.message;
    if (isTooLarge(entry.message, client)) {
      refusals.refused(topic, 'the message is larger than it accepts');
      entry.settle('refused');
      return;
    }
    entry.sentAt = Date.now();
    this.#underWay.add(entry);
    client.publish(topic, payload, publishOptions(entry.message), (error) => {
      if (this.#underWay.delete(entry)) this.#settle(entry, error);
    });
  }

  #settle({ message, settle }: Entry, error: Error | null | undefined): void {
    const { refusals } = this.#options;
    if (!error) {
      refusals.acknowledged(message.topic);
      settle('acknowledged');
    } else if ('code' in error) {
      refusals.refused(message.topic, error.message);
      settle('refused');
    } else settle('lost');
    this.#send();
  }
}

/** Room for the fixed header and the properties, to be on the safe side. */
const HEADER_BYTES = 200;

function isTooLarge({ topic, payload }: Message, client: MqttClient): boolean {
  const limit = client.serverProperties?.maximumPacketSize ?? Number.POSITIVE_INFINITY;
  return Buffer.byteLength(topic) + Buffer.byteLength(payload) + HEADER_BYTES > limit;
}

function publishOptions({ retain, expiry, correlation }: Message): IClientPublishOptions {
  return {
    qos: 1,
    retain: retain ?? false,
    properties: {
      ...(expiry === undefined ? {} : { messageExpiryInterval: expiry }),
      ...(correlation === undefined ? {} : { correlationData: correlation }),
    },
  };
}
