import assert from 'node:assert/strict';
import { loadedLate } from '../../../service/jobs/loaded-late.ts';
import type { StepContext } from '../../../service/jobs/step.ts';
import { someJob } from './fixtures.ts';

const context: StepContext = {
  job: () => someJob(),
  signal: new AbortController().signal,
  update: async () => someJob(),
  progress: () => undefined,
};

describe('a step whose code is loaded late', () => {
  it('is loaded when it first runs, and once', async () => {
    let loads = 0;
    const step = loadedLate(async () => {
      loads += 1;
      return async () => ({ end: 'done' });
    });
    assert.equal(loads, 0);
    assert.deepEqual(
      [await step(context), await step(context)],
      [{ end: 'done' }, { end: 'done' }],
    );
    assert.equal(loads, 1);
  });

  it('is loaded again when that failed', async () => {
    let loads = 0;
    const step = loadedLate(async () => {
      loads += 1;
      if (loads === 1) throw new Error('too many open files');
      return async () => ({ end: 'done' });
    });
    await assert.rejects(step(context), /too many open files/);
    assert.deepEqual(await step(context), { end: 'done' });
  });
});
