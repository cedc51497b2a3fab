import type { MqttClient } from 'mqtt';
import { RequestClient } from '../../service/contract/client.ts';
import type { JobSnapshot } from '../../service/contract/job.ts';
import type { Operation, OperationBody, OperationData } from '../../service/contract/request.ts';
import type { StationInfo } from '../../service/contract/station.ts';
import { type Topics, topicsOf } from '../../service/contract/topics.ts';
import { type BrokerSettings, type BrokerState, connectBroker, watchBroker } from './broker.ts';
import { type LinkState, StationFeed, type Watcher } from './feed.ts';

export interface LinkOptions {
  broker: BrokerSettings;
  base: string;
  station: string;
  log: { info: (text: string) => void; warn: (text: string) => void };
}

/** How long a node waits for a broker or a service that is away before it gives up. */
const PATIENCE_MS = 60_000;
const END_LIMIT_MS = 2000;

/** The one connection of a station node, shared by all nodes that use it. */
export class StationLink {
  readonly #options: LinkOptions;
  readonly #topics: Topics;
  readonly #feed: StationFeed;
  #client: MqttClient | null = null;
  #requests: RequestClient | null = null;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#topics = topicsOf(options.base, options.station);
    this.#feed = new StationFeed({ topics: this.#topics, warn: options.log.warn });
  }

  get state(): LinkState {
    return this.#feed.state;
  }

  /** What the station has, null until it has told. */
  get info(): StationInfo | null {
    return this.#feed.info;
  }

  /** The jobs that the broker holds now. */
  get jobs(): JobSnapshot[] {
    return this.#feed.jobs;
  }

  /** Throws when the address makes no sense; a broker that is away is tried until `stop`. */
  start(): void {
    const client = connectBroker(this.#options.broker);
    this.#client = client;
    this.#requests = new RequestClient({ client, topics: this.#topics });
    this.#requests.start();
    client.on('message', (topic, payload) => this.#feed.receive(topic, payload));
    watchBroker(client, {
      filters: this.#feed.filters,
      changed: (state, why) => this.#brokerChanged(state, why),
    });
  }

  /** Disconnects; waits at most two seconds for a broker that does not answer. */
  async stop(): Promise<void> {
    this.#feed.stop();
    this.#requests?.stop();
    const client = this.#client;
    this.#client = null;
    if (client === null) return;
    const timer = setTimeout(() => client.end(true), END_LIMIT_MS);
    await client.endAsync(!client.connected).catch(() => undefined);
    clearTimeout(timer);
  }

  /** Tells present and coming states, jobs, drives and events; the returned function ends it. */
  watch(watcher: Watcher): () => void {
    return this.#feed.watch(watcher);
  }

  /** Waits for a broker or service that is away; ends with `service-unreachable` after a minute. */
  async request<Op extends Operation>(
    op: Op,
    body: OperationBody<Op>,
    { signal }: { signal: AbortSignal },
  ): Promise<OperationData<Op>> {
    if (this.#requests === null) throw new Error('the station is not started');
    return await this.#requests.request(op, body, { timeout: PATIENCE_MS, signal });
  }

  /** `online` follows when the station's retained status comes. */
  #brokerChanged(state: BrokerState, why: string): void {
    if (this.#client === null) return;
    if (state !== 'connected') this.#feed.clear();
    const isNews = this.#feed.change(state === 'connected' ? 'away' : state);
    if (isNews) this.#log(state, why);
  }

  /** Transitions are logged, not attempts. */
  #log(state: BrokerState, why: string): void {
    const { log, broker } = this.#options;
    const where = `${this.#topics.root} at ${addressOf(broker.url)}`;
    if (state === 'connected') log.info(`connected to ${where}`);
    if (state === 'disconnected') log.warn(`no connection to ${where}: ${why || 'closed'}`);
    if (state === 'refused') log.warn(`the broker refuses ${where}: ${why}`);
  }
}

/** For logs: never with a login that the address may hold. */
function addressOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'an unreadable address';
}
