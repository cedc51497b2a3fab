import { join } from 'node:path';
import type { ProgressView } from '../../service/cli/progress-view.ts';
import { freePort } from '../station/free-port.ts';
import { type Station, startStation } from '../station/station.ts';
import { createDemoLog } from './demo-log.ts';
import { references } from './sample-discs.ts';

const BROKER_PORT = 1883;

/** A station whose flow works. */
export interface DemoStation extends Station {
  readonly editor: string;
}

interface Options {
  folder: string;
  view: ProgressView;
  signal: AbortSignal;
}

/** Nothing of the environment changes the demo: it must not reach somebody's real broker or library. */
export async function startDemoStation({ folder, view, signal }: Options): Promise<DemoStation> {
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('DISCFLOW_'));
  const port = await freePort(BROKER_PORT);
  view.say('Starting the service with its own broker, and Node-RED with the starter flow …');
  const station = await startStation({
    data: folder,
    env: {
      ...Object.fromEntries(environment),
      DISCFLOW_MQTT_PORT: String(port),
      // Its discs are of our own making: no catalogue knows them.
      DISCFLOW_METADATA_TMDB_ENABLED: 'false',
      DISCFLOW_METADATA_THEDISCDB_ENABLED: 'false',
      DISCFLOW_REFERENCES_FOLDERS: references,
    },
    log: () => createDemoLog(join(folder, 'service.log'), view.say),
    say: view.say,
    signal,
  });
  const { editor, connected } = station;
  if (editor !== null && connected) return { ...station, editor };
  await station.stop();
  throw new Error('the flow in Node-RED did not find the service');
}
