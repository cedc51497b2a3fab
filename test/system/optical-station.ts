import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { startApp } from '../../service/app.ts';
import { createLog } from '../../service/cli/log.ts';
import { readConfig } from '../../service/config/read-config.ts';
import { resolveConfig } from '../../service/config/resolve.ts';
import { DriveState } from '../../service/contract/station.ts';
import { setUpLibrary } from '../../service/organize/marker.ts';
import { dvdMedia, FakeSystem, files } from '../service/drives/optical/fake-system.ts';
import { type Observer, observe } from './station.ts';
import { until } from './until.ts';

/** The service on a machine whose drives are made up, and somebody who looks on. */
export interface OpticalStation {
  readonly system: FakeSystem;
  readonly observer: Observer;
  readonly library: string;
  /** Puts an image into a drive as a DVD: the kernel tells of it three times, once without its label. */
  insert(number: number, image: string, label: string): Promise<void>;
  takeOut(number: number): Promise<void>;
  /** The last that was said of a drive, by its number. */
  state(number: number): DriveState | undefined;
  id(number: number): string;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

let count = 0;

export async function startOpticalStation(
  drives: number,
  settings: object = {},
): Promise<OpticalStation> {
  const system = await FakeSystem.create();
  for (let number = 0; number < drives; number++) await system.plug(number);
  const station = `optical-${process.pid}-${count++}`;
  const data = join(system.folder, 'data');
  const library = join(data, 'library');
  const libraries = [
    { id: 'movies', kind: 'movie' as const, root: join(library, 'Movies') },
    { id: 'tv', kind: 'tv' as const, root: join(library, 'TV') },
  ];
  for (const each of libraries) {
    await mkdir(each.root, { recursive: true });
    await setUpLibrary(each);
  }
  const text = JSON.stringify({
    station,
    mqtt: { port: 0 },
    drives: [],
    libraries,
    optical: { debounce_seconds: 0.2 },
    policies: { claim_seconds: 0, identity: 'accept', episode_order: 'accept' },
    ...settings,
  });
  const config = await resolveConfig(readConfig({ file: 'test', text, env: {} }), data);
  const log = createLog({ level: 'error', format: 'json' });
  const start = () => startApp({ config, log, platform: system.platform() });
  let app = await start();
  let observer = await observe(app.brokerUrl, 'discflow', station);
  if (drives > 0) await system.listening();

  const idOf = (number: number) =>
    [...observer.retained]
      .find(
        ([topic, said]) => topic.endsWith('/attributes') && said.includes(`/dev/sr${number}"`),
      )?.[0]
      .split('/')[1];
  const id = (number: number) => {
    const found = idOf(number);
    if (found === undefined) throw new Error(`drive ${number} was not announced`);
    return found;
  };

  return {
    system,
    get observer() {
      return observer;
    },
    library,
    id,
    async insert(number, image, label) {
      const device = join(system.root, 'dev', `sr${number}`);
      await rm(device, { force: true });
      await symlink(image, device);
      await system.tell(number, dvdMedia);
      for (let times = 0; times < 2; times++)
        await system.tell(number, { ...dvdMedia, ...files(label, `uuid-${label}`) });
    },
    takeOut: (number) => system.tell(number, {}),
    state(number) {
      if (idOf(number) === undefined) return undefined;
      const said = observer.retained.get(`drive/${id(number)}/state`);
      return said === undefined ? undefined : DriveState.parse(JSON.parse(said));
    },
    async restart() {
      await observer.stop();
      await app.stop();
      app = await start();
      observer = await observe(app.brokerUrl, 'discflow', station);
      await until('it runs', () => observer.retained.has('info'));
    },
    async stop() {
      await observer.stop();
      await app.stop();
      await system.remove();
    },
  };
}
