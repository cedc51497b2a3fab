import assert from 'node:assert/strict';
import type { Problem } from '../../../service/contract/problem.ts';
import { JobBook } from '../../../service/jobs/book.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import * as outcomes from '../../../service/jobs/outcomes.ts';
import type { StepResult } from '../../../service/jobs/step.ts';
import { Undo } from '../../../service/jobs/undo.ts';
import { hasUnfinishedUndo } from '../../../service/organize/undo.ts';
import { JobStore } from '../../../service/store/job-store.ts';
import { eventually, someFiling, someJob, someTitle, temporaryFolder } from './fixtures.ts';

describe('undoing a job', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let book: JobBook;
  let undo: Undo;
  let runs: number;
  let problems: (Problem | null)[];
  /** How the next run ends. */
  let result: StepResult;

  beforeEach(async () => {
    folder = await temporaryFolder();
    [runs, problems, result] = [0, [], { end: 'done' }];
    book = new JobBook({
      store: new JobStore(folder.path),
      onChange: () => undefined,
      onStorageProblem: () => undefined,
      keepOutbox: false,
    });
    await book.start();
    undo = new Undo({
      book,
      engine: book,
      takeBack: async ({ update }) => {
        runs += 1;
        await update((draft) => {
          if (result.end !== 'done') return;
          for (const title of draft.titles) [title.state, title.filed] = ['matched', null];
        });
        return result;
      },
      isUnfinished: hasUnfinishedUndo,
      onProblem: (_job, problem) => problems.push(problem),
      signal: new AbortController().signal,
    });
  });
  afterEach(async () => {
    await book.stop();
    await folder.remove();
  });

  function filedJob(change: Partial<JobDocument> = {}): Promise<JobDocument> {
    const path = '/library/x.mkv';
    const filed = { library: 'tv', path };
    return book.create(
      someJob({
        state: 'completed',
        outcome: 'complete',
        titles: [someTitle(1, { state: 'completed', filed })],
        filings: [someFiling({ title: 't01', to: path, state: 'filed' })],
        ...change,
      }),
    );
  }

  it('takes the files back once, however often it is asked for at the same time', async () => {
    const { id } = await filedJob();
    const [first, second] = await Promise.all([undo.run(id), undo.run(id)]);
    assert.deepEqual([runs, first.attempt, second.attempt], [1, 2, 2]);
    assert.equal(book.get(id)?.blocked?.code, 'undone');
  });

  it('answers a repeat after the files are back', async () => {
    const { id } = await filedJob();
    await undo.run(id);
    assert.equal((await undo.run(id)).attempt, 2);
  });

  it('has its intent on disk with the first write, so that a crash cannot lose it', async () => {
    const { id } = await filedJob();
    const begun = await book.change(id, outcomes.beginUndo);
    assert.ok(undo.isUnfinished(begun));
    undo.resume();
    await eventually('it was gone on with', () => runs === 1 && !undo.isRunning(id));
    assert.ok(!undo.isUnfinished(book.get(id) ?? assert.fail()));
  });

  it('says what it waits for, and that it waits no longer', async () => {
    const { id } = await filedJob();
    result = { end: 'blocked', code: 'library-unavailable', cause: 'not mounted', hint: 'mount' };
    await assert.rejects(undo.run(id), { code: 'library-unavailable' });
    result = { end: 'done' };
    await undo.run(id);
    assert.deepEqual(
      problems.map((problem) => problem?.code ?? null),
      ['library-unavailable', null],
    );
  });

  it('refuses a job that is still at work, or that has filed nothing', async () => {
    const working = await filedJob({ state: 'organizing', outcome: null });
    const empty = await filedJob({ titles: [], filings: [] });
    for (const { id } of [working, empty])
      await assert.rejects(undo.run(id), { code: 'not-possible-now' });
    assert.equal(runs, 0);
  });

  it('leaves filed what was not yet taken back when the job is cancelled', async () => {
    const { id } = await filedJob();
    await book.change(id, outcomes.beginUndo);
    const cancelled = await book.change(id, outcomes.cancel);
    assert.deepEqual(
      cancelled.filings.map(({ state }) => state),
      ['filed'],
    );
    assert.equal(cancelled.outcome, 'partial');
    assert.ok(!undo.isUnfinished(cancelled));
  });
});
