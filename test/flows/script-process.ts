import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface ScriptProcess {
  readonly child: ChildProcess;
  /** Everything it said so far. */
  said(): string;
  /** The exit code. */
  ended(): Promise<number | null>;
  /** The first group of what it says, once it says so; throws when it ends before. */
  hears(words: RegExp): Promise<string>;
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** A script of ours as somebody runs it, without the installing and building that come before. */
export function runScript(
  name: 'demo' | 'start',
  args: string[],
  env: Record<string, string> = {},
): ScriptProcess {
  const main = fileURLToPath(new URL(`../../scripts/${name}/main.ts`, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const output of [child.stdout, child.stderr])
    output.on('data', (chunk) => {
      said += chunk;
    });
  const closed = once(child, 'close').then(() => child.exitCode);
  return {
    child,
    said: () => said,
    ended: () => closed,
    async hears(words) {
      for (;;) {
        const match = words.exec(said);
        if (match) return match[1] ?? match[0];
        if (child.exitCode !== null) throw new Error(`it ended without saying ${words}:\n${said}`);
        await sleep(20);
      }
    },
    async end(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      return closed;
    },
  };
}

/** Whether somebody answers at an address. */
export async function answers(address: string): Promise<boolean> {
  return fetch(address).then(
    () => true,
    () => false,
  );
}
