import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server may do instead of answering properly. */
export type Fault =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
  /** Accepts the request and says nothing. */
  | 'silent'
  /** Closes the connection without a word. */
  | 'cut'
  /** Stops in the middle of the answer. */
  | 'half'
  | 'malformed-json'
  /** JSON that has nothing to do with the documentation. */
  | 'wrong-schema'
  /** Goes on and on. */
  | 'endless'
  | { readonly delay: number };

export interface Seen {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** The body as it came. */
  readonly bytes: Buffer;
  readonly at: number;
}

export interface Answer {
  readonly status: number;
  /** Bytes are sent as they are, anything else as JSON. */
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

export interface LocalServer {
  /** Without a slash at the end. */
  readonly url: string;
  /** Every request so far. */
  readonly seen: Seen[];
  /** The next `times` requests whose path and query match meet this fault. */
  fail(fault: Fault, options?: { times?: number; match?: RegExp }): void;
  /** All is well again, and nothing was seen. */
  reset(): void;
  stop(): Promise<void>;
}

interface Planned {
  fault: Fault;
  times: number;
  match: RegExp;
}

/** A server on this machine alone that answers as told, faults included. */
export async function startLocalServer(answer: (request: Seen) => Answer): Promise<LocalServer> {
  const seen: Seen[] = [];
  let planned: Planned[] = [];
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  return {
    url,
    seen,
    fail(fault, { times = Number.POSITIVE_INFINITY, match = /./ } = {}) {
      planned.push({ fault, times, match });
    },
    reset() {
      planned = [];
      seen.length = 0;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const told: Seen = {
      method: request.method ?? 'GET',
      url: new URL(request.url ?? '/', url),
      headers: request.headers,
      body: bytes.toString(),
      bytes,
      at: Date.now(),
    };
    seen.push(told);
    const fault = nextFault(told);
    if (fault !== null && (typeof fault === 'string' || 'status' in fault))
      misbehave(fault, response);
    else {
      if (fault) await new Promise((resolve) => setTimeout(resolve, fault.delay));
      send(response, answer(told));
    }
  }

  function nextFault({ url: { pathname, search } }: Seen): Fault | null {
    const plan = planned.find(({ times, match }) => times > 0 && match.test(pathname + search));
    if (!plan) return null;
    plan.times--;
    return plan.fault;
  }
}

function misbehave(fault: Exclude<Fault, { delay: number }>, response: ServerResponse): void {
  if (typeof fault !== 'string') {
    response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
    response.end(fault.body ?? '{}');
    return;
  }
  switch (fault) {
    case 'silent':
      return;
    case 'cut':
      response.destroy();
      return;
    case 'half':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
      response.write('{"results": [');
      setTimeout(() => response.destroy(), 20);
      return;
    case 'endless':
      response.writeHead(200, { 'content-type': 'application/json' });
      response.on('drain', () => pourInto(response));
      pourInto(response);
      return;
    case 'malformed-json':
      sendJson(response, 200, '{"results": [{"id": 1,');
      return;
    case 'wrong-schema':
      sendJson(response, 200, '{"hello": "world"}');
      return;
  }
}

function pourInto(response: ServerResponse): void {
  while (!response.destroyed && response.write(' '.repeat(64 * 1024)));
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (body instanceof Uint8Array) response.writeHead(status).end(body);
  else sendJson(response, status, JSON.stringify(body));
}

function sendJson(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' });
  response.end(body);
}
