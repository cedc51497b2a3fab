import assert from 'node:assert/strict';
import type { JobSet } from '../../../service/contract/job.ts';
import type { Title, TitleState } from '../../../service/contract/title.ts';
import { JobDocument } from '../../../service/jobs/document.ts';
import * as outcomes from '../../../service/jobs/outcomes.ts';
import { applyOverrides } from '../../../service/jobs/overrides.ts';
import { titleTransitions } from '../../../service/jobs/states.ts';
import { someJob, someTitle } from './fixtures.ts';

const rules = { policies: { episodeOrder: 'ask' }, episodesTaken: () => [] } as const;

function readJob(title: Partial<Title>, change: Partial<JobDocument> = {}): JobDocument {
  const job = someJob({ state: 'waiting', titles: [someTitle(1, title)], ...change });
  for (const step of ['identify', 'rip', 'match'] as const) job.steps[step].state = 'done';
  return job;
}

function withWish(job: JobDocument, wish: Partial<NonNullable<JobSet['titles']>[number]>) {
  applyOverrides(job, { titles: [{ id: 't01', ...wish }] }, rules);
  return job.titles[0] ?? assert.fail();
}

describe('the wishes of a flow or a person', () => {
  it('are kept for titles that are not known yet', () => {
    const job = someJob();
    applyOverrides(job, { titles: [{ id: 't01', role: 'extra' }] }, rules);
    applyOverrides(job, { titles: [{ id: 't01', wanted: false }] }, rules);
    assert.deepEqual(job.set.titles, [{ id: 't01', role: 'extra', wanted: false }]);
  });

  it('never grow beyond what can be read back from disk', () => {
    const job = someJob();
    const wishes = (from: number) =>
      Array.from({ length: 999 }, (_, index) => ({ id: `t${from + index}`, wanted: true }));
    applyOverrides(job, { titles: wishes(1000) }, rules);
    assert.throws(() => applyOverrides(job, { titles: wishes(3000) }, rules), {
      code: 'bad-request',
    });
    assert.ok(JobDocument.safeParse(job).success);
  });

  it('come too late once filing has begun', () => {
    const job = readJob({ state: 'matched' });
    job.steps.organize.state = 'running';
    assert.throws(() => withWish(job, { wanted: false }), { code: 'not-possible-now' });
  });

  const deselected: { from: TitleState; to: TitleState }[] = [
    { from: 'pending', to: 'skipped' },
    { from: 'ripped', to: 'skipped' },
    { from: 'matched', to: 'skipped' },
    { from: 'review', to: 'skipped' },
    { from: 'failed', to: 'skipped' },
    { from: 'skipped', to: 'skipped' },
  ];
  for (const { from, to } of deselected)
    it(`take a title that is ${from} off the list`, () => {
      const { wanted, state } = withWish(readJob({ state: from }), { wanted: false });
      assert.deepEqual([wanted, state], [false, to]);
      assert.ok(from === to || titleTransitions[from].includes(to));
    });

  for (const state of ['completed'] as const)
    it(`are refused, with the reason, for a title that is ${state}`, () => {
      const filed = readJob({ state });
      for (const wish of [
        { wanted: false },
        { match: { kind: 'movie' } },
        { role: 'extra' },
      ] as const)
        assert.throws(() => withWish(filed, wish), { code: 'not-possible-now', hint: /undo/ });
    });

  it('do not get in the way of a rip that may be about to read the title', () => {
    const job = readJob({ state: 'pending' }, { state: 'ripping' });
    job.steps.rip.state = 'running';
    assert.deepEqual(withWish(job, { wanted: false }).state, 'pending');
    outcomes.completeStep(job, 'rip');
    assert.equal(job.titles[0]?.state, 'skipped');
  });

  it('bring a title back that was read and skipped', () => {
    const job = readJob({ state: 'skipped', wanted: false, file: '/s/t01.mkv' });
    assert.equal(withWish(job, { wanted: true }).state, 'ripped');
    assert.equal(job.steps.match.state, 'pending');
    assert.equal(job.steps.rip.state, 'done');
  });

  it('have a title read that is wanted after all', () => {
    const job = readJob({ state: 'skipped', wanted: false });
    assert.equal(withWish(job, { wanted: true }).state, 'pending');
    assert.deepEqual([job.steps.rip.state, job.steps.match.state], ['pending', 'pending']);
  });

  it('have a title read that is wanted while others are', () => {
    const job = readJob({ state: 'skipped', wanted: false }, { state: 'ripping' });
    job.steps.rip.state = 'running';
    withWish(job, { wanted: true });
    outcomes.completeStep(job, 'rip');
    assert.equal(job.steps.rip.state, 'pending');
  });

  it('say what a title is', () => {
    const match = { kind: 'episode', season: 2, episodes: [7] } as const;
    const title = withWish(readJob({ state: 'matched' }), { match: { ...match, episodes: [7] } });
    assert.deepEqual(
      [title.match?.season, title.match?.episodes, title.match?.decidedBy],
      [2, [7], 'flow'],
    );
  });

  it('name the titles there are when one is not known', () => {
    assert.throws(
      () => applyOverrides(readJob({}), { titles: [{ id: 't09', wanted: true }] }, rules),
      { code: 'unknown-title', hint: 'Its titles are t01.' },
    );
  });

  it('choose a library', () => {
    const job = readJob({ state: 'matched' });
    applyOverrides(job, { library: 'kids' }, rules);
    applyOverrides(job, { tracks: { audio: ['en'] } }, rules);
    assert.deepEqual([job.library, job.set.library], ['kids', 'kids']);
  });
});
