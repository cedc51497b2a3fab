import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const root = fileURLToPath(new URL('../..', import.meta.url));

const Told = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), what: z.object({}) }),
  z.object({
    kind: z.literal('message'),
    what: z.object({ node: z.string(), port: z.number(), msg: z.record(z.string(), z.unknown()) }),
  }),
  z.object({
    kind: z.literal('complete'),
    what: z.object({ node: z.string(), error: z.string().optional() }),
  }),
  z.object({
    kind: z.literal('status'),
    what: z.object({ node: z.string(), status: z.object({ text: z.string().optional() }) }),
  }),
  z.object({
    kind: z.literal('log'),
    what: z.object({ level: z.number(), msg: z.string(), type: z.string().optional() }),
  }),
]);
type Told = z.infer<typeof Told>;
type What<Kind extends Told['kind']> = Extract<Told, { kind: Kind }>['what'];

/** What happens in Node-RED: a message leaves a node, a node is done, a status, a line of the log. */
export type RuntimeEvents = EventEmitter<{
  started: [];
  message: [What<'message'>];
  complete: [What<'complete'>];
  status: [What<'status'>];
  log: [What<'log'>];
}>;

export interface NodeRed {
  url: string;
  events: RuntimeEvents;
  /** A full deploy; resolves when the flows have started. */
  deploy(flows: object[]): Promise<void>;
  /** Closes the nodes; with `kill`, the process ends at once. The flows stay for a new start. */
  stop(how?: 'kill'): Promise<void>;
  /** Starts again with the flows that were deployed last. */
  start(): Promise<void>;
  /** Ends it and removes its folder. */
  remove(): Promise<void>;
}

/** Starts a real Node-RED with this pack; resolves when the flows have started. */
export async function startNodeRed({
  flows = [],
  port,
}: {
  flows?: object[];
  port?: number;
} = {}): Promise<NodeRed> {
  buildIfStale();
  const userDir = mkdtempSync(join(tmpdir(), 'discflow-node-red-'));
  writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flows));
  const runtime = new Runtime({ userDir, port: port ?? (await freePort()) });
  await runtime.start();
  return runtime;
}

class Runtime implements NodeRed {
  readonly events: RuntimeEvents = new EventEmitter();
  readonly url: string;
  readonly #userDir: string;
  readonly #port: number;
  #process: ChildProcess | null = null;

  constructor({ userDir, port }: { userDir: string; port: number }) {
    this.#userDir = userDir;
    this.#port = port;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** `RED.start()` resolves before the flows run: only their own event says that they do. */
  async start(): Promise<void> {
    const started = once(this.events, 'started');
    const child = fork(join(root, 'test/flows/node-red-process.ts'), {
      execArgv: ['--import', 'tsx'],
      env: {
        ...process.env,
        DISCFLOW_TEST_PORT: `${this.#port}`,
        DISCFLOW_TEST_USER_DIR: this.#userDir,
      },
    });
    this.#process = child;
    child.on('message', (told) => this.#hear(told));
    const exited = once(child, 'exit').then(([code]) => {
      throw new Error(`Node-RED ended with ${code}`);
    });
    exited.catch(() => undefined);
    await Promise.race([started, exited]);
  }

  async deploy(flows: object[]): Promise<void> {
    const started = once(this.events, 'started');
    const response = await fetch(`${this.url}/flows`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'node-red-api-version': 'v2',
        'node-red-deployment-type': 'full',
      },
      body: JSON.stringify({ flows }),
    });
    if (!response.ok) throw new Error(`deploy: ${response.status} ${await response.text()}`);
    await started;
  }

  async stop(how?: 'kill'): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    if (how === 'kill') child.kill('SIGKILL');
    else child.send('stop');
    await exited;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#userDir, { recursive: true, force: true });
  }

  #hear(message: unknown): void {
    const told = Told.safeParse(message).data;
    if (told === undefined) return;
    if (told.kind === 'started') this.events.emit('started');
    else if (told.kind === 'message') this.events.emit('message', told.what);
    else if (told.kind === 'complete') this.events.emit('complete', told.what);
    else if (told.kind === 'status') this.events.emit('status', told.what);
    else this.events.emit('log', told.what);
  }
}

/** Node-RED loads the built pack: tests must not pass or fail with an old one. */
function buildIfStale(): void {
  const sources = [
    'nodes',
    'icons',
    'flows',
    'service/contract',
    'scripts/build.mjs',
    'package.json',
  ];
  const built = newest(join(root, 'dist/nodes'));
  if (built > Math.max(...sources.map((path) => newest(join(root, path))))) return;
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
}

function newest(path: string): number {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry === undefined) return 0;
  if (!entry.isDirectory()) return entry.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await once(server.close(), 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
