import assert from 'node:assert/strict';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { retry } from '../../../service/jobs/retry.ts';
import { someJob, someOwned, someTitle } from './fixtures.ts';

const problem = { code: 'read-error', message: 'm', hint: 'h' } as const;
const since = '2026-01-01T00:00:00Z';

/** A job that is read: title 1 arrived, 2 and 3 failed. */
function readJob(change: Partial<JobDocument>): JobDocument {
  const job = someJob({
    titles: [
      someTitle(1, { state: 'completed' }),
      someTitle(2, { state: 'failed', error: problem }),
      someTitle(3, { state: 'failed', error: problem }),
    ],
    ...change,
  });
  for (const step of ['identify', 'rip', 'match'] as const) job.steps[step].state = 'done';
  return job;
}

const blocked = { code: 'library-full', cause: 'c', hint: 'h', since } as const;
const cases: { name: string; job: Partial<JobDocument>; state: string }[] = [
  { name: 'failed', job: { state: 'failed', error: problem, endedAt: since }, state: 'idle' },
  { name: 'was cancelled', job: { state: 'cancelled', outcome: 'nothing' }, state: 'idle' },
  { name: 'arrived in part', job: { state: 'completed', outcome: 'partial' }, state: 'idle' },
  { name: 'waits', job: { state: 'waiting', blocked }, state: 'waiting' },
];

describe('retrying a job', () => {
  for (const { name, job: change, state } of cases) {
    it(`reads what failed again when the job ${name}`, () => {
      const job = readJob(change);
      retry(job, undefined);
      assert.deepEqual(
        job.titles.map((title) => [title.state, title.error]),
        [
          ['completed', null],
          ['pending', null],
          ['pending', null],
        ],
      );
      assert.deepEqual([job.state, job.blocked, job.error], [state, null, null]);
      assert.equal(job.steps.rip.state, 'pending');
    });

    it(`reads only the titles that are named when the job ${name}`, () => {
      const job = readJob(change);
      retry(job, ['t03']);
      assert.deepEqual(
        job.titles.map((title) => title.state),
        ['completed', 'skipped', 'pending'],
      );
    });
  }

  it('takes a job out of the hands of a flow that does not go on', () => {
    const node = { node: 'n1', until: since };
    const flow = { ...blocked, code: 'flow' } as const;
    const job = readJob({ state: 'waiting', mode: 'flow', claim: node, blocked: flow });
    retry(job, undefined);
    assert.deepEqual([job.mode, job.claim, job.blocked], ['auto', null, null]);
  });

  const refused: { name: string; job: Partial<JobDocument>; hint: RegExp }[] = [
    { name: 'at work', job: { state: 'ripping' }, hint: /Wait/ },
    { name: 'complete', job: { state: 'completed', outcome: 'complete' }, hint: /undo/ },
    { name: 'a data disc', job: { state: 'completed', outcome: 'nothing' }, hint: /Nothing/ },
  ];
  for (const { name, job, hint } of refused)
    it(`refuses a job that is ${name}, and says what can be done`, () => {
      assert.throws(() => retry(readJob(job), undefined), { code: 'not-possible-now', hint });
    });

  it('means, of a disc that was left alone because it is there, that it is wanted all the same', () => {
    const owned = someOwned({ verdict: 'skip' });
    const job = readJob({ state: 'completed', outcome: 'nothing', owned });
    retry(job, undefined);
    assert.deepEqual(
      [job.state, job.owned?.verdict, job.owned?.decidedBy],
      ['idle', 'rip', 'person'],
    );
  });

  it('refuses a title that the disc does not have', () => {
    assert.throws(() => retry(readJob({ state: 'failed' }), ['t77']), {
      code: 'unknown-title',
      hint: 'Its titles are t01, t02, t03.',
    });
  });
});
