import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { stationsConnected } from '../../../scripts/station/deploy.ts';
import { FlowNodes, isStation } from '../../../scripts/station/starter-flow.ts';
import { mosquittoVersion, startAedes, startMosquitto, type TestBroker } from '../../brokers.ts';
import { closeStations, startStation, type TestStation } from '../../system/test-station.ts';
import { NodeRed, type NodeRedOptions } from './node-red.ts';
import { createRipGate, type RipGate } from './rip-gate.ts';

const CONNECT_LIMIT_MS = 15_000;
/** Long enough for everybody to notice that the broker is gone. */
const OUTAGE_MS = 700;

/** Everything a user runs, each in a process of its own: broker, service, Node-RED with the starter flow. */
export interface Scene {
  readonly broker: TestBroker;
  readonly station: TestStation;
  readonly nodeRed: NodeRed;
  readonly gate: RipGate;
  close(): Promise<void>;
}

export async function openScene(options: Pick<NodeRedOptions, 'diesAt'> = {}): Promise<Scene> {
  const broker = await (mosquittoVersion() === null ? startAedes() : startMosquitto());
  const gate = await createRipGate();
  const station = await startStation({
    broker,
    policies: { claim_seconds: 30, identity: 'ask', episode_order: 'ask' },
    tools: { mkvmerge: gate.program },
  });
  const flow = await starterFlow(broker.url, station.name);
  const nodeRed = await NodeRed.launch({ flow, ...options });
  const limits = { limitMs: CONNECT_LIMIT_MS, signal: new AbortController().signal };
  assert.ok(await stationsConnected(nodeRed.editor, flow, limits), 'the flow finds no service');
  const close = async () => {
    await nodeRed.remove();
    await closeStations();
    await gate.remove();
    await broker.stop();
  };
  return { broker, station, nodeRed, gate, close };
}

/** As it is shipped; only the address of the station is set. */
async function starterFlow(broker: string, station: string): Promise<FlowNodes> {
  const file = new URL('../../../flows/starter.json', import.meta.url);
  const nodes = FlowNodes.parse(JSON.parse(await readFile(file, 'utf8')));
  return nodes.map((node) => (isStation(node) ? { ...node, broker, station } : node));
}

/** Resolves when so many titles are ripped and the next one is being read or made. */
export async function midRip(scene: Scene, ripped: number): Promise<void> {
  const isThere = () =>
    [...scene.station.observer.jobs.values()].some(
      ({ state, titles }) =>
        state === 'ripping' &&
        titles.filter((title) => title.state === 'ripped').length === ripped &&
        titles.some((title) => title.state === 'ripping'),
    );
  await scene.station.until(`${ripped} titles ripped and one at work`, isThere);
}

/** What may happen to a running system. Each resolves when what was ended runs again. */
export const interruptions = {
  'Node-RED is killed and restarted': async ({ nodeRed }: Scene) => {
    await nodeRed.kill();
    await nodeRed.start();
  },
  'everything is deployed anew': ({ nodeRed }: Scene) => nodeRed.deploy(),
  'the broker is killed and restarted': async ({ broker }: Scene) => {
    await broker.kill();
    await sleep(OUTAGE_MS);
    await broker.restart();
  },
  'the service is killed and restarted': async ({ station }: Scene) => {
    await station.kill();
    await station.start();
  },
} satisfies Record<string, (scene: Scene) => Promise<void>>;

export type Interruption = keyof typeof interruptions;
