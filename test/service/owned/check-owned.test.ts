import assert from 'node:assert/strict';
import { Owned } from '../../../service/contract/owned.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import type { StepResult } from '../../../service/jobs/step.ts';
import {
  type CheckOwnedOptions,
  createOwnedCheck,
  mayBeAnother,
} from '../../../service/owned/check-owned.ts';
import { jobFor, runStep } from '../identify/job-under-test.ts';
import { someIdentity, someJob, someOwned } from '../jobs/fixtures.ts';

const { verdict: _verdict, decidedBy: _decidedBy, ...there } = someOwned();

function checkWith(change: Partial<CheckOwnedOptions> = {}) {
  const failures: unknown[] = [];
  const check = createOwnedCheck({
    find: async () => there,
    rulesFor: async () => ({ policy: 'ask', remembered: null }),
    failed: (error) => failures.push(error),
    ...change,
  });
  return { check, failures };
}

/** Identifies without looking at a disc. */
const identifying = (result: StepResult) => async (context: { update: Update }) => {
  await context.update((draft) => {
    draft.identity = someIdentity();
  });
  return result;
};
type Update = (change: (draft: JobDocument) => void) => Promise<JobDocument>;

describe('the look whether a disc is there already', () => {
  it('comes with identifying, so that no rip can begin before', async () => {
    const { check } = checkWith();
    const { job, events } = await runStep(check.after(identifying({ end: 'done' })), jobFor('/x'));
    assert.equal(job.owned?.verdict, 'ask');
    assert.deepEqual(events, ['question-asked 1']);
  });

  it('is not taken at a disc that could not be identified', async () => {
    const { check } = checkWith({ find: async () => assert.fail('looked') });
    const blocked = { end: 'blocked', code: 'disc-needed', cause: '', hint: '' } as const;
    const { job } = await runStep(check.after(identifying(blocked)), jobFor('/x'));
    assert.equal(job.owned, null);
  });

  const silent: [what: string, find: CheckOwnedOptions['find']][] = [
    ['does not answer', () => new Promise(() => undefined)],
    ['cannot be read', async () => Promise.reject(new Error('EIO'))],
  ];
  for (const [what, find] of silent)
    it(`holds no disc up when a library ${what}, and says so`, async () => {
      const { check, failures } = checkWith({ find, patience: 20 });
      const { job, result } = await runStep(
        check.after(identifying({ end: 'done' })),
        jobFor('/x'),
      );
      assert.deepEqual([job.owned, result.end, failures.length], [null, 'done', 1]);
    });

  it('is void when the disc is something else by the time it has been taken', async () => {
    const { check } = checkWith();
    const job = someJob({ identity: someIdentity() });
    const change = await check.judge(job);
    const other = someJob({ identity: someIdentity({ title: 'Night Ferry' }) });
    change(other);
    assert.equal(other.owned, null);
  });

  it('is taken again when somebody says that the disc is something else', () => {
    const before = someJob({ identity: someIdentity() });
    before.steps.identify.state = 'done';
    const renamed = { ...before, identity: someIdentity({ title: 'Night Ferry' }) };
    assert.equal(mayBeAnother(before, renamed), true);
    assert.equal(mayBeAnother(before, { ...before, identity: someIdentity() }), false);
    assert.equal(mayBeAnother(before, { ...renamed, state: 'completed' }), false);
  });
});

describe('what earlier versions noted of a disc that arrived before', () => {
  it('is read as what it meant: leave it alone', () => {
    const { job } = someOwned({ job: someJob().id });
    const { by, verdict, files } = Owned.parse({ job, at: '2026-01-01T00:00:00.000Z' });
    assert.deepEqual([by, verdict, files], ['disc', 'skip', []]);
  });
});
