import assert from 'node:assert/strict';
import { ulid } from 'ulid';
import type { Arming } from '../../../service/contract/arming.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { applyArming } from '../../../service/review/apply-arming.ts';
import { someIdentity, someJob, someQuestion } from '../jobs/fixtures.ts';

const arming: Arming = {
  id: ulid(),
  identity: { title: 'New Meridian', year: 2026 },
  library: 'kids',
  expires: null,
  at: '2026-01-01T00:00:00.000Z',
};
const rules = { policies: { episodeOrder: 'ask' as const }, episodesTaken: () => [] };
const remembered = someIdentity({ title: 'Old Meridian', tmdb: 501, decidedBy: 'remembered' });

function jobAt(step: 'identify' | 'organize' | null, change: Partial<JobDocument>): JobDocument {
  const job = someJob(change);
  if (step) job.steps.identify.state = 'done';
  if (step === 'organize') job.steps.organize.state = 'running';
  return job;
}

describe('what was said of a disc before it was put in', () => {
  it('waits for the disc to be identified', () => {
    const draft = jobAt(null, {});
    applyArming(draft, arming, rules);
    assert.deepEqual([draft.armed, draft.identity, draft.library], [arming, null, 'kids']);
  });

  it('is newer than what a person decided about it earlier', () => {
    const draft = jobAt('identify', { identity: remembered, questions: [someQuestion()] });
    applyArming(draft, arming, rules);
    const { title, year, tmdb, decidedBy } = draft.identity ?? {};
    assert.deepEqual([title, year, tmdb, decidedBy], ['New Meridian', 2026, null, 'person']);
    assert.notEqual(draft.questions[0]?.answered, null);
  });

  it('makes what an earlier attempt took it for void when it is identified anew', () => {
    const draft = jobAt(null, { identity: remembered });
    applyArming(draft, arming, rules);
    assert.equal(draft.identity, null);
  });

  it('comes too late for what is being filed', () => {
    const draft = jobAt('organize', { identity: remembered });
    applyArming(draft, arming, rules);
    assert.equal(draft.identity, remembered);
  });
});
