import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lockState, refuseLocked } from '../../../service/store/lock.ts';
import { processStart } from '../../../service/tools/process-start.ts';
import { temporaryFolder } from '../jobs/fixtures.ts';

/** Takes the lock when the next two seconds begin, and holds it until it is told to end. */
const taker = `
  import { lockState } from '${new URL('../../../service/store/lock.ts', import.meta.url)}';
  import { setTimeout as sleep } from 'node:timers/promises';
  await sleep(2000 - (Date.now() % 2000));
  const said = await lockState(process.argv[1]).then(() => 'locked', () => 'refused');
  process.stdout.write(said + '\\n');
  for await (const _ of process.stdin);
`;

describe('the lock of the state folder', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let path: string;
  let other: ChildProcess;

  beforeEach(async () => {
    folder = await temporaryFolder();
    path = join(folder.path, 'lock');
    other = spawn('sleep', ['60']);
    await once(other, 'spawn');
  });
  afterEach(async () => {
    other.kill('SIGKILL');
    await folder.remove();
  });

  /** The lock as another process would have written it. */
  async function lockedBy(pid: number | undefined): Promise<void> {
    const release = await lockState(path);
    const [, ...rest] = (await readFile(path, 'utf8')).split(' ');
    await release();
    await writeFile(path, [pid, ...rest].join(' '));
  }

  it('is held by one of many that want it at the same time', async () => {
    const children = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ['--import', 'tsx', '--eval', taker, path], { stdio: 'pipe' }),
    );
    const outputs = children.map(async (child) => {
      let said = '';
      for await (const chunk of child.stdout) {
        said += String(chunk);
        if (said.endsWith('\n')) break;
      }
      return said.trim();
    });
    const said = await Promise.all(outputs);
    for (const child of children) child.stdin.end();
    assert.deepEqual(said.sort(), ['locked', 'refused', 'refused', 'refused']);
  });

  it('is given back, and leaves nothing', async () => {
    const release = await lockState(path);
    await release();
    assert.deepEqual(await readdir(folder.path), []);
  });

  it('is refused while its process runs', async () => {
    await writeFile(path, `${other.pid} ${await processStart(other.pid ?? 0)}`);
    await assert.rejects(lockState(path), { code: 'state-locked' });
  });

  it('is seen without being taken', async () => {
    await refuseLocked(path);
    assert.deepEqual(await readdir(folder.path), []);
    await writeFile(path, `${other.pid} ${await processStart(other.pid ?? 0)}`);
    await assert.rejects(refuseLocked(path), { code: 'state-locked' });
  });

  it('is taken over from a stranger that got the process id later', async () => {
    await lockedBy(other.pid);
    const release = await lockState(path);
    await release();
  });

  it('is taken over from a process that is gone', async () => {
    other.kill('SIGKILL');
    await once(other, 'exit');
    await lockedBy(other.pid);
    const release = await lockState(path);
    await release();
  });

  it('is taken over from a process that was killed and whose parent has not noticed', async function () {
    if (process.platform !== 'linux') return this.skip();
    const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 60'], { stdio: 'pipe' });
    const [said] = await once(parent.stdout, 'data');
    const pid = Number(String(said));
    await writeFile(path, `${pid} ${await processStart(pid)}`);
    await assert.rejects(lockState(path), { code: 'state-locked' });
    while ((await processStart(pid)) !== null) await sleep(20);
    process.kill(pid, 0);
    const release = await lockState(path);
    await release();
    parent.kill('SIGKILL');
  });

  it('is taken over when it is empty or garbage', async () => {
    for (const text of ['', 'x', '99999999999999999999 1']) {
      await writeFile(path, text);
      const release = await lockState(path);
      await release();
    }
  });
});
