import type { Node, NodeAPI, NodeDef, NodeMessage, NodeMessageInFlow } from 'node-red';
import { z } from 'zod';
import type { StationLink } from './link.ts';
import { NodeError, toNodeError } from './node-error.ts';
import { NodeStatusLine } from './node-status.ts';
import type { PathMap } from './path-map.ts';
import { type Station, stationOf } from './stations.ts';

/** What a node works with. `signal` is aborted when the node closes. */
export interface NodeContext<Config> {
  id: string;
  config: Config;
  link: StationLink;
  pathMap: PathMap;
  status: NodeStatusLine;
  signal: AbortSignal;
  /** Sends the node's own message; never throws. One entry per output. */
  emit: (outputs: (NodeMessage | null)[]) => void;
  warn: (text: string) => void;
}

export type Send = (msg: NodeMessage) => void;

/** Resolves when the message is dealt with (a Complete node fires); rejects for a Catch node. */
export type InputHandler = (msg: NodeMessageInFlow, send: Send) => Promise<void>;

export interface NodeDefinition<Config> {
  /** The node's own settings; `station` is read here. */
  config: z.ZodType<Config>;
  /** Called once; what it begins must end with `signal`. */
  start: (context: NodeContext<Config>) => InputHandler | null;
}

const StationChoice = z.object({ station: z.string() });

/**
 * Registers a node type. The wrapper owns what every node needs: no exception escapes, `done` is
 * called exactly once, wrong settings and a missing station are told, everything ends on close.
 */
export function defineNode<Config>(
  RED: NodeAPI,
  type: string,
  definition: NodeDefinition<Config>,
): void {
  function construct(this: Node, def: NodeDef): void {
    RED.nodes.createNode(this, def);
    const closing = new AbortController();
    const handle = begin({ RED, node: this, def, definition, signal: closing.signal });
    this.on('input', (msg, send, done) => {
      settle({ run: () => handle(msg, send), done, signal: closing.signal });
    });
    this.on('close', () => closing.abort());
  }
  RED.nodes.registerType(type, construct);
}

interface Beginning<Config> {
  RED: NodeAPI;
  node: Node;
  def: NodeDef;
  definition: NodeDefinition<Config>;
  signal: AbortSignal;
}

function begin<Config>(beginning: Beginning<Config>): InputHandler {
  const { RED, node, def, signal } = beginning;
  const status = new NodeStatusLine({ node, RED, signal });
  const choice = StationChoice.safeParse(def).data?.station ?? '';
  const chosen = RED.nodes.getNode(choice);
  const station = stationOf(chosen);
  if (station === null) return reject(status, chosen ? 'bad-settings' : 'no-station', noStation());
  try {
    return beginWith({ ...beginning, station, status });
  } catch (error) {
    node.error(toNodeError(error));
    return reject(status, 'bad-settings', toNodeError(error));
  }
}

function beginWith<Config>({
  node,
  def,
  definition,
  signal,
  station,
  status,
}: Beginning<Config> & { station: Station; status: NodeStatusLine }): InputHandler {
  const context: NodeContext<Config> = {
    id: node.id,
    config: parseConfig(definition.config, def),
    ...station,
    status,
    signal,
    emit: (outputs) => emit(node, signal, outputs),
    warn: (text) => node.warn(text),
  };
  const unwatch = station.link.watch({ state: (state) => status.connection(state) });
  signal.addEventListener('abort', unwatch, { once: true });
  return definition.start(context) ?? (() => Promise.resolve());
}

function parseConfig<Config>(schema: z.ZodType<Config>, def: NodeDef): Config {
  const parsed = schema.safeParse(def);
  if (parsed.success) return parsed.data;
  throw new NodeError({
    code: 'config-invalid',
    message: z.prettifyError(parsed.error),
    hint: 'Open the node, correct its settings and deploy.',
  });
}

function noStation(): NodeError {
  return new NodeError({
    code: 'config-invalid',
    message: 'No station is set, or it is disabled or has wrong settings',
    hint: 'Open the node, choose a station and deploy.',
  });
}

function reject(
  status: NodeStatusLine,
  word: 'no-station' | 'bad-settings',
  error: NodeError,
): InputHandler {
  status.fault(word);
  return () => Promise.reject(error);
}

function emit(node: Node, signal: AbortSignal, outputs: (NodeMessage | null)[]): void {
  if (signal.aborted) return;
  try {
    node.send(outputs);
  } catch (error) {
    node.error(toNodeError(error));
  }
}

interface Settling {
  run: () => Promise<void>;
  done: (error?: Error) => void;
  signal: AbortSignal;
}

/** A closed node owes nothing any more: its inputs end without a word. */
function settle({ run, done, signal }: Settling): void {
  Promise.resolve()
    .then(run)
    .then(
      () => undefined,
      (error: unknown) => toNodeError(error),
    )
    .then((error) => {
      if (!signal.aborted) done(error);
    })
    .catch(() => undefined);
}
