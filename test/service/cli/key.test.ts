import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { commandLine, discflow, scratch, withoutSettings } from './discflow.ts';

const beta = `T-${'k'.repeat(60)}`;
const purchased = `M-${'p'.repeat(60)}`;

describe('discflow key', function () {
  this.timeout(30_000);
  const folder = scratch();
  const [program = '', ...first] = commandLine;

  function piped(input: string, args: readonly string[]) {
    const options = { input, reject: false, extendEnv: false, env: withoutSettings() };
    return execa(program, [...first, '--data', folder.path('data'), 'key', ...args], options);
  }

  const stored = () => readFile(join(folder.path('data'), 'state', 'makemkv', 'key'), 'utf8');

  it('takes a key from standard input, says which kind it is, and does not show it', async () => {
    for (const args of [['-'], []]) {
      const { exitCode, stdout, stderr } = await piped(`${beta}\n`, args);
      assert.equal(exitCode, 0, stderr);
      assert.ok(!`${stdout}${stderr}`.includes('kkkk'));
      assert.equal(await stored(), `${beta}\n`);
    }
    const { stderr } = await piped(purchased, ['-']);
    assert.equal(
      stderr,
      '✔ A purchased key (it does not end) was taken. Discs that wait for it go on by themselves.',
    );
    const again = await piped(purchased, ['-']);
    assert.match(again.stderr, /entered before/);
  });

  it('takes a key as its argument, and warns that others see it there', async () => {
    const { code, stderr } = await discflow(['--data', folder.path('data'), 'key', beta]);
    assert.equal(code, 0, stderr);
    assert.equal(await stored(), `${beta}\n`);
    assert.ok(!stderr.includes('kkkk'));
    assert.match(stderr, /^! A key on the command line is seen in the list of processes/);
    assert.ok(!(await piped(beta, ['-'])).stderr.includes('command line'));
  });

  it('refuses what is no key without repeating it, and says where to get one', async () => {
    const { exitCode, stderr } = await piped('T-secret but wrong\n', ['-']);
    assert.equal(exitCode, 1);
    assert.match(stderr, /This is not a key of MakeMKV/);
    assert.match(stderr, /makemkv\.com\/buy.*topic|viewtopic\.php\?t=1053/);
    assert.ok(!stderr.includes('secret but wrong'));
  });

  it('asks on a terminal and does not show what is typed', async function () {
    const python = await execa('python3', ['--version'], { reject: false });
    if (python.failed) {
      console.log('skipped: needs python3 for a terminal');
      this.skip();
    }
    const typed = `T-${'z'.repeat(60)}`;
    const args = [...first, '--data', folder.path('data'), 'key'];
    const { stdout } = await execa('python3', ['-c', terminal, typed, program, ...args], {
      extendEnv: false,
      env: withoutSettings(),
    });
    assert.match(stdout, /Key \(it is not shown\): /);
    assert.match(stdout, /begins with "M-"/);
    assert.match(stdout, /A beta key .* was taken/);
    assert.ok(!stdout.includes('zzzz'), stdout);
    assert.equal(await stored(), `${typed}\n`);
  });
});

/** Runs a program on a terminal of its own, types the key when it is asked for, and prints the screen. */
const terminal = `
import os, pty, sys
typed, program, args = sys.argv[1], sys.argv[2], sys.argv[2:]
pid, screen = pty.fork()
if pid == 0:
    os.execvp(program, args)
seen = b''
sent = False
while True:
    try:
        part = os.read(screen, 4096)
    except OSError:
        break
    if not part:
        break
    seen += part
    if not sent and b'not shown' in seen:
        sent = True
        os.write(screen, typed.encode() + b'\\r')
sys.stdout.write(seen.decode())
`;
