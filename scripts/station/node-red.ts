import { createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { printable } from '../../service/cli/words.ts';
import { findParentDeathPrefix } from '../../service/tools/parent-death.ts';

const program = createRequire(import.meta.url).resolve('node-red/red.js');
const repository = fileURLToPath(new URL('../..', import.meta.url));

const READY_LIMIT_MS = 60_000;
const KILL_AFTER_MS = 5000;

export interface NodeRed {
  /** Address of the editor. */
  readonly editor: string;
  stop(): Promise<void>;
}

interface Options {
  /** The user directory. */
  folder: string;
  port: number;
  /** Told what a person should read: errors, and that it ended by itself. */
  say: (line: string) => void;
}

/**
 * Runs Node-RED as a process of its own, which ends with this one. What it says goes to node-red.log in its
 * folder. Resolves when the editor can be opened; throws when Node-RED ends before, or needs over a minute.
 */
export async function startNodeRed({ folder, port, say }: Options): Promise<NodeRed> {
  const logFile = join(folder, 'node-red.log');
  const command = [...(await findParentDeathPrefix()), process.execPath, program];
  const [file = process.execPath, ...args] = [...command, '--userDir', folder];
  // Detached, so that Ctrl-C reaches this process alone, which then ends everything in order.
  const child = execa(file, args, {
    env: { PORT: String(port), DISCFLOW_NODES: repository },
    stdin: 'ignore',
    all: true,
    buffer: false,
    detached: true,
    reject: false,
    forceKillAfterDelay: KILL_AFTER_MS,
  });
  let stopping = false;
  const ended = child.then(({ exitCode, signal }) => {
    const how = signal ? `by ${signal}` : `with exit code ${exitCode}`;
    if (!stopping) say(`Node-RED ended ${how}; what it said is in ${logFile}`);
  });
  child.all.pipe(createWriteStream(logFile));
  const editor = await editorOf(child.all, { ended, say });
  if (editor === null) {
    child.kill();
    throw new Error(`Node-RED did not start; what it said is in ${logFile}`);
  }
  return {
    editor,
    async stop() {
      stopping = true;
      child.kill();
      await ended;
    },
  };
}

/** The address that Node-RED names when it is ready, whatever its language; errors are passed on for good. */
function editorOf(
  output: NodeJS.ReadableStream,
  { ended, say }: { ended: Promise<void>; say: (line: string) => void },
): Promise<string | null> {
  const named = new Promise<string>((resolve) => {
    createInterface({ input: output }).on('line', (line) => {
      const [, level, text = ''] = / - \[(\w+)\] (.*)/.exec(line) ?? [];
      const [address] = /https?:\/\/[^\s/]+/.exec(text) ?? [];
      if (level === 'info' && address) resolve(address);
      if (level === 'error') say(`Node-RED: ${printable(text)}`);
    });
  });
  const limit = sleep(READY_LIMIT_MS, null, { ref: false });
  return Promise.race([named, ended.then(() => null), limit]);
}
