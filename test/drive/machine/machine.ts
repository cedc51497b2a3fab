import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { execa } from 'execa';
import { z } from 'zod';
import type { MachineFiles } from './build-machine.ts';
import { qemuArguments } from './qemu-arguments.ts';
import { Qmp } from './qmp.ts';

const AGENT_PORT = 7000;
const BOOT_MS = 180_000;
const RUN_MS = 200_000;
const MEMORY_MB = 1536;
const LAST_LINES = 15;

/** An event of udev as a program in the guest saw it; `at` is the guest's time. */
const UdevEvents = z.array(
  z.object({ at: z.number(), properties: z.record(z.string(), z.string()) }),
);
export type UdevEvent = z.infer<typeof UdevEvents>[number];

const Ran = z.object({ code: z.number().nullable(), output: z.string() });

export interface Machine {
  readonly qmp: Qmp;
  /** Where a forwarded port of the guest is reached on 127.0.0.1. */
  readonly port: number;
  /** Runs a script as root and gives what it said. Throws when it ends with another code than 0. */
  run(script: string, limitMs?: number): Promise<string>;
  /** What udev has said since the last time. */
  udevEvents(): Promise<UdevEvent[]>;
  /** Milliseconds by which the guest's clock is ahead of ours. */
  clockAhead(): Promise<number>;
  stop(): Promise<void>;
}

interface Options {
  readonly files: MachineFiles;
  /** Optical drives at the start, empty; QEMU knows them as `cd0`, `cd1` … */
  readonly drives: number;
  /** TCP port of the guest that is reached from here. */
  readonly forward: number;
}

/** Boots the machine and waits for its agent; throws what it said last when that does not come. */
export async function startMachine({ files, drives, forward }: Options): Promise<Machine> {
  const folder = await mkdtemp(join(tmpdir(), 'discflow-machine-'));
  const socket = join(folder, 'qmp');
  const agent = await freePort();
  const port = await freePort();
  const forwards = { [agent]: AGENT_PORT, [port]: forward };
  const args = await qemuArguments({ files, drives, forwards, socket, memoryMb: MEMORY_MB });
  const qemu = execa('qemu-system-x86_64', args, { reject: false, buffer: false, stdin: 'ignore' });
  const stop = async () => {
    qemu.kill('SIGKILL');
    await qemu;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilAgentListens(qemu);
    return { qmp: await Qmp.connect(socket), port, stop, ...agentAt(agent) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  await once(server.close(), 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}

/** The guest's console comes out of QEMU. */
async function untilAgentListens(qemu: {
  readonly stdout: Readable;
  readonly stderr: Readable;
}): Promise<void> {
  const said: string[] = [];
  const timer = setTimeout(() => qemu.stdout.destroy(), BOOT_MS);
  try {
    createInterface({ input: qemu.stderr }).on('line', (line) => said.push(line));
    for await (const line of createInterface({ input: qemu.stdout })) {
      said.push(line);
      if (line.includes('the agent listens')) return;
    }
  } finally {
    clearTimeout(timer);
  }
  throw new Error(`the virtual machine did not start:\n${said.slice(-LAST_LINES).join('\n')}`);
}

function agentAt(port: number): Pick<Machine, 'run' | 'udevEvents' | 'clockAhead'> {
  const ask = async (path: string, script?: string, limitMs = RUN_MS): Promise<unknown> => {
    const signal = AbortSignal.timeout(limitMs);
    const body = script === undefined ? { signal } : { signal, method: 'POST', body: script };
    return (await fetch(`http://127.0.0.1:${port}${path}`, body)).json();
  };
  return {
    async run(script, limitMs) {
      const { code, output } = Ran.parse(await ask('/run', script, limitMs));
      if (code !== 0) throw new Error(`"${script}" ended with ${code} in the guest: ${output}`);
      return output;
    },
    udevEvents: async () => UdevEvents.parse(await ask('/udev')),
    async clockAhead() {
      const asked = Date.now();
      const theirs = z.number().parse(await ask('/clock'));
      return theirs - (asked + Date.now()) / 2;
    },
  };
}
