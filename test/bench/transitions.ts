import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import type { JobEvent } from '../../service/contract/event.ts';
import { topicsOf } from '../../service/contract/topics.ts';
import { JobBook } from '../../service/jobs/book.ts';
import type { JobDocument } from '../../service/jobs/document.ts';
import { newJob } from '../../service/jobs/new-job.ts';
import * as outcomes from '../../service/jobs/outcomes.ts';
import { Connection } from '../../service/mqtt/connection.ts';
import { Outbox } from '../../service/mqtt/outbox.ts';
import { replaceDurably } from '../../service/store/durable-file.ts';
import { JobStore } from '../../service/store/job-store.ts';
import { startAedes } from '../brokers.ts';
import { quantile, type Row, timed } from './statistics.ts';

const SAMPLES = 300;

/** (b) A transition durable and published, with 10 and with 10,000 jobs, beside raw durable replacement. */
export async function transitions(): Promise<Row[]> {
  const few = await measure(10);
  const many = await measure(10_000);
  const ratio = quantile(few.transition, 0.99) / quantile(few.raw, 0.99);
  const growth = quantile(many.transition, 0.5) / quantile(few.transition, 0.5);
  return [
    {
      what: 'transition durable and published, p99 (10 jobs)',
      ours: words(few.transition),
      against: `${words(few.raw)} raw durable replacement`,
      ratio,
      goal: '<= 5',
      reached: ratio <= 5,
    },
    {
      what: 'the same with 10,000 jobs in the store, against 10',
      ours: words(many.transition),
      against: words(few.transition),
      ratio: growth,
      goal: '<= 1.1',
      reached: growth <= 1.1,
    },
  ];
}

async function measure(jobs: number): Promise<{ transition: number[]; raw: number[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'discflow-bench-'));
  const broker = await startAedes();
  const topics = topicsOf('bench', `jobs-${jobs}`);
  const log = pino({ level: 'silent' });
  const connection = new Connection({
    broker: { url: broker.url, protocol: 4, clientId: `bench-${jobs}` },
    topics,
    report: () => undefined,
    log,
  });
  const waiting = new Map<number, () => void>();
  const outbox = new Outbox({
    connection,
    topicOf: (event) => topics.driveEvent(event.drive),
    acknowledged: (event) => {
      book.acknowledge(event);
      waiting.get(event.seq)?.();
    },
    refused: () => undefined,
  });
  let last: readonly JobEvent[] = [];
  const book = new JobBook({
    store: new JobStore(folder),
    onChange: (_job, events) => {
      last = events;
      outbox.add(events);
    },
    onStorageProblem: () => undefined,
    keepOutbox: true,
  });
  try {
    await book.start();
    connection.start();
    await new Promise((resolve) => connection.once('connected', () => resolve(null)));
    outbox.start();
    const ids = await fill(book, jobs);
    return await sample({ book, ids, folder, published: () => untilPublished(last, waiting) });
  } finally {
    outbox.stop();
    await connection.stop();
    await book.stop();
    await broker.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Half of the jobs have ended and are archived, as in a store that has been in use. */
async function fill(book: JobBook, jobs: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < jobs; index++) {
    const { id } = await book.create(someJob());
    if (index % 2 === 1) await book.change(id, (draft) => outcomes.finish(draft, 'nothing'));
    else ids.push(id);
  }
  await new Promise((resolve) => setTimeout(resolve, 2500));
  await book.archiveEnded();
  return ids;
}

/** Both are measured in turn, so that a disturbance of the machine meets both. */
async function sample({
  book,
  ids,
  folder,
  published,
}: {
  book: JobBook;
  ids: readonly string[];
  folder: string;
  published: () => Promise<void>;
}) {
  const transition: number[] = [];
  const raw: number[] = [];
  for (let index = 0; index < SAMPLES; index++) {
    const id = ids[index % ids.length] ?? '';
    const toggle = (draft: JobDocument) =>
      draft.state === 'waiting'
        ? outcomes.beginStep(draft, 'identify')
        : outcomes.wait(draft, { code: 'flow', cause: 'bench', hint: 'bench' });
    transition.push(
      await timed(async () => {
        await book.change(id, toggle);
        await published();
      }),
    );
    const bytes = JSON.stringify(book.get(id));
    raw.push(await timed(() => replaceDurably(join(folder, 'raw.json'), bytes)));
  }
  return { transition, raw };
}

async function untilPublished(
  events: readonly JobEvent[],
  waiting: Map<number, () => void>,
): Promise<void> {
  const seq = events.at(-1)?.seq;
  if (seq === undefined) return;
  await new Promise<void>((resolve) => waiting.set(seq, resolve));
  waiting.delete(seq);
}

function someJob(): JobDocument {
  const disc = {
    kind: 'dvd' as const,
    label: 'BENCH',
    fingerprint: null,
    globalId: null,
    bytes: 1,
    source: '/bench.iso',
  };
  return newJob({ station: 'bench', drive: 'images', disc, claim: null });
}

function words(samples: readonly number[]): string {
  const [p50, p99] = [quantile(samples, 0.5), quantile(samples, 0.99)];
  return `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;
}
