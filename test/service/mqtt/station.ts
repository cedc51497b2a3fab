import { setTimeout as sleep } from 'node:timers/promises';
import mqtt, { type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt';
import pino, { type Logger } from 'pino';
import type { Problem } from '../../../service/contract/problem.ts';
import { topicsOf } from '../../../service/contract/topics.ts';
import type { BrokerSettings } from '../../../service/mqtt/client-options.ts';
import { Connection } from '../../../service/mqtt/connection.ts';

/** Not the default base, so that a hard-coded one shows. */
export const topics = topicsOf('home/discs', 'attic');

/** A connection as the service has it, with what it reported and logged. */
export function makeConnection(url: string, settings: Partial<BrokerSettings> = {}) {
  const problems = new Map<string, Problem>();
  const reports: [string, Problem | null][] = [];
  const lines: string[] = [];
  const log = logInto(lines);
  const report = (key: string, problem: Problem | null) => {
    reports.push([key, problem]);
    if (problem === null) problems.delete(key);
    else problems.set(key, problem);
  };
  const connection = new Connection({
    broker: { url, protocol: 'auto', clientId: 'discflow-attic', ...settings },
    topics,
    log,
    report,
  });
  return { connection, problems, reports, report, lines, log };
}

export function logInto(lines: string[]): Logger {
  return pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
}

export async function connected(connection: Connection): Promise<void> {
  await until(() => connection.connected);
}

export interface Heard {
  topic: string;
  text: string;
  packet: IPublishPacket;
}

const open = new Set<MqttClient>();

/** A client beside the service that hears everything under the filters. */
export async function listen(url: string, filters: string[], options: IClientOptions = {}) {
  const client = mqtt.connect(url, { reconnectPeriod: 50, ...options });
  const heard: Heard[] = [];
  client.on('error', () => undefined);
  client.on('message', (topic, payload, packet) => {
    heard.push({ topic, text: payload.toString('utf8'), packet });
  });
  open.add(client);
  await until(() => client.connected);
  await client.subscribeAsync(filters, { qos: 1 });
  return { client, heard };
}

/** Ends what `listen` opened, also after a test that failed. */
export async function closeListeners(): Promise<void> {
  await Promise.all([...open].map((client) => client.endAsync(true)));
  open.clear();
}

/** Waits until the condition holds; throws with its text after the limit. */
export async function until(condition: () => boolean, limitMs = 8000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`not within ${limitMs} ms: ${condition}`);
    await sleep(5);
  }
}

/** What a late joiner finds on the broker, by topic. */
export async function retainedOn(url: string, options: IClientOptions = {}) {
  const { heard } = await listen(url, ['home/#'], options);
  await sleep(100);
  return new Map(heard.map(({ topic, text }) => [topic, text]));
}
