import assert from 'node:assert/strict';
import { createPace } from '../../../service/jobs/progress.ts';

function progressOf(bytesDone: number, bytesTotal = 1000) {
  return { title: null, index: 1, count: 1, bytesDone, bytesTotal };
}

describe('the pace of a read', () => {
  it('is not known from one look', () => {
    const pace = createPace(() => 0)(progressOf(0));
    assert.deepEqual(pace, { percent: 0, speed: null, finish: null });
  });

  it('is averaged over the last ten seconds', () => {
    let at = 0;
    const paceOf = createPace(() => at);
    for (let second = 0; second <= 60; second++) {
      at = second * 1000;
      paceOf(progressOf(second < 30 ? second : 30 + (second - 30) * 10));
    }
    const { speed, finish, percent } = paceOf(progressOf(330));
    assert.deepEqual([percent, speed, finish], [33, 10, 60_000 + 67_000]);
  });

  it('promises no end while nothing moves', () => {
    let at = 0;
    const paceOf = createPace(() => at);
    paceOf(progressOf(500));
    at = 20_000;
    assert.deepEqual(paceOf(progressOf(500)), { percent: 50, speed: 0, finish: null });
  });

  for (const { done, total, percent } of [
    { done: 999, total: 1000, percent: 99 },
    { done: 1200, total: 1000, percent: 100 },
    { done: 0, total: 0, percent: 0 },
  ])
    it(`is ${percent} % after ${done} of ${total} bytes`, () => {
      assert.equal(createPace(() => 0)(progressOf(done, total)).percent, percent);
    });
});
