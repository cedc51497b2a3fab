import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lockState } from '../../../service/store/lock.ts';
import { temporaryFolder } from '../jobs/fixtures.ts';

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

  it('is given back, and leaves nothing', async () => {
    const release = await lockState(path);
    await release();
    assert.deepEqual(await readdir(folder.path), []);
  });

  it('is refused while its process runs', async () => {
    const stat = await readFile(`/proc/${other.pid}/stat`, 'utf8').catch(() => null);
    if (stat === null) return;
    const mine = await lockState(path);
    const words = (await readFile(path, 'utf8')).split(' ');
    await mine();
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    await writeFile(path, [other.pid, ...words.slice(1, -1), ticks].join(' '));
    await assert.rejects(lockState(path), { code: 'state-locked' });
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

  it('is taken over when it is empty or garbage', async () => {
    for (const text of ['', 'x', '99999999999999999999 1']) {
      await writeFile(path, text);
      const release = await lockState(path);
      await release();
    }
  });
});
