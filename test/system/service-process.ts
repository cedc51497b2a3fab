import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/service/main.js', import.meta.url));

export interface ServiceProcess {
  readonly pid: number;
  /** Everything it said so far. */
  readonly said: () => string;
  /** Resolves when it says so; fails when it ends before, or when half a minute was not enough on a busy machine. */
  ready(): Promise<void>;
  /** kill -9 */
  kill(): Promise<void>;
  /** In good order. */
  stop(): Promise<void>;
}

/** The real service as a process of its own; the build must be fresh (npm test sees to it). */
export function startService(data: string, environment: Record<string, string>): ServiceProcess {
  const child = spawn(process.execPath, [main, '--data', data, 'serve'], {
    env: { ...process.env, DISCFLOW_LOG_FORMAT: 'json', ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const ended = once(child, 'exit');
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return {
    pid: pidOf(child),
    said: () => said,
    ready: () => untilSaid(() => said, child),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('the service could not be started');
  return pid;
}

async function untilSaid(said: () => string, child: ChildProcess): Promise<void> {
  const until = Date.now() + 30_000;
  while (!said().includes('Discflow is ready')) {
    if (child.exitCode !== null || Date.now() > until)
      throw new Error(`the service did not get ready:\n${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
