import { once } from 'node:events';
import { createServer } from 'node:net';
import { systemCode } from '../../service/errors.ts';

const TRIES = 50;

/** The wanted TCP port on 127.0.0.1, or the next one above it that nobody uses. */
export async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + TRIES; port++) if (await isFree(port)) return port;
  throw new Error(`every port from ${wanted} to ${wanted + TRIES - 1} is taken`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch (error) {
    if (systemCode(error) === 'EADDRINUSE' || systemCode(error) === 'EACCES') return false;
    throw error;
  }
  await once(server.close(), 'close');
  return true;
}
