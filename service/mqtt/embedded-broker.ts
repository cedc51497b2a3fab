import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, isIP, type Server, type Socket } from 'node:net';
import { Aedes, type AuthenticateError } from 'aedes';
import type { Logger } from 'pino';
import { DiscflowError, systemCode } from '../errors.ts';

export interface EmbeddedBrokerOptions {
  host: string;
  /** 0 takes any free port; `url` tells which. */
  port: number;
  login: { username: string; password: string } | null;
  log: Logger;
}

/** CONNACK code of MQTT 3.1.1 for a wrong user name or password. */
const BAD_LOGIN = 4;

/**
 * A broker inside the service (MQTT 3.1.1, in memory) for those who have none. It forgets everything
 * at its end; the clients publish what is retained again when they connect.
 */
export class EmbeddedBroker {
  readonly #options: EmbeddedBrokerOptions;
  readonly #sockets = new Set<Socket>();
  #broker: Aedes | null = null;
  #server: Server | null = null;

  constructor(options: EmbeddedBrokerOptions) {
    this.#options = options;
  }

  /** Where clients on this machine reach the broker. Only known while it runs. */
  get url(): string {
    const address = this.#server?.address();
    if (!isAddress(address)) throw new Error('the embedded broker is not running');
    const host = address.family === 'IPv6' ? `[${reachable(address)}]` : reachable(address);
    return `mqtt://${host}:${address.port}`;
  }

  /** Throws `config-invalid` when the address is open to others without a login, or is taken. */
  async start(): Promise<void> {
    const { host, port, login, log } = this.#options;
    if (login === null && !isLoopback(host)) throw openWithoutLogin(host);
    const broker = await Aedes.createBroker();
    if (login !== null) broker.authenticate = checkLogin(login);
    broker.on('clientError', (client, error) => log.debug({ client: client.id, err: error }));
    broker.on('connectionError', (client, error) => log.debug({ client: client.id, err: error }));
    // An acknowledgement and an answer leave as two small packets: Nagle would hold the second for 40 ms.
    const server = createServer({ noDelay: true }, (socket) => this.#accept(broker, socket));
    this.#broker = broker;
    try {
      await once(server.listen(port, host), 'listening');
    } catch (error) {
      await this.stop();
      throw cannotListen(error, host, port);
    }
    this.#server = server;
    log.info({ url: this.url }, 'the embedded broker is ready');
  }

  async stop(): Promise<void> {
    const [broker, server] = [this.#broker, this.#server];
    this.#broker = null;
    this.#server = null;
    const closed = server === null ? null : once(server.close(), 'close');
    if (broker !== null) await new Promise<void>((resolve) => broker.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #accept(broker: Aedes, socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    broker.handle(socket);
  }
}

function isAddress(address: AddressInfo | string | null | undefined): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** "All addresses" is no address to connect to. */
function reachable({ address }: AddressInfo): string {
  if (address === '0.0.0.0') return '127.0.0.1';
  return address === '::' ? '::1' : address;
}

function checkLogin(login: { username: string; password: string }): Aedes['authenticate'] {
  return (_client, username, password, done) => {
    const known = same(username ?? '', login.username);
    if (known && same(password ?? '', login.password)) return done(null, true);
    const error: AuthenticateError = Object.assign(new Error('bad user name or password'), {
      returnCode: BAD_LOGIN,
    });
    done(error, null);
  };
}

/** Compares in a time that tells nothing about where the two differ. */
function same(given: string | Buffer, expected: string): boolean {
  const digest = (value: string | Buffer) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function openWithoutLogin(host: string): DiscflowError {
  return new DiscflowError(
    'config-invalid',
    `The embedded broker must not listen on ${host} without a login: anybody in the network could command it`,
    { hint: 'Set a user name and a password for it, or let it listen on 127.0.0.1 only.' },
  );
}

function cannotListen(error: unknown, host: string, port: number): unknown {
  const code = systemCode(error);
  if (code === 'EADDRINUSE')
    return new DiscflowError('config-invalid', `Port ${port} on ${host} is taken`, {
      hint: 'Another broker may be running there: use it, or give the embedded broker another port.',
      cause: error,
    });
  if (code === 'EADDRNOTAVAIL' || code === 'EACCES' || code === 'ENOTFOUND')
    return new DiscflowError(
      'config-invalid',
      `The embedded broker cannot listen on ${host}:${port}`,
      {
        hint: 'Check the address and the port; ports below 1024 need special rights.',
        cause: error,
      },
    );
  return error;
}
