import { constants, cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { IClientOptions } from 'mqtt';
import { setUpLibrary } from '../../service/organize/marker.ts';
import { startAedes, type TestBroker } from '../brokers.ts';
import { type ServiceProcess, startService } from './service-process.ts';
import { type Observer, observe } from './station.ts';
import { type Told, told } from './told.ts';
import { until } from './until.ts';

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
  /** Settings of the references section. */
  references?: object;
  drives?: object[];
  /** Programs instead of those that are found. */
  tools?: object;
  /** Settings of the makemkv section. */
  makemkv?: object;
  /** Folders instead of those in the data folder; libraries are always `<library>/Movies` and `<library>/TV`. */
  folders?: { staging?: string; state?: string; library?: string };
}

/** A data folder of its own with the real service on it, and somebody who looks on. */
export interface TestStation extends Told {
  readonly name: string;
  readonly data: string;
  readonly discs: string;
  readonly library: string;
  readonly staging: string;
  readonly observer: Observer;
  readonly service: ServiceProcess;
  /** Copies a disc, an image or a folder, into the image folder, complete at once. */
  insert(image: string, as?: string): Promise<void>;
  /** Puts an image in again that was let out into "done". */
  putBack(image: string): Promise<void>;
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
  const discFolder = join(data, 'discs');
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
    discs: discFolder,
    library: folder('library'),
    staging: folder('staging'),
    observer,
    ...told({
      observer,
      library: folder('library'),
      staging: folder('staging'),
      said: () => service.said(),
    }),
    get service() {
      return service;
    },
    insert: (image, as = basename(image)) => insertInto(discFolder, image, as),
    putBack: (image) =>
      rename(join(discFolder, 'done', basename(image)), join(discFolder, basename(image))),
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

/** A broker that ends behind the stations on it, after the test. */
export async function opened(starting: Promise<TestBroker>): Promise<TestBroker> {
  const broker = await starting;
  open.push(broker);
  return broker;
}

/** Starts the stations of a suite on one broker, and ends them after each of its tests. */
export function stationsOnOneBroker() {
  let broker: TestBroker;
  before(async () => {
    broker = await startAedes();
  });
  afterEach(closeStations);
  after(() => broker?.stop());
  return (options: StationOptions = {}) => startStation({ broker, ...options });
}

async function configure(data: string, name: string, options: StationOptions): Promise<void> {
  const { broker, mqtt, metadata, policies, drives, tools, makemkv, folders, references } = options;
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
    ...(references && { references }),
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
