import assert from 'node:assert/strict';
import { constants, cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { IClientOptions } from 'mqtt';
import type { JobSnapshot } from '../../service/contract/job.ts';
import { type JobsState, JobsState as JobsStateShape } from '../../service/contract/station.ts';
import { setUpLibrary } from '../../service/organize/marker.ts';
import type { TestBroker } from '../brokers.ts';
import { type ServiceProcess, startService } from './service-process.ts';
import { distinctSeqs, type Observer, observe } from './station.ts';

const discs = fileURLToPath(new URL('../../examples/discs', import.meta.url));
export const film = join(discs, 'LONG_MERIDIAN.iso');
export const show = join(discs, 'HARBOUR_LIGHTS_S1_D1.iso');
/** What arrives of them. */
export const filmFiles = ['Bonus 1-02.mkv', 'Long Meridian.mkv'];
export const showFiles = [
  'Bonus 1-05.mkv',
  'Harbour Lights - S01E01.mkv',
  'Harbour Lights - S01E02.mkv',
  'Harbour Lights - S01E03.mkv',
];

export interface StationOptions {
  /** Without one the station starts its own broker, on another port each time: not for restarts. */
  broker?: Pick<TestBroker, 'url'>;
  /** For the observer: a login, a version of MQTT. */
  client?: IClientOptions;
  /** Settings of the mqtt section beside the address. */
  mqtt?: object;
  /** Catalogues to ask; none unless told. */
  metadata?: object;
  policies?: object;
  drives?: object[];
  /** Programs instead of those that are found. */
  tools?: object;
  /** Settings of the makemkv section. */
  makemkv?: object;
  /** Folders instead of those in the data folder; libraries are always `<library>/Movies` and `<library>/TV`. */
  folders?: { staging?: string; state?: string; library?: string };
}

/** A data folder of its own with the real service on it, and somebody who looks on. */
export interface TestStation {
  readonly name: string;
  readonly data: string;
  readonly discs: string;
  readonly library: string;
  readonly staging: string;
  readonly observer: Observer;
  readonly service: ServiceProcess;
  /** Copies a disc, an image or a folder, into the image folder, complete at once. */
  insert(image: string, as?: string): Promise<void>;
  /** Resolves when the new process is ready and, unless told, connected to the broker. */
  start(options?: { connected?: boolean }): Promise<void>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

let count = 0;
const open: { stop(): Promise<void> }[] = [];

/**
 * Sets a station up and starts it. It asks nothing and waits for no flow unless told: most tests are about
 * something else.
 */
export async function startStation(options: StationOptions = {}): Promise<TestStation> {
  const data = await mkdtemp(join(tmpdir(), 'discflow-system-'));
  const name = `test-${process.pid}-${count++}`;
  await configure(data, name, options);
  const environment = { DISCFLOW_LOG_LEVEL: 'info' };
  const launch = () => startService(data, environment);
  let service = launch();
  const folder = (kind: 'staging' | 'library') => options.folders?.[kind] ?? join(data, kind);
  open.push({
    stop: async () => {
      await service.kill();
      await rm(data, { recursive: true, force: true });
    },
  });
  await service.ready();
  const url = options.broker?.url ?? embeddedUrl(service.said());
  const observer = await observe(url, 'discflow', name, options.client);
  open.push(observer);
  return {
    name,
    data,
    discs: join(data, 'discs'),
    library: folder('library'),
    staging: folder('staging'),
    observer,
    get service() {
      return service;
    },
    insert: (image, as = basename(image)) => insertInto(join(data, 'discs'), image, as),
    async start({ connected = true } = {}) {
      service = launch();
      await service.ready();
      const isConnected = () => service.said().includes('connected to the broker');
      if (connected) await until('a connection to the broker', isConnected);
    },
    stop: () => service.stop(),
    kill: () => service.kill(),
  };
}

/** Ends whatever tests have started, also those that failed. */
export async function closeStations(): Promise<void> {
  for (const each of open.splice(0).reverse()) await each.stop();
}

async function configure(data: string, name: string, options: StationOptions): Promise<void> {
  const { broker, mqtt, metadata, policies, drives, tools, makemkv, folders } = options;
  const root = folders?.library ?? 'library';
  const config = {
    station: name,
    staging: folders?.staging ?? 'staging',
    state: folders?.state ?? 'state',
    mqtt: { ...(broker ? { url: broker.url } : { port: 0 }), ...mqtt },
    drives: drives ?? [{ id: 'images', folder: 'discs', settle_seconds: 0.2 }],
    libraries: [
      { id: 'movies', kind: 'movie', root: `${root}/Movies` },
      { id: 'tv', kind: 'tv', root: `${root}/TV` },
    ],
    policies: { claim_seconds: 0, identity: 'accept', episode_order: 'accept', ...policies },
    metadata: { tmdb: { enabled: false }, thediscdb: { enabled: false }, ...metadata },
    ...(tools && { tools }),
    ...(makemkv && { makemkv }),
  };
  await mkdir(join(data, 'discs'), { recursive: true });
  for (const library of config.libraries) await setUp(data, library);
  // JSON is YAML too.
  await writeFile(join(data, 'discflow.yaml'), JSON.stringify(config, null, 2));
}

/** Folders of a library that is there already stay as they are. */
async function setUp(data: string, { id, kind, root }: { id: string; kind: string; root: string }) {
  const path = root.startsWith('/') ? root : join(data, root);
  await mkdir(path, { recursive: true });
  await setUpLibrary({ id, kind: kind === 'tv' ? 'tv' : 'movie', root: path });
}

export async function insertInto(folder: string, image: string, as: string): Promise<void> {
  const unfinished = join(folder, `.arriving-${process.pid}-${count++}`);
  await cp(image, unfinished, { recursive: true, mode: constants.COPYFILE_FICLONE });
  await rename(unfinished, join(folder, as));
}

function embeddedUrl(said: string): string {
  const url = /"url":"(mqtt:[^"]+)"/.exec(said)?.[1];
  if (url === undefined) throw new Error(`the service named no broker:\n${said}`);
  return url;
}

/** Waits until something is so; throws with the text, and what the station says of its jobs, after the limit. */
export async function until<T>(
  what: string,
  look: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  { station, limitMs = 15_000 }: { station?: TestStation; limitMs?: number } = {},
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end)
      throw new Error(`not within ${limitMs} ms: ${what}${station ? `\n${picture(station)}` : ''}`);
    await sleep(10);
  }
}

function picture({ observer, service }: TestStation): string {
  const jobs = [...observer.jobs.values()].map(
    ({ disc, state, outcome, blocked, error }) =>
      `${disc.label}: ${state} ${outcome ?? ''} ${JSON.stringify(blocked ?? error)}`,
  );
  return [...jobs, service.said().slice(-2000)].join('\n');
}

/** The job of a disc, by the name of its image, once it is as wanted. */
export function jobWhere(
  station: TestStation,
  what: string,
  holds: (job: JobSnapshot) => boolean,
  limitMs?: number,
): Promise<JobSnapshot> {
  const look = () => [...station.observer.jobs.values()].find(holds);
  return until(`a job that is ${what}`, look, { station, ...(limitMs && { limitMs }) });
}

/** The job of an image when it has ended. */
export function endedJob(station: TestStation, image: string, attempt = 1): Promise<JobSnapshot> {
  const name = basename(image);
  return jobWhere(
    station,
    `the ended one of ${name}`,
    (job) => basename(job.disc.source) === name && job.endedAt !== null && job.attempt >= attempt,
  );
}

export function jobsState({ observer }: TestStation): JobsState | undefined {
  const text = observer.retained.get('jobs/state');
  return text === undefined ? undefined : JobsStateShape.parse(JSON.parse(text));
}

/** Names of all files below a folder that are no hidden ones, sorted. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}

/** Every event arrived, in order and once, and all that was said fits the contract. */
export function assertWholeStory({ observer }: TestStation): void {
  const seqs = distinctSeqs(observer.events);
  assert.deepEqual(
    seqs,
    seqs.map((_, index) => index + 1),
  );
  assert.deepEqual(observer.faults, []);
}
