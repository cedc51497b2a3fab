import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describedLogRatio } from '../../../../../service/match/evidence/structure/described.ts';
import {
  durationAgrees,
  durationLogRatio,
} from '../../../../../service/match/evidence/structure/duration.ts';

const RUNTIME = 2640;

describe('duration against runtime', () => {
  for (const [what, duration, expected] of [
    ['as long as listed', 2650, true],
    ['two minutes of credits more', 2760, true],
    ['at the speed of PAL', 2534, true],
    ['five minutes more than listed', 2940, true],
    ['half of it', 1320, false],
    ['two of them', 5280, false],
    ['an extra of ten minutes', 600, false],
  ] as const)
    it(`${expected ? 'agrees' : 'does not agree'}: ${what}`, () => {
      assert.equal(durationAgrees(duration, RUNTIME), expected);
      assert.equal(durationLogRatio(duration, RUNTIME) > 0, expected);
    });

  it('bears a runtime that is the slot with its commercials', () => {
    assert.equal(durationAgrees(2580, 3600), true);
    assert.ok(durationLogRatio(2580, 3600) > 0);
  });

  it('rather runs longer than shorter', () => {
    assert.equal(durationAgrees(1320 + 200, 1320), true);
    assert.equal(durationAgrees(1320 - 200, 1320), false);
    assert.ok(durationLogRatio(1.1 * RUNTIME, RUNTIME) > durationLogRatio(0.87 * RUNTIME, RUNTIME));
  });

  it('learns the ratio of the disc', () => {
    const runtime = 1500;
    assert.equal(durationAgrees(1250, runtime), false);
    assert.equal(durationAgrees(1250, runtime, 0.83), true);
    assert.ok(durationLogRatio(1250, runtime, 0.83) > durationLogRatio(1250, runtime));
  });

  it('never decides alone, whatever the figures are', () => {
    const seconds = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(seconds, seconds, (duration, runtime) => {
        const ratio = durationLogRatio(duration, runtime);
        assert.ok(ratio >= -5 && ratio <= 3, String(ratio));
      }),
    );
  });
});

describe('what TheDiscDB says', () => {
  it('speaks for what it names and against the others, within bounds', () => {
    for (const candidates of [1, 2, 24, 500]) {
      const [named, other] = [true, false].map((is) => describedLogRatio(is, candidates));
      assert.ok(named !== undefined && other !== undefined);
      assert.ok(named > 0 && named <= 4 && other < 0 && other >= -4);
    }
  });
});
