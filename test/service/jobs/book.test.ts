import assert from 'node:assert/strict';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ulid } from 'ulid';
import type { JobEvent } from '../../../service/contract/event.ts';
import type { Problem } from '../../../service/contract/problem.ts';
import { JobBook } from '../../../service/jobs/book.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import * as outcomes from '../../../service/jobs/outcomes.ts';
import { JobStore } from '../../../service/store/job-store.ts';
import { eventually, someJob, someTitle, temporaryFolder } from './fixtures.ts';

describe('the job book', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let events: JobEvent[];
  let problems: (Problem | null)[];
  let book: JobBook;

  async function open(): Promise<JobBook> {
    const opened = new JobBook({
      store: new JobStore(folder.path),
      onChange: (_job, happened) => events.push(...happened),
      onStorageProblem: (problem) => problems.push(problem),
      keepOutbox: true,
    });
    await opened.start();
    return opened;
  }

  beforeEach(async () => {
    folder = await temporaryFolder();
    [events, problems] = [[], []];
    book = await open();
  });
  afterEach(async () => {
    await book.stop();
    await folder.remove();
  });

  function onDisk(job: JobDocument): Promise<JobDocument> {
    return readFile(join(folder.path, 'jobs', `${job.id}.json`), 'utf8').then(JSON.parse);
  }

  it('has a change on disk, with its event in the outbox, before it tells anybody', async () => {
    const job = await book.create(someJob());
    const changed = await book.change(job.id, (draft) => outcomes.beginStep(draft, 'identify'));
    const saved = await onDisk(job);
    assert.equal(saved.state, 'identifying');
    assert.deepEqual(
      saved.outbox.map(({ seq, event_type, to }) => [seq, event_type, to]),
      [
        [1, 'job-created', 'idle'],
        [2, 'step-started', 'running'],
        [3, 'job-state', 'identifying'],
      ],
    );
    assert.deepEqual(changed, saved);
  });

  it('numbers events without gaps over all jobs, however the changes come', async () => {
    const jobs = await Promise.all([1, 2, 3].map(() => book.create(someJob())));
    await Promise.all(
      jobs.flatMap(({ id }) => [
        book.change(id, (draft) => outcomes.beginStep(draft, 'identify')),
        book.change(id, (draft) => outcomes.wait(draft, { code: 'flow', cause: 'c', hint: 'h' })),
      ]),
    );
    assert.deepEqual(
      events.map(({ seq }) => seq),
      events.map((_, index) => index + 1),
    );
  });

  it('refuses a transition that the table does not know and keeps everything as it was', async () => {
    const job = await book.create(someJob({ titles: [someTitle(1)] }));
    const jump = book.change(job.id, (draft) => {
      for (const title of draft.titles) title.state = 'completed';
    });
    await assert.rejects(jump, /title t01 .* cannot go from pending to completed/);
    assert.deepEqual(await onDisk(job), book.get(job.id));
    assert.equal(book.get(job.id)?.titles[0]?.state, 'pending');
  });

  it('gives an ended job back only with a new attempt', async () => {
    const job = await book.create(someJob());
    await book.change(job.id, (draft) => outcomes.finish(draft, 'nothing'));
    const sneak = book.change(job.id, (draft) => {
      draft.state = 'idle';
    });
    await assert.rejects(sneak, /without a new attempt/);
    const again = await book.change(job.id, outcomes.reopen);
    assert.equal(again.attempt, 2);
    assert.equal(events.at(-1)?.event_type, 'job-reopened');
  });

  it('does a repeated transaction once, also after a restart', async () => {
    const job = await book.create(someJob());
    const add = (draft: JobDocument) => {
      draft.requested.push('rip');
    };
    await book.change(job.id, add, 'tx-1');
    await book.stop();
    book = await open();
    const again = await book.change(job.id, add, 'tx-1');
    assert.deepEqual(again.requested, ['rip']);
  });

  it('goes on counting after a restart and keeps what was not acknowledged', async () => {
    const job = await book.create(someJob());
    await book.change(job.id, (draft) => outcomes.beginStep(draft, 'identify'));
    const [first] = events;
    assert.ok(first);
    book.acknowledge(first);
    await book.stop();
    book = await open();
    assert.deepEqual(
      book.unacknowledged().map(({ seq }) => seq),
      [2, 3],
    );
    await book.change(job.id, (draft) =>
      outcomes.wait(draft, { code: 'flow', cause: 'c', hint: 'h' }),
    );
    assert.equal(events.at(-1)?.seq, 4);
  });

  it('archives an ended job once its outbox is empty, and never counts a number twice', async () => {
    const job = await book.create(someJob({ ejected: true }));
    await book.change(job.id, (draft) => outcomes.finish(draft, 'nothing'));
    await book.archiveEnded();
    assert.ok(book.get(job.id), 'not while events are unacknowledged');
    for (const event of events) book.acknowledge(event);
    await book.archiveEnded();
    assert.equal(book.get(job.id), undefined);
    await book.stop();
    book = await open();
    assert.equal(book.all().length, 0);
    await book.create(someJob());
    assert.equal(events.at(-1)?.seq, 3);
    const back = await book.change(job.id, outcomes.reopen);
    assert.equal(back.attempt, 2);
  });

  it('keeps an ended job at hand while its disc is in the drive', async () => {
    const job = await book.create(someJob({ ejected: false }));
    await book.change(job.id, (draft) => outcomes.finish(draft, 'nothing'));
    for (const event of events) book.acknowledge(event);
    await book.archiveEnded();
    assert.ok(book.get(job.id));
  });

  for (const { age, hours, archived } of [
    { age: 'an hour', hours: 1, archived: false },
    { age: 'two days', hours: 48, archived: true },
  ])
    it(`${archived ? 'archives' : 'keeps'} an ended job whose result nobody fetched for ${age}`, async () => {
      const handoff = {
        id: ulid(),
        node: 'gone',
        step: 'rip' as const,
        attempt: 1,
        title: null,
        outcome: 'done' as const,
        at: new Date(Date.now() - hours * 3_600_000).toISOString(),
        carry: {},
        taken: 0,
      };
      const { id } = await book.create(someJob({ ejected: true, handoffs: [handoff] }));
      await book.change(id, (draft) => outcomes.finish(draft, 'nothing'));
      for (const event of events) book.acknowledge(event);
      await book.archiveEnded();
      assert.equal(book.get(id) === undefined, archived);
    });

  it('says that acknowledgements cannot be written, and that they can again', async () => {
    const job = await book.create(someJob());
    const jobs = join(folder.path, 'jobs');
    await rename(jobs, `${jobs}.away`);
    for (const event of events) book.acknowledge(event);
    await eventually('it is said', () => problems.at(-1)?.code === 'internal');
    await rename(`${jobs}.away`, jobs);
    await book.change(job.id, (draft) => outcomes.beginStep(draft, 'identify'));
    assert.equal(problems.at(-1), null);
  });

  it('keeps a history of bounded length, its beginning and its end', async () => {
    const line = { at: new Date().toISOString(), event_type: 'job-state' as const, from: null };
    const timeline = Array.from({ length: 5000 }, (_, seq) => ({
      ...line,
      seq: seq + 1,
      to: 'idle',
    }));
    const { id } = await book.create(someJob({ timeline }));
    const changed = await book.change(id, (draft) => outcomes.beginStep(draft, 'identify'));
    assert.ok(changed.timeline.length <= 1000, `${changed.timeline.length} lines`);
    assert.equal(changed.timeline[0]?.seq, 1);
    assert.equal(changed.timeline.at(-1)?.to, 'identifying');
  });

  it('refuses a change that could not be read back after a restart', async () => {
    const job = await book.create(someJob());
    const change = book.change(job.id, (draft) => {
      draft.disc.label = 'x'.repeat(301);
    });
    await assert.rejects(change, /disc\.label/);
    assert.deepEqual(await onDisk(job), book.get(job.id));
  });

  it('leaves a damaged job out with a clear error, keeps a copy, and goes on with the others', async () => {
    const [good, bad] = [await book.create(someJob()), await book.create(someJob())];
    await book.stop();
    await writeFile(join(folder.path, 'jobs', `${bad.id}.json`), '{"v":1,"id":');
    const store = new JobStore(folder.path);
    const { files, problems } = await store.open();
    assert.deepEqual(
      files.map((file) => file.data.id),
      [good.id],
    );
    assert.equal(problems[0]?.code, 'state-damaged');
    const copy = problems[0]?.hint.match(/copy was kept as (\S+)\. /)?.[1];
    assert.ok(copy, problems[0]?.hint);
    assert.equal(await readFile(copy, 'utf8'), '{"v":1,"id":');
  });

  it('says which job is unknown', async () => {
    const unknown = book.change('01JZZZZZZZZZZZZZZZZZZZZZZZ', () => undefined);
    await assert.rejects(unknown, { code: 'unknown-job' });
  });
});
