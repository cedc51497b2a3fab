import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { connectAsync, type MqttClient } from 'mqtt';
import type { Config } from '../config/resolve.ts';
import { RequestClient } from '../contract/client.ts';
import { type Topics, topicsOf } from '../contract/topics.ts';
import { DiscflowError } from '../errors.ts';
import { brokerSettings } from '../mqtt/broker.ts';
import { clientOptions } from '../mqtt/client-options.ts';
import { brokerName, connectionProblem, isVersionRefused } from '../mqtt/connection-problem.ts';

/** A command does not wait longer than a person who looks at it. */
const CONNECT_LIMIT_MS = 2500;
/** The retained status comes with the subscription; without it there is no service. */
const STATUS_LIMIT_MS = 1000;

export interface ServiceClient {
  client: MqttClient;
  topics: Topics;
  request: RequestClient['request'];
}

/**
 * Connects to the running service for some requests. Throws `service-unreachable` when it does not run,
 * `broker-unreachable` or `broker-refused` when its broker lets nobody in, and what `work` throws.
 */
export async function withService<T>(
  config: Config,
  work: (service: ServiceClient) => Promise<T>,
): Promise<T> {
  const client = await connect(config);
  const topics = topicsOf(config.mqtt.base, config.station);
  const requests = new RequestClient({ client, topics });
  try {
    if (!(await isOnline(client, topics.status))) throw notRunning(config);
    requests.start();
    return await work({ client, topics, request: requests.request.bind(requests) });
  } finally {
    requests.stop();
    await client.endAsync(true);
  }
}

/** Why the broker lets nobody in, or null: for `doctor`. */
export async function tryBroker(config: Config): Promise<DiscflowError | null> {
  try {
    await (await connect(config)).endAsync(true);
    return null;
  } catch (error) {
    if (error instanceof DiscflowError) return error;
    throw error;
  }
}

async function connect(config: Config): Promise<MqttClient> {
  const { protocol } = config.mqtt;
  try {
    return await connectWith(config, protocol === 4 ? 4 : 5);
  } catch (error) {
    if (protocol !== 'auto' || !isVersionRefused(error)) throw unreachable(config, error);
  }
  return connectWith(config, 4).catch((error: unknown) => {
    throw unreachable(config, error);
  });
}

/** One attempt, under a name of its own and without the station's last will. */
async function connectWith({ mqtt, station }: Config, version: 4 | 5): Promise<MqttClient> {
  const settings = brokerSettings(mqtt, embeddedUrl(mqtt), station);
  const { will: _, ...options } = await clientOptions(settings, { version, statusTopic: '' });
  const clientId = `discflow-command-${randomUUID().slice(0, 8)}`;
  const limits = { connectTimeout: CONNECT_LIMIT_MS, reconnectPeriod: 0 };
  return connectAsync(settings.url, { ...options, ...limits, clientId }, false);
}

async function isOnline(client: MqttClient, topic: string): Promise<boolean> {
  const status = new Promise<string>((resolve) => {
    client.once('message', (_topic, payload) => resolve(payload.toString()));
  });
  await client.subscribeAsync(topic, { qos: 1 });
  return (
    (await Promise.race([status, setTimeout(STATUS_LIMIT_MS, '', { ref: false })])) === 'online'
  );
}

function embeddedUrl({ host, port }: Config['mqtt']): string {
  const address = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return `mqtt://${address.includes(':') ? `[${address}]` : address}:${port}`;
}

function unreachable(config: Config, error: unknown): DiscflowError {
  const { mqtt } = config;
  const { code, message, hint } = connectionProblem(
    error,
    brokerName(mqtt.url ?? embeddedUrl(mqtt)),
  );
  if (code !== 'broker-unreachable')
    return new DiscflowError(code, message, { hint, cause: error });
  if (mqtt.embedded) return notRunning(config, error);
  return new DiscflowError(code, message, {
    hint: 'Check that the broker runs, and mqtt.url in the configuration.',
    cause: error,
  });
}

function notRunning({ station, data, mqtt }: Config, cause?: unknown): DiscflowError {
  const where = mqtt.url === undefined ? data : brokerName(mqtt.url);
  return new DiscflowError(
    'service-unreachable',
    `The Discflow service "${station}" is not running (${where})`,
    { hint: 'Start it with "discflow serve", or as a system service.', cause },
  );
}
