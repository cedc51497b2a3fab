import { join } from 'node:path';
import type { Logger } from 'pino';
import { startApp } from '../../service/app.ts';
import { type LoadedConfig, loadConfig } from '../../service/config/load-config.ts';
import type { Config } from '../../service/config/resolve.ts';
import { setUpFirstLibraries } from '../../service/organize/set-up-libraries.ts';
import { deploy, deployedFlow, stationsConnected } from './deploy.ts';
import { freePort } from './free-port.ts';
import { type NodeRed, startNodeRed } from './node-red.ts';
import { prepareNodeRedFolder } from './node-red-folder.ts';
import { starterFlow } from './starter-flow.ts';

const EDITOR_PORT = 1880;
const CONNECT_LIMIT_MS = 15_000;

/** The service and a Node-RED beside it. */
export interface Station extends LoadedConfig {
  readonly brokerUrl: string;
  /** Address of Node-RED; null when it did not start. */
  readonly editor: string | null;
  /** Whether the flow has found the service. */
  readonly connected: boolean;
  stop(): Promise<void>;
}

interface Options {
  data?: string | undefined;
  env: NodeJS.ProcessEnv;
  log: (config: Config) => Logger;
  /** For lines about Node-RED that a person should read. */
  say: (line: string) => void;
  signal: AbortSignal;
}

/**
 * Starts the service on a data folder, then Node-RED in `node-red/` below it, with the starter flow unless there
 * is a flow already. Throws a `DiscflowError` for what a person has to mend first; nothing runs on then.
 */
export async function startStation(options: Options): Promise<Station> {
  const { data, env, say, signal } = options;
  const loaded = await loadConfig({ data, env });
  const { config } = loaded;
  const log = options.log(config);
  for (const warning of loaded.warnings) log.warn(warning);
  if (loaded.created) await setUpFirstLibraries(config.libraries);
  const app = await startApp({ config, log });
  const { brokerUrl } = app;
  try {
    const flow = await startFlow({ config, brokerUrl, say, signal });
    return {
      ...loaded,
      brokerUrl,
      editor: flow?.editor ?? null,
      connected: flow?.connected ?? false,
      async stop() {
        await flow?.stop();
        await app.stop();
      },
    };
  } catch (error) {
    await app.stop();
    throw error;
  }
}

interface FlowOptions extends Pick<Options, 'say' | 'signal'> {
  config: Config;
  brokerUrl: string;
}

/** The service does without: null when Node-RED or its flow could not be started. */
async function startFlow(options: FlowOptions) {
  const { config, say, signal } = options;
  const folder = join(config.data, 'node-red');
  let nodeRed: NodeRed | null = null;
  try {
    await prepareNodeRedFolder(folder);
    nodeRed = await startNodeRed({ folder, port: await freePort(EDITOR_PORT), say });
    signal.throwIfAborted();
    return { ...nodeRed, connected: await connectFlow(nodeRed.editor, options) };
  } catch (error) {
    await nodeRed?.stop();
    signal.throwIfAborted();
    say(`There is no flow: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}

/** Deploys the starter flow where there is none, and waits until the flow has found the service. */
async function connectFlow(
  editor: string,
  { config, brokerUrl, signal }: FlowOptions,
): Promise<boolean> {
  const existing = await deployedFlow(editor);
  const flow = existing?.length === 0 ? await starterFlow(config, brokerUrl) : existing;
  if (flow !== existing) await deploy(editor, flow ?? []);
  return stationsConnected(editor, flow ?? [], { limitMs: CONNECT_LIMIT_MS, signal });
}
