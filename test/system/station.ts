import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { ulid } from 'ulid';
import { z } from 'zod';
import { RequestClient } from '../../service/contract/client.ts';
import { JobEvent } from '../../service/contract/event.ts';
import { JobSnapshot } from '../../service/contract/job.ts';
import { Response } from '../../service/contract/request.ts';
import { Review, ReviewEvent, ReviewQueue } from '../../service/contract/review.ts';
import {
  DriveAttributes,
  DriveState,
  JobsState,
  Presence,
  StationInfo,
} from '../../service/contract/station.ts';
import { topicsOf } from '../../service/contract/topics.ts';

/** A subscriber that writes down everything a station says, as a dashboard would see it. */
export interface Observer {
  readonly events: JobEvent[];
  readonly jobs: Map<string, JobSnapshot>;
  readonly driveStates: DriveState[];
  readonly reviews: Map<string, Review>;
  /** The last that was said on each topic below the station's root. */
  readonly retained: Map<string, string>;
  /** What does not fit the contract, in words. */
  readonly faults: string[];
  readonly requests: RequestClient;
  readonly client: MqttClient;
  readonly topics: ReturnType<typeof topicsOf>;
  stop(): Promise<void>;
}

/** `options` are for brokers that ask for a login or another version of MQTT. */
export async function observe(
  url: string,
  base: string,
  station: string,
  options: IClientOptions = {},
): Promise<Observer> {
  const topics = topicsOf(base, station);
  const clientId = `observer-${ulid()}`;
  const client = await mqtt.connectAsync(url, { clientId, reconnectPeriod: 20, ...options });
  client.on('error', () => undefined);
  const requests = new RequestClient({ client, topics });
  const seen = {
    events: [] as JobEvent[],
    jobs: new Map<string, JobSnapshot>(),
    driveStates: [] as DriveState[],
    reviews: new Map<string, Review>(),
    retained: new Map<string, string>(),
    faults: [] as string[],
  };
  const contract = contractFor(seen);
  client.on('message', (topic, payload) => {
    const text = payload.toString('utf8');
    const level = topic.slice(topics.root.length + 1);
    seen.retained.set(level, text);
    if (text === '') seen.reviews.delete(level.slice('review/'.length));
    else seen.faults.push(...faultsIn(contract, level, text));
  });
  requests.start();
  await client.subscribeAsync(`${topics.root}/#`, { qos: 1 });
  const stop = async () => {
    requests.stop();
    await client.endAsync(true);
  };
  return { ...seen, requests, client, topics, stop };
}

/** What a late joiner finds on the broker, by topic below the station's root. */
export async function retainedOn(
  url: string,
  root: string,
  options: IClientOptions = {},
): Promise<Map<string, string>> {
  const client = await mqtt.connectAsync(url, options);
  const found = new Map<string, string>();
  client.on('message', (topic, payload, { retain }) => {
    if (retain) found.set(topic.slice(root.length + 1), payload.toString('utf8'));
  });
  await client.subscribeAsync(`${root}/#`, { qos: 1 });
  await new Promise((resolve) => setTimeout(resolve, 150));
  await client.endAsync(true);
  return found;
}

/** What may be said on a topic. */
interface Said {
  readonly topic: RegExp;
  /** Notes what was said; what does not fit is a fault. */
  readonly take: (text: string) => string[];
}

function said<T>(
  topic: RegExp,
  shape: z.ZodType<T>,
  note: (value: T) => unknown = () => undefined,
): Said {
  const take = (text: string) => {
    const parsed = shape.safeParse(parseJson(text));
    if (parsed.success) note(parsed.data);
    return parsed.success ? [] : [z.prettifyError(parsed.error)];
  };
  return { topic, take };
}

function contractFor({
  events,
  jobs,
  driveStates,
  reviews,
}: Pick<Observer, 'events' | 'jobs' | 'driveStates' | 'reviews'>): Said[] {
  return [
    said(/^status$/, Presence),
    said(/^info$/, StationInfo),
    said(/^drive\/[\w-]+\/availability$/, Presence),
    said(/^drive\/[\w-]+\/state$/, DriveState, (state) => driveStates.push(state)),
    said(/^drive\/[\w-]+\/attributes$/, DriveAttributes),
    said(/^drive\/[\w-]+\/event$/, JobEvent, (event) => events.push(event)),
    said(/^jobs\/state$/, JobsState),
    said(/^job\/[0-9A-Z]{26}\/state$/, JobSnapshot, (job) => jobs.set(job.id, job)),
    said(/^review\/queue$/, ReviewQueue),
    said(/^review\/event$/, ReviewEvent),
    said(/^review\/[0-9A-Z]{26}$/, Review, (review) => reviews.set(review.id, review)),
    said(/^response\//, Response),
    said(/^(request\/|selftest$)/, z.unknown()),
  ];
}

function faultsIn(contract: readonly Said[], level: string, text: string): string[] {
  const known = contract.find(({ topic }) => topic.test(level));
  if (!known) return [`nothing of the contract is said on ${level}`];
  return known.take(text).map((fault) => `${level}: ${fault}`);
}

/** `online` and `offline` are plain words. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The numbers of the events in the order seen, each once. */
export function distinctSeqs(events: readonly JobEvent[]): number[] {
  return [...new Set(events.map(({ seq }) => seq))];
}
