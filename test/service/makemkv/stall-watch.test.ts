import assert from 'node:assert/strict';
import { DEFAULT_LIMITS } from '../../../service/makemkv/limits.ts';
import type { RobotRecord } from '../../../service/makemkv/robot-record.ts';
import { createStallWatch } from '../../../service/makemkv/stall-watch.ts';

const MINUTE = 60_000;
const MEGABYTE = 1024 * 1024;
const opening: RobotRecord = { type: 'operation', code: 3100, id: 0 };
const saving: RobotRecord = { type: 'operation', code: 5024, id: 0 };
const analysing: RobotRecord = { type: 'current', code: 5057, id: 0 };
const writing: RobotRecord = { type: 'current', code: 5017, id: 0 };
const progress = (current: number): RobotRecord => ({
  type: 'progress',
  current,
  total: 0,
  max: 65536,
});

describe('telling a run that hangs from one that works', () => {
  function watched() {
    let now = 0;
    const watch = createStallWatch(DEFAULT_LIMITS, () => now);
    return {
      watch,
      /** Every minute the same, until it counts as stuck. @returns minutes */
      minutesUntilStalled(each: (minute: number) => { say?: RobotRecord; written?: number }) {
        for (let minute = 1; minute <= 500; minute++) {
          now += MINUTE;
          const { say, written = 0 } = each(minute);
          if (say) watch.take(say);
          if (watch.look(written) === 'stalled') return minute;
        }
        return null;
      },
    };
  }

  it('stops an opening without a word after two minutes', () => {
    assert.equal(
      watched().minutesUntilStalled(() => ({})),
      3,
    );
  });

  it('stops an opening that talks for ever, as with a wrong region, after ten minutes', () => {
    assert.equal(
      watched().minutesUntilStalled(() => ({ say: opening })),
      11,
    );
  });

  it('waits half an hour after long work was announced', () => {
    const { watch, minutesUntilStalled } = watched();
    watch.extend();
    assert.equal(
      minutesUntilStalled(() => ({})),
      31,
    );
  });

  it('stops saving without a megabyte in half an hour, whatever is said and however it drips', () => {
    for (const say of [undefined, progress(7000)]) {
      const { watch, minutesUntilStalled } = watched();
      watch.take(saving);
      watch.take(writing);
      const drip = (minute: number) => ({ ...(say && { say }), written: minute * 512 });
      assert.equal(minutesUntilStalled(drip), 31);
    }
  });

  it('is quiet after two minutes without a megabyte, and working again with one', () => {
    let now = 0;
    const watch = createStallWatch(DEFAULT_LIMITS, () => now);
    watch.take(saving);
    const seen = [0, 0, 0, 2 * MEGABYTE, 2 * MEGABYTE].map((written) => {
      now += MINUTE;
      return watch.look(written);
    });
    assert.deepEqual(seen, ['working', 'working', 'quiet', 'working', 'working']);
  });

  it('lets a slow title go on for hours', () => {
    const { watch, minutesUntilStalled } = watched();
    watch.take(saving);
    assert.equal(
      minutesUntilStalled((minute) => ({ written: (minute * MEGABYTE) / 20 })),
      null,
    );
  });

  it('lets an analysis go on that writes nothing but moves', () => {
    const { watch, minutesUntilStalled } = watched();
    watch.take(saving);
    watch.take(analysing);
    assert.equal(
      minutesUntilStalled((minute) => ({ say: progress(minute * 100) })),
      null,
    );
    assert.ok(watch.saving);
  });
});
