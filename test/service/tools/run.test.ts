import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { DiscflowError } from '../../../service/errors.ts';
import { createProcessLedger } from '../../../service/tools/process-ledger.ts';
import { createToolRunner, type RunOptions } from '../../../service/tools/run.ts';

const run = createToolRunner();
const shell = (script: string, options?: RunOptions) => run('/bin/sh', ['-c', script], options);

describe('running an external program', () => {
  it('gives every line of its output, and its last words', async () => {
    const lines: string[] = [];
    const result = await shell('echo one; echo two; echo three >&2; printf four', {
      onLine: (line) => lines.push(line),
    });
    assert.deepEqual(lines, ['one', 'two', 'four']);
    assert.deepEqual(result, { exitCode: 0, tail: ['three'] });
  });

  it('never passes arguments through a shell', async () => {
    const lines: string[] = [];
    await run('/bin/echo', ['$(id)', '; ls', '"'], { onLine: (line) => lines.push(line) });
    assert.deepEqual(lines, ['$(id) ; ls "']);
  });

  it('takes an exit code that is a success for this tool', async () => {
    assert.equal((await shell('exit 1', { accept: [0, 1] })).exitCode, 1);
  });

  const failures = [
    {
      name: 'an exit code',
      script: 'echo secret; echo no such disc >&2; exit 3',
      message: 'sh ended with exit code 3: no such disc',
      code: 'tool-failed',
    },
    {
      name: 'a signal',
      script: 'kill -SEGV $$',
      message: 'sh was ended by SIGSEGV',
      code: 'tool-failed',
    },
    {
      name: 'a stall',
      script: 'echo begin >&2; sleep 60',
      message: 'sh gave no sign of life and was stopped: begin',
      code: 'timeout',
      options: { stallAfter: 300 },
    },
    {
      name: 'a timeout in spite of output',
      script: 'while :; do echo; sleep 0.05; done',
      message: 'sh took too long and was stopped',
      code: 'timeout',
      options: { stallAfter: 1000, timeout: 300 },
    },
  ];
  for (const { name, script, message, code, options } of failures)
    it(`says in words what ended it: ${name}`, async () => {
      await assert.rejects(shell(script, options), { name: 'DiscflowError', code, message });
    });

  it('keeps to the end of the error output when there is much of it', async () => {
    await assert.rejects(shell('for i in 1 2 3 4 5 6 7 8; do echo line $i >&2; done; exit 1'), {
      message: 'sh ended with exit code 1: line 4 / line 5 / line 6 / line 7 / line 8',
    });
  });

  it('shows what a progress that is written over itself said last', async () => {
    await assert.rejects(shell("printf '10 %%\\r20 %%\\rdisk full\\n' >&2; exit 1"), {
      message: 'sh ended with exit code 1: disk full',
    });
  });

  it('keeps its memory when a program never ends its line', async () => {
    const endless = "head -c 100000000 /dev/zero | tr '\\0' x";
    const lines: string[] = [];
    const before = process.memoryUsage().rss;
    let peak = before;
    const sampling = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 5);
    try {
      const { tail } = await shell(`${endless}; ${endless} >&2`, {
        onLine: (line) => lines.push(line),
      });
      assert.deepEqual(
        lines.map(({ length }) => length),
        [1024 * 1024],
      );
      assert.deepEqual(tail, ['(a line of its output was cut by 98951424 bytes)', 'x'.repeat(300)]);
    } finally {
      clearInterval(sampling);
    }
    // What was read and let go waits for the collector; kept, it would be 300 MB.
    assert.ok(peak - before < 150e6, `${(peak - before) / 1e6} MB more`);
  });

  it('says that a program is not there', async () => {
    await assert.rejects(run('/nowhere/mkvmerge', []), {
      code: 'tool-missing',
      message:
        'mkvmerge cannot be run: /nowhere/mkvmerge, or a library that it needs, is not there',
    });
  });

  it('does not start what is cancelled already', async () => {
    await assert.rejects(shell('echo', { signal: AbortSignal.abort() }), { code: 'cancelled' });
  });

  it('kills the whole group on cancel, also one that ignores the polite way', async () => {
    const stop = new AbortController();
    const pids: number[] = [];
    const started = Date.now();
    const ending = shell("trap '' TERM; sleep 300 & echo $!; echo $$; sleep 300; sleep 300", {
      signal: stop.signal,
      onLine: (line) => {
        if (pids.push(Number(line)) === 2) stop.abort();
      },
    });
    await assert.rejects(ending, { code: 'cancelled', message: 'sh was cancelled' });
    assert.ok(Date.now() - started < 4000);
    assert.deepEqual(await Promise.all(pids.map(endsSoon)), [true, true]);
  });
});

describe('a tool whose service is killed', () => {
  it('is killed by the kernel where setpriv exists', async function () {
    if (process.platform !== 'linux') return this.skip();
    const { service, tool } = await startService([]);
    service.kill('SIGKILL');
    assert.equal(await endsSoon(tool), true);
  });

  it('is killed at the next start where it does not', async function () {
    if (process.platform === 'win32') return this.skip();
    const folder = await mkdtemp(join(tmpdir(), 'ledger-'));
    try {
      const { service, tool } = await startService([folder], { PATH: '/nowhere' });
      const ledger = createProcessLedger(folder);
      await delay(200);
      service.kill('SIGKILL');
      await delay(200);
      assert.equal(await isRunning(tool), true, 'the ledger is needed here');
      assert.equal(await ledger.reap(), 1);
      assert.equal(await endsSoon(tool), true);
      assert.equal(await ledger.reap(), 0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

async function startService(args: string[], environment: Record<string, string> = {}) {
  const fixture = new URL('./fixtures/parent.ts', import.meta.url).pathname;
  const service = spawn(process.execPath, ['--import', 'tsx', fixture, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
  for await (const line of createInterface({ input: service.stdout }))
    return { service, tool: Number(line) };
  throw new DiscflowError('tool-failed', 'the fixture did not start', { hint: '' });
}

/** A dead process that nobody has waited for yet (in containers for ever) does not run. */
async function isRunning(pid: number): Promise<boolean> {
  const lines: string[] = [];
  const ps = ['-o', 'stat=', '-p', String(pid)];
  await run('ps', ps, { accept: [0, 1], onLine: (line) => lines.push(line) });
  return lines.length > 0 && !lines[0]?.startsWith('Z');
}

async function endsSoon(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 50 && (await isRunning(pid)); attempt++) await delay(20);
  return !(await isRunning(pid));
}
