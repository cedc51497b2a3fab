import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { FlowNodes, isStation } from './starter-flow.ts';

const headers = { 'Node-RED-API-Version': 'v2', 'Content-Type': 'application/json' };
const Flows = z.object({ flows: FlowNodes });
const Station = z.object({ drives: z.array(z.unknown()) });
const LOOK_EVERY_MS = 100;

/** What is deployed; null when the editor asks for a login. */
export async function deployedFlow(editor: string): Promise<FlowNodes | null> {
  const response = await fetch(`${editor}/flows`, { headers });
  return response.ok ? Flows.parse(await response.json()).flows : null;
}

/** Deploys as the editor does, so that Node-RED itself takes the credentials out and encrypts them. */
export async function deploy(editor: string, flows: FlowNodes): Promise<void> {
  const response = await fetch(`${editor}/flows`, {
    method: 'POST',
    headers: { ...headers, 'Node-RED-Deployment-Type': 'full' },
    body: JSON.stringify({ flows }),
  });
  if (!response.ok) throw new Error(`the flow could not be deployed: ${await response.text()}`);
}

interface Limits {
  limitMs: number;
  signal: AbortSignal;
}

/** Waits until every station of the flow has heard of its service; false when it takes longer. */
export async function stationsConnected(
  editor: string,
  flow: FlowNodes,
  { limitMs, signal }: Limits,
): Promise<boolean> {
  const end = Date.now() + limitMs;
  for (const { id } of flow.filter(isStation))
    while (!(await isConnected(editor, id))) {
      if (Date.now() > end) return false;
      await sleep(LOOK_EVERY_MS, undefined, { signal });
    }
  return true;
}

/** A station knows the drives of its service as soon as it is connected. */
async function isConnected(editor: string, id: string): Promise<boolean> {
  const response = await fetch(`${editor}/discflow/stations/${encodeURIComponent(id)}`);
  return response.ok && Station.parse(await response.json()).drives.length > 0;
}
