import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Config } from '../../service/config/resolve.ts';

/** What a flow consists of, as far as it matters here. */
export const FlowNodes = z.array(z.looseObject({ id: z.string(), type: z.string() }));
export type FlowNodes = z.infer<typeof FlowNodes>;

const file = new URL('../../flows/starter.json', import.meta.url);
const TLS_NODE = 'discflow-tls';

/** The starter flow, its station set to the broker that the service uses. */
export async function starterFlow(config: Config, brokerUrl: string): Promise<FlowNodes> {
  const nodes = FlowNodes.parse(JSON.parse(await readFile(file, 'utf8')));
  const tls = tlsNode(config, brokerUrl);
  const settings = { ...stationSettings(config, brokerUrl), tls: tls?.id ?? '' };
  const filled = nodes.map((node) => (isStation(node) ? { ...node, ...settings } : node));
  return tls ? [...filled, tls] : filled;
}

export function isStation({ type }: FlowNodes[number]): boolean {
  return type === 'discflow-station';
}

/** A login that the address holds belongs to the credentials, which Node-RED keeps apart from the flow. */
function stationSettings({ mqtt, station }: Config, brokerUrl: string) {
  const url = new URL(brokerUrl);
  const user = mqtt.username ?? decodeURIComponent(url.username);
  const password = mqtt.password ?? decodeURIComponent(url.password);
  url.username = '';
  url.password = '';
  return {
    broker: url.href,
    // The embedded broker speaks 3.1.1; trying 5 first would only delay every start.
    protocol: mqtt.embedded ? '4' : String(mqtt.protocol),
    base: mqtt.base,
    station,
    ...(user && { credentials: { user, password } }),
  };
}

/** Node-RED has TLS settings in a node of their own. */
function tlsNode({ mqtt: { tls } }: Config, brokerUrl: string): FlowNodes[number] | null {
  const isPlain = !/^(mqtts|wss):/.test(brokerUrl);
  if (isPlain || (tls.verify && !tls.ca && !tls.cert)) return null;
  return {
    id: TLS_NODE,
    type: 'tls-config',
    name: '',
    ca: tls.ca ?? '',
    cert: tls.cert ?? '',
    key: tls.key ?? '',
    servername: '',
    verifyservercert: tls.verify,
  };
}
