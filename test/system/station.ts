import mqtt, { type MqttClient } from 'mqtt';
import { RequestClient } from '../../service/contract/client.ts';
import { JobEvent } from '../../service/contract/event.ts';
import { JobSnapshot } from '../../service/contract/job.ts';
import { Review } from '../../service/contract/review.ts';
import { topicsOf } from '../../service/contract/topics.ts';

/** A subscriber that writes down everything a station says, as a dashboard would see it. */
export interface Observer {
  readonly events: JobEvent[];
  readonly jobs: Map<string, JobSnapshot>;
  readonly reviews: Map<string, Review>;
  readonly retained: Map<string, string>;
  readonly requests: RequestClient;
  readonly client: MqttClient;
  readonly topics: ReturnType<typeof topicsOf>;
  stop(): Promise<void>;
}

export async function observe(url: string, base: string, station: string): Promise<Observer> {
  const topics = topicsOf(base, station);
  const client = await mqtt.connectAsync(url, { clientId: `observer-${process.pid}` });
  const requests = new RequestClient({ client, topics });
  const seen = {
    events: [] as JobEvent[],
    jobs: new Map<string, JobSnapshot>(),
    reviews: new Map<string, Review>(),
    retained: new Map<string, string>(),
  };
  client.on('message', (topic, payload) => {
    const text = payload.toString('utf8');
    const level = topic.slice(topics.root.length + 1);
    seen.retained.set(level, text);
    if (text === '') seen.reviews.delete(level.slice('review/'.length));
    else if (/^drive\/[^/]+\/event$/.test(level))
      seen.events.push(JobEvent.parse(JSON.parse(text)));
    else if (/^job\/[^/]+\/state$/.test(level))
      note(seen.jobs, JobSnapshot.parse(JSON.parse(text)));
    else if (/^review\/[0-9A-Z]{26}$/.test(level))
      note(seen.reviews, Review.parse(JSON.parse(text)));
  });
  requests.start();
  await client.subscribeAsync(`${topics.root}/#`, { qos: 1 });
  const stop = async () => {
    requests.stop();
    await client.endAsync();
  };
  return { ...seen, requests, client, topics, stop };
}

function note<T extends { id: string }>(map: Map<string, T>, item: T): void {
  map.set(item.id, item);
}

/** The numbers of the events in the order seen, each once. */
export function distinctSeqs(events: readonly JobEvent[]): number[] {
  return [...new Set(events.map(({ seq }) => seq))];
}
