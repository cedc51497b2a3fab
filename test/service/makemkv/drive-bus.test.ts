import assert from 'node:assert/strict';
import { setImmediate as breathe } from 'node:timers/promises';
import { createDriveBus } from '../../../service/makemkv/drive-bus.ts';

const { signal } = new AbortController();

/** Work that ends when it is told to. */
function work() {
  let end = () => {};
  let begun = false;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    run: () => {
      begun = true;
      return ended;
    },
    end,
    begun: () => begun,
  };
}

describe('the drives of a machine', () => {
  it('are read side by side, and looked at as a whole only when none is read', async () => {
    const bus = createDriveBus();
    const [first, second, scan] = [work(), work(), work()];
    const reads = [first, second].map(({ run }) => bus.read(run, { signal }));
    const scanned = bus.scan(scan.run, { signal });
    await breathe();
    assert.deepEqual([first.begun(), second.begun(), scan.begun()], [true, true, false]);
    first.end();
    await breathe();
    assert.equal(scan.begun(), false);
    second.end();
    await Promise.all(reads);
    await breathe();
    assert.equal(scan.begun(), true);
    scan.end();
    await scanned;
    assert.equal(bus.isBusy(), false);
  });

  it('are looked at by one at a time, and by nobody while a read that began as a look goes on', async () => {
    const bus = createDriveBus();
    const [backup, probe, rip] = [work(), work(), work()];
    let settle = () => {};
    const backedUp = bus.scan(
      (settled) => {
        settle = settled;
        return backup.run();
      },
      { signal },
    );
    const probed = bus.scan(probe.run, { signal });
    const ripped = bus.read(rip.run, { signal });
    await breathe();
    assert.deepEqual([probe.begun(), rip.begun()], [false, false]);
    settle();
    await breathe();
    assert.deepEqual([probe.begun(), rip.begun()], [false, true]);
    backup.end();
    rip.end();
    await Promise.all([backedUp, ripped]);
    await breathe();
    assert.equal(probe.begun(), true);
    probe.end();
    await probed;
  });

  it('are free again after a failure, and for others when somebody gives up waiting', async () => {
    const bus = createDriveBus();
    const failing = bus.scan(() => Promise.reject(new Error('no drives')), { signal });
    await assert.rejects(failing, /no drives/);
    const reading = work();
    const read = bus.read(reading.run, { signal });
    const abort = new AbortController();
    const waiting = bus.scan(() => Promise.resolve(), { signal: abort.signal });
    abort.abort();
    await assert.rejects(waiting, { code: 'cancelled' });
    reading.end();
    await read;
    assert.equal(bus.isBusy(), false);
  });
});
