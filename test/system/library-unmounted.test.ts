import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobSnapshot } from '../../service/contract/job.ts';
import { bind, onTmpfs, unmount } from '../service/organize/tmpfs.ts';
import { film, filmFiles, show, showFiles } from './sample-discs.ts';
import { closeStations, startStation, type TestStation } from './test-station.ts';

/** A file system that keeps its content while it is not mounted: a tmpfs shown at a second place. */
interface Disk {
  readonly mountPoint: string;
  mount(): Promise<void>;
  /** As when a network drive goes: at once, whoever has files open. */
  unmount(): Promise<void>;
}

async function withDisk(test: Mocha.Context, body: (disk: Disk) => Promise<void>): Promise<void> {
  const mountPoint = await mkdtemp(join(tmpdir(), 'discflow-mount-'));
  try {
    await onTmpfs(test, { size: '60m' }, async (folder) => {
      const content = join(folder, 'content');
      await mkdir(content);
      const disk = {
        mountPoint,
        mount: () => bind(content, mountPoint),
        unmount: () => unmount(mountPoint, '-l'),
      };
      await disk.mount();
      try {
        await body(disk);
      } finally {
        await closeStations();
        await disk.unmount().catch(() => undefined);
      }
    });
  } finally {
    await rm(mountPoint, { recursive: true, force: true });
  }
}

function isUnavailable({ state, blocked }: JobSnapshot): boolean {
  return state === 'waiting' && blocked?.code === 'library-unavailable';
}

/** Stops the service in the instant in which a file is being copied, and says which. */
async function stopInMidCopy(station: TestStation): Promise<string> {
  const parts = async () =>
    (await readdir(station.library, { recursive: true })).filter((name) => name.endsWith('.part'));
  for (const end = Date.now() + 20_000; Date.now() < end; await sleep(1)) {
    if ((await parts()).length === 0) continue;
    process.kill(station.service.pid, 'SIGSTOP');
    const [part] = await parts();
    if (part !== undefined) return part;
    process.kill(station.service.pid, 'SIGCONT');
  }
  throw new Error('no copy was caught in the middle');
}

describe('a library that is not mounted', () => {
  it('is waited for, without a byte in its mount point', async function () {
    this.timeout(40_000);
    await withDisk(this, async (disk) => {
      const station = await startStation({
        folders: { library: join(disk.mountPoint, 'library') },
      });
      await disk.unmount();
      await station.insert(film);
      const { blocked } = await station.jobWhere('waiting', isUnavailable);
      assert.match(blocked?.cause ?? '', /^Library "movies" is not available: /);
      assert.match(blocked?.hint ?? '', /^Mount .*Movies again; filing goes on by itself/);
      await sleep(1500);
      assert.deepEqual(await readdir(disk.mountPoint), []);
      await disk.mount();
      assert.equal((await station.ended(film)).outcome, 'complete');
      assert.deepEqual(await station.filed(), filmFiles);
      station.assertWholeStory();
    });
  });

  it('because it went in mid-copy is waited for, and gets every file once', async function () {
    this.timeout(60_000);
    await withDisk(this, async (disk) => {
      const station = await startStation({
        folders: { library: join(disk.mountPoint, 'library') },
      });
      await station.insert(show);
      const part = await stopInMidCopy(station);
      await disk.unmount();
      process.kill(station.service.pid, 'SIGCONT');
      await station.jobWhere('waiting', isUnavailable);
      await sleep(1500);
      assert.deepEqual(await readdir(disk.mountPoint), []);
      await disk.mount();
      const { outcome } = await station.ended(show);
      assert.equal(outcome, 'complete');
      assert.deepEqual(await station.filed(), showFiles);
      const left = await readdir(station.library, { recursive: true });
      assert.ok(!left.includes(part), `${part} is left over`);
      assert.deepEqual(await station.staged(), []);
      station.assertWholeStory();
    });
  });
});
