import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { offline } from '../../offline.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const source = path('../../../service/main.ts');
const built = path('../../../dist/service/main.js');

export const discs = {
  series: path('../../../examples/discs/HARBOUR_LIGHTS_S1_D1.iso'),
  film: path('../../../examples/discs/LONG_MERIDIAN.iso'),
};

export interface Ending {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly stderr: () => string;
  /** Resolves when it has said so on standard error. */
  says(words: string): Promise<void>;
  readonly ended: Promise<Ending>;
}

const running = new Set<ChildProcess>();

/** The words to start the real program with: the build where it is fresh (`npm test`), else the source. */
export const commandLine = isFresh(built)
  ? [process.execPath, built]
  : [process.execPath, '--import', 'tsx', source];

function isFresh(build: string): boolean {
  const changedAt = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const folder = dirname(source);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.every((file) => changedAt(join(folder, file)) < changedAt(build));
}

/** Starts the program without a terminal, on settings that are those of the test alone. */
export function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const [program = '', ...first] = commandLine;
  const child = spawn(program, [...first, ...args], {
    cwd: path('../../..'),
    env: { ...withoutSettings(), ...offline, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  endAfterTest(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
  });
  const closed = once(child, 'close');
  return {
    child,
    stderr: () => output.stderr,
    says: async (words) => {
      while (!output.stderr.includes(words)) {
        if (child.exitCode !== null)
          throw new Error(`it ended without "${words}":\n${output.stderr}`);
        await Promise.race([once(child.stderr, 'data'), closed]);
      }
    },
    ended: closed.then(() => ({ code: child.exitCode, ...output })),
  };
}

/** Runs the program to its end. */
export function discflow(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ending> {
  return start(args, env).ended;
}

/** A test that fails leaves nobody behind. */
export function endAfterTest(child: ChildProcess): void {
  running.add(child);
  child.once('close', () => running.delete(child));
}

/** A folder for one test file, removed after it. */
export function scratch(): { path: (...parts: string[]) => string } {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'discflow-cli-'));
  });
  afterEach(() => {
    for (const child of running) child.kill('SIGKILL');
  });
  after(() => rm(folder, { recursive: true, force: true }));
  return { path: (...parts) => join(folder, ...parts) };
}

/** What is set on the machine that runs the tests must not decide them. */
export function withoutSettings(): NodeJS.ProcessEnv {
  const ours = (name: string) => /^(DISCFLOW_|NO_COLOR$|FORCE_COLOR$|COLORTERM$|CI$)/.test(name);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours(name)));
}
