import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { everyNight } from '../../service/every-night.ts';

describe('what is done every night', () => {
  it('is due at its local time within a day, and loads no locale data for that', () => {
    const format = mock.method(Intl, 'DateTimeFormat');
    const job = everyNight({ hour: 4, minute: 47 }, () => undefined);
    try {
      const next = job.nextInvocation();
      assert.ok(next);
      assert.deepEqual([next.getHours(), next.getMinutes(), next.getSeconds()], [4, 47, 0]);
      assert.ok(next.getTime() > Date.now() && next.getTime() < Date.now() + 25 * 3_600_000);
      assert.equal(format.mock.callCount(), 0);
    } finally {
      job.cancel();
      format.mock.restore();
    }
  });
});
