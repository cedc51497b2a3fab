import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { deploy } from '../../../scripts/station/deploy.ts';
import type { FlowNodes } from '../../../scripts/station/starter-flow.ts';
import { Journal } from './journal.ts';

const settings = fileURLToPath(new URL('node-red-settings.cjs', import.meta.url));
/** Another Node-RED than the installed one, to run the same on a later version. */
const { DISCFLOW_TEST_NODE_RED = 'node-red' } = process.env;
const library = createRequire(import.meta.url).resolve(DISCFLOW_TEST_NODE_RED);
const program = resolve(library, '../../red.js');
const START_LIMIT_MS = 30_000;

export interface NodeRedOptions {
  flow: FlowNodes;
  /** Ids of nodes: the process kills itself when one of these sends for the first time. */
  diesAt?: readonly string[];
}

/** Node-RED's own program as a process of its own; its folder and port stay over restarts. */
export class NodeRed {
  readonly editor: string;
  readonly journal: Journal;
  /** How it ended without being told to. */
  readonly deaths: string[] = [];
  readonly #options: NodeRedOptions;
  readonly #folder: string;
  readonly #port: number;
  #child: ChildProcess | null = null;

  private constructor(options: NodeRedOptions, folder: string, port: number) {
    this.#options = options;
    this.#folder = folder;
    this.#port = port;
    this.editor = `http://127.0.0.1:${port}`;
    this.journal = new Journal(join(folder, 'journal.jsonl'));
  }

  /** Resolves when the flow, which was there already, has started. */
  static async launch(options: NodeRedOptions): Promise<NodeRed> {
    const folder = await mkdtemp(join(tmpdir(), 'discflow-node-red-'));
    await writeFile(join(folder, 'flows.json'), JSON.stringify(options.flow));
    const nodeRed = new NodeRed(options, folder, await freePort());
    await nodeRed.start();
    return nodeRed;
  }

  async start(): Promise<void> {
    const log = await open(join(this.#folder, 'log'), 'a');
    const child = spawn(process.execPath, [program, '--settings', settings], {
      env: this.#environment(),
      stdio: ['ignore', log.fd, log.fd],
    });
    await log.close();
    this.#child = child;
    child.on('exit', (code, signal) => {
      if (this.#child === child) this.deaths.push(`Node-RED ended with ${signal ?? code}`);
    });
    await this.#started(this.#starts());
  }

  /** A full deploy of the same flow: every node is closed and made anew. */
  async deploy(): Promise<void> {
    const before = this.#starts();
    await deploy(this.editor, this.#options.flow);
    await this.#started(before);
  }

  /** Presses the button of an inject node. */
  async press(node: string): Promise<void> {
    const { ok, status } = await fetch(`${this.editor}/inject/${node}`, { method: 'POST' });
    if (!ok) throw new Error(`the button of ${node} does nothing: ${status}`);
  }

  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** In good order. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  isRunning(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null;
  }

  /** Everything it wrote on its terminal. */
  said(): Promise<string> {
    return readFile(join(this.#folder, 'log'), 'utf8');
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      DISCFLOW_TEST_NODE_RED_LIBRARY: library,
      DISCFLOW_TEST_USER_DIR: this.#folder,
      DISCFLOW_TEST_PORT: `${this.#port}`,
      DISCFLOW_TEST_DIES_AT: (this.#options.diesAt ?? []).join(','),
    };
  }

  #starts(): number {
    return this.journal.of('started').length;
  }

  /** A process that dies while it starts is for the caller to see, not a fault of starting. */
  async #started(before: number): Promise<void> {
    const end = Date.now() + START_LIMIT_MS;
    while (this.#starts() === before && this.isRunning()) {
      if (Date.now() > end) throw new Error(`Node-RED did not start:\n${await this.said()}`);
      await sleep(20);
    }
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await once(server.close(), 'close');
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}
