import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { Ulid } from '../../../service/contract/values.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { queryHistory } from '../../../service/jobs/history.ts';
import { JobStore } from '../../../service/store/job-store.ts';
import { someJob, temporaryFolder } from '../jobs/fixtures.ts';

const noBook = { all: () => [] };
const DAY_MS = 24 * 60 * 60 * 1000;

describe('the job store', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let store: JobStore;

  beforeEach(async () => {
    folder = await temporaryFolder();
    store = new JobStore(folder.path);
    await store.open();
  });
  afterEach(() => folder.remove());

  async function archived(change: Partial<JobDocument> = {}): Promise<JobDocument> {
    const job = someJob({ state: 'completed', outcome: 'complete', ...change });
    await store.create(job).write();
    await store.archive(job);
    return job;
  }

  const noTime = 'ZZZZZZZZZZZZZZZZZZZZZZZZZZ';

  it('takes only ids that hold a time', async () => {
    assert.ok(!Ulid.safeParse(noTime).success);
    assert.ok(!Ulid.safeParse('8ZZZZZZZZZZZZZZZZZZZZZZZZZ').success);
    for (const id of ['7ZZZZZZZZZZZZZZZZZZZZZZZZZ', '00000000000000000000000000']) {
      assert.equal(await store.readArchived(Ulid.parse(id)), null);
      assert.equal(await store.reopen(id), null);
    }
  });

  it('is not upset by a file with a name that is no time', async () => {
    const job = await archived();
    const [month = ''] = await readdir(join(folder.path, 'archive'));
    await writeFile(join(folder.path, 'archive', month, `${noTime}.json`), '{}');
    const ids = await store.archivedIds({ since: 0, until: Date.now() + 1000 });
    assert.deepEqual(ids, [job.id]);
  });

  it('finds archived jobs by when they were begun, newest first', async () => {
    const times = [400, 40, 4].map((days) => Date.now() - days * DAY_MS);
    const jobs = [];
    for (const time of times) jobs.push(await archived({ id: ulid(time) }));
    const since = Date.now() - 50 * DAY_MS;
    const ids = await store.archivedIds({ since, until: Date.now() });
    assert.deepEqual(ids, [jobs[2]?.id, jobs[1]?.id]);
  });

  it('brings an archived job back, and only once', async () => {
    const job = await archived();
    assert.equal((await store.reopen(job.id))?.data.id, job.id);
    assert.equal(await store.reopen(job.id), null);
    const { files } = await new JobStore(folder.path).open();
    assert.deepEqual(
      files.map(({ data }) => data.id),
      [job.id],
    );
  });

  it('shows the history around a damaged job, and keeps one copy of what is damaged', async () => {
    const [good, bad] = [await archived(), await archived()];
    const [month = ''] = await readdir(join(folder.path, 'archive'));
    await writeFile(join(folder.path, 'archive', month, `${bad.id}.json`), '{"v":1');
    for (let times = 0; times < 3; times++) {
      const jobs = await queryHistory({ book: noBook, store }, {});
      assert.deepEqual(
        jobs.map(({ id }) => id),
        [good.id],
      );
    }
    const names = await readdir(join(folder.path, 'archive', month));
    assert.equal(names.filter((name) => name.includes('damaged')).length, 1);
  });

  it('remembers the highest event number and what ended last, for the next start', async () => {
    for (let seq = 1; seq <= 60; seq++) await archived({ seq, endedAt: new Date().toISOString() });
    const next = new JobStore(folder.path);
    await next.open();
    assert.equal(next.archivedSeq, 60);
    assert.equal(next.recent.length, 50);
  });
});
