import type { IClientOptions } from 'mqtt';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import { z } from 'zod';
import type { BrokerSettings } from '../shared/broker.ts';
import { StationLink } from '../shared/link.ts';
import { NodeError } from '../shared/node-error.ts';
import { provideStation } from '../shared/stations.ts';
import { serveStationInfo } from './station-info.ts';
import { Login, StationSettings } from './station-settings.ts';

const TYPE = 'discflow-station';

export default function station(RED: NodeAPI): void {
  function construct(this: Node, def: NodeDef): void {
    RED.nodes.createNode(this, def);
    try {
      open(RED, this, def);
    } catch (error) {
      this.error(error instanceof Error ? error : String(error));
    }
  }
  RED.nodes.registerType(TYPE, construct, {
    credentials: { user: { type: 'text' }, password: { type: 'password' } },
  });
  serveStationInfo(RED);
}

function open(RED: NodeAPI, node: Node, def: NodeDef): void {
  const settings = StationSettings.safeParse(def);
  if (!settings.success) throw badSettings(settings.error);
  const { base, station, pathMap } = settings.data;
  const link = new StationLink({
    broker: brokerOf(RED, node, settings.data),
    base,
    station,
    log: { info: (text) => node.log(text), warn: (text) => node.warn(text) },
  });
  link.start();
  provideStation(node, { link, pathMap });
  node.on('close', (_removed: boolean, done: () => void) => {
    link.stop().then(done, done);
  });
}

function badSettings(error: z.ZodError): NodeError {
  return new NodeError({
    code: 'config-invalid',
    message: z.prettifyError(error),
    hint: 'Open the station, correct its settings and deploy.',
  });
}

function brokerOf(
  RED: NodeAPI,
  node: Node,
  { broker, protocol, tls }: z.infer<typeof StationSettings>,
): BrokerSettings {
  const { user, password } = Login.parse(node.credentials ?? {});
  return {
    url: broker,
    protocol,
    tls: tlsOptions(RED.nodes.getNode(tls)),
    ...(user ? { username: user } : {}),
    ...(password ? { password } : {}),
  };
}

/** Node-RED's own tls-config node adds what it has to a client's options. */
function tlsOptions(node: Node | null): IClientOptions {
  const options: IClientOptions = {};
  if (node && 'addTLSOptions' in node && typeof node.addTLSOptions === 'function')
    node.addTLSOptions(options);
  return options;
}
