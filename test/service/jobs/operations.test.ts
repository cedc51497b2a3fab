import assert from 'node:assert/strict';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { JobBook } from '../../../service/jobs/book.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { Engine } from '../../../service/jobs/engine.ts';
import { createOperations, type Operations } from '../../../service/jobs/operations.ts';
import type { Step } from '../../../service/jobs/step.ts';
import { Undo } from '../../../service/jobs/undo.ts';
import { hasUnfinishedUndo } from '../../../service/organize/undo.ts';
import { Armings } from '../../../service/store/armings.ts';
import { JobStore } from '../../../service/store/job-store.ts';
import {
  eventually,
  silent,
  someFiling,
  someIdentity,
  someJob,
  someTitle,
  temporaryFolder,
} from './fixtures.ts';

const problem = { code: 'read-error', message: 'm', hint: 'h' } as const;

describe('the operations of the service', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let book: JobBook;
  let engine: Engine;
  let operations: Operations;
  let ejected: string[];
  let takenBack: () => void;

  const busy: Step = ({ signal }) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve({ end: 'done' }));
    });

  async function start(): Promise<void> {
    const store = new JobStore(folder.path);
    book = new JobBook({
      store,
      onChange: () => undefined,
      onStorageProblem: () => undefined,
      keepOutbox: false,
    });
    await book.start();
    engine = new Engine({
      book,
      steps: { identify: busy, rip: busy, match: busy, organize: busy },
      answerWithin: 60_000,
      mayGoOn: async () => false,
      eject: async () => false,
      cleanUp: async () => undefined,
      onProgress: () => undefined,
      log: silent,
    });
    await engine.start();
    const undo = new Undo({
      book,
      engine,
      takeBack: () =>
        new Promise((resolve) => {
          takenBack = () => resolve({ end: 'done' });
        }),
      isUnfinished: hasUnfinishedUndo,
      onProblem: () => undefined,
      signal: new AbortController().signal,
    });
    const armings = new Armings({
      path: join(folder.path, 'armed.json'),
      onChange: () => undefined,
    });
    operations = createOperations({
      book,
      store,
      engine,
      undo,
      rules: { policies: { episodeOrder: 'ask' }, episodesTaken: () => [] },
      checkWish: () => undefined,
      matching: { measure: async () => null, forget: async () => undefined },
      stopping: new AbortController().signal,
      armings,
      checkDrive: () => undefined,
      ejectDrive: async (drive) => void ejected.push(drive),
      lookIntoDrive: async () => undefined,
    });
  }

  async function stop(): Promise<void> {
    await engine.stop();
    await book.stop();
  }

  beforeEach(async () => {
    folder = await temporaryFolder();
    ejected = [];
    await start();
  });
  afterEach(async () => {
    await stop();
    await folder.remove();
  });

  function failedJob(): Promise<JobDocument> {
    return book.create(
      someJob({
        state: 'failed',
        outcome: 'nothing',
        error: problem,
        endedAt: someJob().createdAt,
      }),
    );
  }

  it('answers a retry that is repeated after a restart, and does it once', async () => {
    const { id } = await failedJob();
    const again = () => operations['job/retry']({ job: id }, { transaction: 'tx-1' });
    await again();
    await eventually('it runs', () => book.get(id)?.state === 'identifying');
    await stop();
    await start();
    assert.equal((await again()).job.attempt, 2);
  });

  it('keeps a step that is asked for many times as one', async () => {
    const { id } = await book.create(someJob());
    for (let times = 0; times < 5; times++)
      await operations['job/step']({ job: id, step: 'rip' }, {});
    assert.deepEqual(book.get(id)?.requested, ['rip']);
  });

  it('lets a waiting job go on when it is told of another library', async () => {
    const blocked = {
      code: 'library-missing',
      cause: '',
      hint: '',
      since: someJob().createdAt,
    } as const;
    const { id } = await book.create(someJob({ state: 'waiting', blocked }));
    await operations['job/update']({ job: id, set: { library: 'kids' } }, {});
    await eventually('it runs', () => book.get(id)?.blocked === null);
  });

  it('does not let a disc out while it is read', async () => {
    const { id } = await book.create(someJob({ drive: 'a' }));
    await engine.advance(id);
    await assert.rejects(operations['drive/eject']({ drive: 'a' }, {}), { code: 'drive-busy' });
    await operations['drive/eject']({ drive: 'b' }, {});
    assert.deepEqual(ejected, ['b']);
  });

  it('neither retries nor cancels a job while its files are taken back', async () => {
    const filed = { library: 'tv', path: '/library/x.mkv' };
    const titles = [someTitle(1, { state: 'completed', filed })];
    const filings = [someFiling({ state: 'filed' })];
    const { id } = await book.create(
      someJob({ state: 'completed', outcome: 'complete', titles, filings }),
    );
    const undone = operations['job/undo']({ job: id }, {});
    await eventually('it is under way', () => book.get(id)?.blocked?.code === 'undone');
    for (const op of ['job/retry', 'job/cancel'] as const)
      await assert.rejects(operations[op]({ job: id }, {}), { code: 'not-possible-now' });
    takenBack();
    await undone;
    await operations['job/cancel']({ job: id }, {});
    await eventually('it is cancelled', () => book.get(id)?.state === 'cancelled');
  });

  describe('amends what is filed', () => {
    const said = (title: string, episode: number) => ({
      assignment: [
        {
          title,
          match: { kind: 'episode' as const, season: 1, episodes: [episode], name: null },
        },
      ],
    });
    const filedTitle = (number: number) =>
      someTitle(number, {
        state: 'completed',
        filed: { library: 'tv', path: `/library/${number}.mkv` },
      });
    const filings = [1, 2].map((number) =>
      someFiling({ title: `t0${number}`, to: `/library/${number}.mkv`, state: 'filed' }),
    );
    const twoFiled = (change: Partial<JobDocument> = {}) =>
      book.create(
        someJob({
          state: 'completed',
          outcome: 'complete',
          identity: someIdentity({ kind: 'tv' }),
          titles: [filedTitle(1), filedTitle(2)],
          filings,
          ...change,
        }),
      );
    const statesOf = (id: string) => book.get(id)?.filings.map(({ state }) => state);

    async function back(id: string, title: string): Promise<void> {
      await book.change(id, (draft) => {
        for (const one of draft.titles)
          if (one.id === title) Object.assign(one, { state: 'matched', filed: null, file: '/x' });
      });
      takenBack();
    }

    it('title by title, one after the other', async () => {
      const { id } = await twoFiled();
      const first = operations['job/amend']({ job: id, ...said('t01', 7) }, {});
      await eventually('it is under way', () => book.get(id)?.blocked?.code === 'undone');
      await assert.rejects(operations['job/amend']({ job: id, ...said('t02', 8) }, {}), {
        code: 'not-possible-now',
      });
      assert.deepEqual(statesOf(id), ['undone', 'filed']);
      await back(id, 't01');
      const { job } = await first;
      assert.deepEqual(
        job.titles.map(({ match }) => match?.episodes),
        [[7], undefined],
      );
    });

    it('takes another title back, too, when a crash left the job with the first one', async () => {
      const { id } = await twoFiled({
        state: 'waiting',
        outcome: null,
        blocked: { code: 'undone', cause: '', hint: '', since: someJob().createdAt },
        titles: [someTitle(1, { state: 'matched', file: '/x' }), filedTitle(2)],
      });
      const amended = operations['job/amend']({ job: id, ...said('t02', 8) }, {});
      await eventually('it is recorded', () => statesOf(id)?.[1] === 'undone');
      await back(id, 't02');
      assert.deepEqual((await amended).job.titles[1]?.match?.episodes, [8]);
    });

    it('not before the rest of the job has ended', async () => {
      const { id } = await twoFiled({ state: 'waiting', outcome: null });
      await assert.rejects(operations['job/amend']({ job: id, ...said('t01', 7) }, {}), {
        code: 'not-possible-now',
      });
      assert.equal(book.get(id)?.titles[0]?.match, null);
    });

    it('once, although the request comes again after a restart', async () => {
      const transactions = [{ transaction: 'tx-9', at: new Date().toISOString() }];
      const { id } = await twoFiled({ transactions });
      const body = { job: id, ...said('t01', 7) };
      const { job } = await operations['job/amend'](body, { transaction: 'tx-9' });
      assert.deepEqual([job.state, statesOf(id)], ['completed', ['filed', 'filed']]);
    });
  });

  it('cancels a job once, and leaves one that has ended as it is', async () => {
    const { id } = await failedJob();
    assert.equal((await operations['job/cancel']({ job: id }, {})).job.state, 'failed');
    const open = await book.create(someJob());
    await operations['job/cancel']({ job: open.id }, {});
    await eventually('it is cancelled', () => book.get(open.id)?.state === 'cancelled');
  });

  it('hands a result over with what the node gave along, and says when it did so before', async () => {
    const { id } = await book.create(someJob());
    const { job } = await operations['job/claim']({ job: id, node: 'n1', carry: { lamp: 1 } }, {});
    const handoff = job.handoffs[0]?.id ?? '';
    const first = await operations['handoff/take']({ job: id, handoff }, {});
    const second = await operations['handoff/take']({ job: id, handoff }, {});
    assert.deepEqual([first.carry, first.redelivered], [{ lamp: 1 }, false]);
    assert.equal(second.redelivered, true);
    await operations['handoff/acknowledge']({ job: id, handoff }, {});
    await assert.rejects(operations['handoff/take']({ job: id, handoff }, {}), {
      code: 'unknown-handoff',
    });
  });

  it('lists open jobs, newest first, and those in the archive with the history', async () => {
    const old = await book.create(
      someJob({ ejected: true, state: 'completed', outcome: 'complete' }),
    );
    await book.archiveEnded();
    const [first, second] = [await book.create(someJob()), await book.create(someJob())];
    const open = await operations['job/list']({}, {});
    assert.deepEqual(
      open.jobs.map(({ id }) => id),
      [second.id, first.id].sort().reverse(),
    );
    const all = await operations['history/query']({}, {});
    assert.ok(all.jobs.some(({ id }) => id === old.id));
    assert.equal((await operations['job/get']({ job: old.id }, {})).job.id, old.id);
  });

  it('knows what it does not know', async () => {
    await assert.rejects(operations['job/get']({ job: ulid() }, {}), { code: 'unknown-job' });
    await assert.rejects(operations['job/retry']({ job: ulid() }, {}), { code: 'unknown-job' });
    const answer = { review: ulid(), rev: 1, answer: { accept: true as const } };
    await assert.rejects(operations['review/answer'](answer, {}), { code: 'unknown-question' });
  });
});
