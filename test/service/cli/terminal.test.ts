import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import { commandLine, discs, endAfterTest, scratch, withoutSettings } from './discflow.ts';

/** The program on a terminal of its own, made by script(1) of util-linux. */
function onTerminal(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const command = [...commandLine, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qfec', `stty cols 90 rows 30; exec ${command}`, '/dev/null'], {
    env: { ...withoutSettings(), TERM: 'xterm-256color', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  endAfterTest(child);
  let shown = '';
  child.stdout.on('data', (chunk) => {
    shown += chunk;
  });
  const closed = once(child, 'close');
  return {
    shown: () => shown,
    /** Resolves when the terminal shows so. */
    shows: (words: string) => untilShown(child, () => shown, words),
    types: (text: string) => child.stdin.write(text),
    ended: closed.then(() => child.exitCode),
  };
}

async function untilShown(child: ChildProcess, shown: () => string, words: string) {
  while (!stripVTControlCharacters(shown()).includes(words)) {
    if (child.exitCode !== null) throw new Error(`it ended without "${words}":\n${shown()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('On a terminal', function () {
  this.timeout(60_000);
  const folder = scratch();

  before(function () {
    if (spawnSync('script', ['--version']).status === 0) return;
    console.log('      script (util-linux) is not installed: no terminal to test on');
    this.skip();
  });

  it('shows bars and colours, asks, and stops at Ctrl-C in a question', async () => {
    await mkdir(folder.path('library'));
    const on = ['--data', folder.path('data'), '--library', folder.path('library')];
    const first = onTerminal(['run', discs.series, ...on]);
    await first.shows('Enter takes ›');
    assert.ok(first.shown().includes('\u001b[36m█'));
    first.types('\u0003');
    assert.equal(await first.ended, 130);
    assert.match(first.shown(), /■\S* Stopped\. The same command goes on/);

    const second = onTerminal(['run', discs.series, ...on], { NO_COLOR: '1' });
    await second.shows('Enter takes ›');
    second.types('9\r');
    await second.shows('There is no choice 9');
    second.types('Harbour Lights (2020) S1 D1\r');
    await second.shows('Which episodes of "Harbour Lights", season 1, are on this disc?');
    second.types('S01E04\r');
    assert.equal(await second.ended, 0);
    assert.match(second.shown(), /Harbour Lights \(2020\) - S01E06\.mkv/);
    assert.ok(!second.shown().includes('\u001b[3'));
  });

  it('colours the help, unless NO_COLOR says otherwise', async () => {
    const colourful = onTerminal(['--help']);
    const plain = onTerminal(['--help'], { NO_COLOR: '1' });
    assert.deepEqual([await colourful.ended, await plain.ended], [0, 0]);
    assert.ok(colourful.shown().includes('\u001b[1mOptions:\u001b[22m'));
    assert.ok(!plain.shown().includes('\u001b['));
  });
});
