import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Aedes } from 'aedes';
import { execa, execaSync } from 'execa';

/** A broker of a test's own, on loopback and a free port that it keeps over `kill` and `restart`. */
export interface TestBroker {
  url: string;
  port: number;
  stop(): Promise<void>;
  /** Ends at once, without a word to the clients; nothing is kept. */
  kill(): Promise<void>;
  restart(): Promise<void>;
}

/** Asked for each publish before it is acknowledged; aedes closes the connection upon `false`. */
export type Allows = (topic: string) => boolean | Promise<boolean>;

/** aedes in this process: MQTT 3.1.1, in memory. */
export async function startAedes({
  allows = () => true,
}: {
  allows?: Allows;
} = {}): Promise<TestBroker> {
  const port = await freePort();
  const listen = () => listenWithAedes(port, allows);
  let close = await listen();
  const kill = () => close();
  const restart = async () => {
    await kill();
    close = await listen();
  };
  return { url: `mqtt://127.0.0.1:${port}`, port, stop: kill, kill, restart };
}

async function listenWithAedes(port: number, allows: Allows) {
  const broker = await Aedes.createBroker();
  broker.authorizePublish = (_client, { topic }, done) => {
    void Promise.resolve(allows(topic)).then((yes) => done(yes ? null : new Error('not allowed')));
  };
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    broker.handle(socket);
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return async () => {
    if (!server.listening) return;
    const closed = once(server.close(), 'close');
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => broker.close(resolve));
    await closed;
  };
}

export interface MosquittoOptions {
  login?: { username: string; password: string };
  /** Lines of the access list, for example "user station" and "topic read discflow/#". */
  acl?: string[];
  /** PEM files of the server; clients connect with mqtts://localhost. */
  tls?: { cert: string; key: string };
}

/** The version of the installed mosquitto, or null. */
export function mosquittoVersion(): string | null {
  const { stdout } = execaSync('mosquitto', ['-h'], { reject: false });
  return /version (\S+)/.exec(stdout ?? '')?.[1] ?? null;
}

/** mosquitto without persistence: MQTT 3.1.1 and 5. Check `mosquittoVersion` first. */
export async function startMosquitto(options: MosquittoOptions = {}): Promise<TestBroker> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'discflow-mosquitto-'));
  await writeConfiguration(folder, port, options);
  const spawn = () => execa('mosquitto', ['-c', join(folder, 'conf')], { reject: false });
  let running = spawn();
  await accepts(port);
  const kill = async () => {
    running.kill('SIGKILL');
    await running;
  };
  return {
    url: options.tls ? `mqtts://localhost:${port}` : `mqtt://127.0.0.1:${port}`,
    port,
    kill,
    async restart() {
      await kill();
      running = spawn();
      await accepts(port);
    },
    async stop() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function writeConfiguration(folder: string, port: number, options: MosquittoOptions) {
  const { login, acl, tls } = options;
  const lines = [
    // As root it would become a user who may not read the test's files.
    'user root',
    `listener ${port} ${tls ? 'localhost' : '127.0.0.1'}`,
    'set_tcp_nodelay true',
    'log_type error',
    `allow_anonymous ${login === undefined}`,
  ];
  if (login !== undefined) {
    const { username, password } = login;
    await execa('mosquitto_passwd', ['-c', '-b', join(folder, 'users'), username, password]);
    lines.push(`password_file ${join(folder, 'users')}`);
  }
  if (acl !== undefined) {
    await writeFile(join(folder, 'acl'), `${acl.join('\n')}\n`, { mode: 0o600 });
    lines.push(`acl_file ${join(folder, 'acl')}`);
  }
  if (tls !== undefined) lines.push(`certfile ${tls.cert}`, `keyfile ${tls.key}`);
  await writeFile(join(folder, 'conf'), `${lines.join('\n')}\n`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

/** Resolves when something accepts connections on the port; throws after five seconds. */
async function accepts(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const socket = connect(port, 'localhost');
    const connected = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (connected) return;
    await sleep(50);
  }
  throw new Error(`nothing listens on port ${port}`);
}

/** Calls the suite for aedes and, when it is installed, for mosquitto; says which. */
export function onEachBroker(suite: (broker: BrokerKind) => void): void {
  const version = mosquittoVersion();
  for (const broker of brokerKinds) {
    const missing = broker.name !== 'aedes' && version === null;
    describe(`${broker.name}, MQTT ${broker.protocol}`, () => {
      before(function () {
        if (missing) console.log('      mosquitto is not installed: skipped');
        if (missing) this.skip();
        if (broker.name === 'mosquitto') console.log(`      mosquitto ${version}`);
      });
      suite(broker);
    });
  }
}

export interface BrokerKind {
  name: 'aedes' | 'mosquitto';
  protocol: '3.1.1' | '5';
  /** For a client: what makes it speak this protocol. */
  version: 4 | 5;
  start(): Promise<TestBroker>;
}

const brokerKinds: BrokerKind[] = [
  { name: 'aedes', protocol: '3.1.1', version: 4, start: () => startAedes() },
  { name: 'mosquitto', protocol: '3.1.1', version: 4, start: () => startMosquitto() },
  { name: 'mosquitto', protocol: '5', version: 5, start: () => startMosquitto() },
];
