import assert from 'node:assert/strict';
import type { EventEmitter } from 'node:events';
import type { Node, NodeInitializer, NodeMessage, NodeStatus } from 'node-red';
import helper from 'node-red-node-test-helper';
import { z } from 'zod';
import command from '../../nodes/command/command.ts';
import discInserted from '../../nodes/disc-inserted/disc-inserted.ts';
import event from '../../nodes/event/event.ts';
import identify from '../../nodes/identify/identify.ts';
import match from '../../nodes/match/match.ts';
import organize from '../../nodes/organize/organize.ts';
import review from '../../nodes/review/review.ts';
import rip from '../../nodes/rip/rip.ts';
import { stationOf } from '../../nodes/shared/stations.ts';
import station from '../../nodes/station/station.ts';
import { startAedes, type TestBroker } from '../brokers.ts';
import { eventually, MiniStation } from './mini-station.ts';

const CaughtError = z.object({ code: z.string(), message: z.string() });

const types: NodeInitializer[] = [
  station,
  discInserted,
  identify,
  rip,
  match,
  review,
  organize,
  event,
  command,
];

interface Settings {
  type: string;
  outputs?: number;
  [setting: string]: unknown;
}

/** A broker, a station and one node of ours with a recorder on every output. */
export class Bench {
  readonly broker: TestBroker;
  readonly station: MiniStation;
  /** What each output sent. */
  received: NodeMessage[][] = [];
  /** The texts that the node showed below itself. */
  statuses: string[] = [];
  /** What the node said in the debug sidebar and the log. */
  warnings: unknown[] = [];
  #flow: object[] = [];

  private constructor(broker: TestBroker) {
    this.broker = broker;
    this.station = new MiniStation(broker.url);
  }

  static async open(): Promise<Bench> {
    const bench = new Bench(await startAedes());
    await bench.station.start();
    return bench;
  }

  async close(): Promise<void> {
    await helper.unload();
    await this.station.stop().catch(() => undefined);
    await this.broker.stop();
  }

  /** Starts Node-RED's runtime with the node `n`, a Catch and a Complete node. */
  async load({ outputs = 1, ...settings }: Settings, config: object = {}): Promise<void> {
    const recorders = Array.from({ length: outputs }, (_, index) => `out${index}`);
    this.#flow = [
      { id: 'tab', type: 'tab', label: 'test' },
      this.config(config),
      {
        id: 'n',
        z: 'tab',
        name: '',
        station: 's',
        ...settings,
        wires: recorders.map((id) => [id]),
      },
      ...[...recorders, 'caught', 'completed'].map((id) => ({
        id,
        z: 'tab',
        type: 'helper',
        wires: [],
      })),
      { id: 'n-catch', z: 'tab', type: 'catch', scope: null, wires: [['caught']] },
      { id: 'n-complete', z: 'tab', type: 'complete', scope: ['n'], wires: [['completed']] },
    ];
    await helper.load(types, this.#flow, {});
    this.received = recorders.map((id) => record(id));
    this.statuses = recordStatus(this.node);
    this.warnings = recordWarnings(this.node);
  }

  /** A full deploy of the same flow: every node is closed and made anew. */
  async deployAgain(): Promise<void> {
    await helper.setFlows(this.#flow, 'full');
    this.received = this.received.map((_, index) => record(`out${index}`));
  }

  /** What the editor gets from an admin endpoint. */
  async getJson(path: string): Promise<unknown> {
    return (await helper.request().get(path)).body;
  }

  /** Resolves when the node's connection stands, and when it knows the job if one is named. */
  async ready(job?: string): Promise<void> {
    const link = stationOf(helper.getNode('s'))?.link;
    await eventually(() => {
      assert.equal(link?.state, 'online');
      if (job !== undefined) assert.ok(link.jobs.some(({ id }) => id === job));
    });
  }

  config(changes: object = {}): object {
    return {
      id: 's',
      type: 'discflow-station',
      broker: this.broker.url,
      base: 'test/discflow',
      station: 'main',
      protocol: 'auto',
      tls: '',
      pathMap: [],
      ...changes,
    };
  }

  get node(): Node {
    return helper.getNode('n');
  }
}

/** The messages that come to a helper node from now on. */
export function record(id: string): NodeMessage[] {
  const messages: NodeMessage[] = [];
  helper.getNode(id).on('input', (msg, _send, done) => {
    messages.push(msg);
    done();
  });
  return messages;
}

/** The one error that a Catch node was given. */
export function errorOf(caught: NodeMessage[]): { code: string; message: string } {
  const [msg] = caught;
  return CaughtError.parse(msg?.error);
}

/** The texts of all statuses that a node shows from now on. */
function recordStatus(node: Node): string[] {
  const texts: string[] = [];
  const emitter: EventEmitter = node;
  emitter.on('call:status', (call: { args: [NodeStatus] }) => texts.push(call.args[0].text ?? ''));
  return texts;
}

function recordWarnings(node: Node): unknown[] {
  const warnings: unknown[] = [];
  const emitter: EventEmitter = node;
  emitter.on('call:warn', (call: { args: [unknown] }) => warnings.push(call.args[0]));
  return warnings;
}
