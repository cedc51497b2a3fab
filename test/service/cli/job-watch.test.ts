import assert from 'node:assert/strict';
import { createJobWatch } from '../../../service/cli/job-watch.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { newJob } from '../../../service/jobs/new-job.ts';

describe('Watching a job', () => {
  const disc = {
    kind: 'dvd' as const,
    label: 'A',
    fingerprint: null,
    globalId: null,
    bytes: 0,
    source: '/a.iso',
  };
  const job = newJob({ station: 'main', drive: 'run', disc, claim: null });
  const at = (rev: number): JobDocument => ({ ...job, rev });

  it('misses no change that comes while the last one is being looked at', async () => {
    const watch = createJobWatch();
    watch.changed(at(1));
    const seen: number[] = [];
    for await (const { rev } of watch.follow(job.id, new AbortController().signal)) {
      seen.push(rev);
      if (rev === 1) watch.changed(at(2));
      await new Promise(setImmediate);
      if (rev === 3) break;
      if (rev === 2) watch.changed(at(3));
    }
    assert.deepEqual(seen, [1, 2, 3]);
  });

  it('goes straight to the newest state after several changes', async () => {
    const watch = createJobWatch();
    watch.changed(at(1));
    const seen: number[] = [];
    for await (const { rev } of watch.follow(job.id, new AbortController().signal)) {
      seen.push(rev);
      if (rev === 4) break;
      for (const next of [2, 3, 4]) watch.changed(at(next));
    }
    assert.deepEqual(seen, [1, 4]);
  });

  it('ends when it is told to, without an error', async () => {
    const watch = createJobWatch();
    const stop = new AbortController();
    setImmediate(() => stop.abort());
    for await (const _ of watch.follow(job.id, stop.signal)) assert.fail('there is no such job');
  });
});
