import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findParentDeathPrefix } from '../../service/tools/parent-death.ts';
import { filmFiles, showFiles } from '../system/sample-discs.ts';
import { filesIn } from '../system/told.ts';
import { answers, runScript, type ScriptProcess } from './script-process.ts';

const editorAddress = /the flow is at\s+(http:\S+)/;

describe('npm run demo', function () {
  this.timeout(60_000);
  let folder: string;
  let running: ScriptProcess[];
  const run = (...args: string[]) => {
    const script = runScript('demo', ['--folder', folder, ...args]);
    running.push(script);
    return script;
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'discflow-demo-'));
    running = [];
  });

  afterEach(async () => {
    for (const script of running) await script.end('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  it('brings both discs to the library, shows it and ends', async () => {
    const demo = run('--once', '--yes');
    const editor = await demo.hears(editorAddress);
    assert.equal(await demo.ended(), 0, demo.said());
    assert.deepEqual(await filesIn(join(folder, 'library')), [...filmFiles, ...showFiles].sort());
    assert.match(demo.said(), /├── Movies\n│ {3}└── Long Meridian\n.*Long Meridian\.mkv +4\.\d MB/);
    assert.equal(await answers(editor), false);
  });

  it('waits for answers, is disturbed by no other demo, and ends with everything at Ctrl-C', async () => {
    const demo = run();
    const editor = await demo.hears(editorAddress);
    await demo.hears(/To be answered in the flow: http/);
    const other = run('--once', '--yes');
    assert.equal(await other.ended(), 1);
    assert.match(other.said(), /Another demo runs/);
    assert.equal(await answers(editor), true);
    assert.equal(await demo.end('SIGINT'), 130);
    assert.equal(await answers(editor), false);
  });

  it('leaves no Node-RED behind when it is killed', async function () {
    if ((await findParentDeathPrefix()).length === 0) {
      console.log('      skipped: this system has no setpriv');
      this.skip();
    }
    const demo = run();
    const editor = await demo.hears(editorAddress);
    await demo.end('SIGKILL');
    while (await answers(editor)) await sleep(20);
  });

  it('deletes nothing in a folder that no demo made', async () => {
    await writeFile(join(folder, 'letters.txt'), 'mine');
    const demo = run('--once', '--yes');
    assert.equal(await demo.ended(), 1);
    assert.match(demo.said(), /was not made by a demo/);
    assert.deepEqual(await readdir(folder), ['letters.txt']);
  });
});
