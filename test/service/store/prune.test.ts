import assert from 'node:assert/strict';
import { mkdir, readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { JobStore } from '../../../service/store/job-store.ts';
import { pruneHistory, pruneStaging } from '../../../service/store/prune.ts';
import { someJob, temporaryFolder } from '../jobs/fixtures.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('housekeeping', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;

  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  async function staged(name: string, days: number): Promise<string> {
    const path = join(folder.path, name);
    await mkdir(path);
    const at = new Date(Date.now() - days * DAY_MS);
    await utimes(path, at, at);
    return name;
  }

  it('removes from staging only what is old, nobody’s and of the shape of a job', async () => {
    const old = ulid(Date.now() - 30 * DAY_MS);
    const open = ulid(Date.now() - 30 * DAY_MS);
    const stays = [
      await staged(ulid(), 1),
      await staged(open, 30),
      await staged('my-films', 30),
      await staged('ZZZZZZZZZZZZZZZZZZZZZZZZZZ', 30),
    ];
    await staged(old, 30);
    const removed = await pruneStaging(folder.path, (id) => id === open);
    assert.deepEqual(removed, [join(folder.path, old)]);
    assert.deepEqual((await readdir(folder.path)).sort(), stays.sort());
  });

  it('forgets jobs that are older than the history is kept', async () => {
    const store = new JobStore(folder.path);
    await store.open();
    const jobs = [400, 10].map((days) => someJob({ id: ulid(Date.now() - days * DAY_MS) }));
    for (const job of jobs) {
      await store.create(job).write();
      await store.archive(job);
    }
    assert.equal(await pruneHistory(store, 365), 1);
    assert.deepEqual(await store.archivedIds({ since: 0, until: Date.now() }), [jobs[1]?.id]);
  });
});
