import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Ledger } from '../../../service/mqtt/ledger.ts';

describe('The ledger of retained topics', () => {
  let disk: string[];
  let writes: number;
  let full: boolean;
  let ledger: Ledger;
  beforeEach(async () => {
    disk = ['old'];
    writes = 0;
    full = false;
    ledger = new Ledger({
      read: async () => disk,
      async write(topics) {
        writes++;
        await sleep(2);
        if (full) throw new Error('no space left');
        disk = topics;
      },
    });
    await ledger.load();
  });

  it('has a topic on disk when add has ended', async () => {
    await ledger.add('a');
    assert.deepEqual(disk, ['old', 'a']);
    await ledger.add('a');
    assert.equal(writes, 1);
  });

  it('waits for the write that another add of the same topic began', async () => {
    void ledger.add('a');
    await ledger.add('a');
    assert.deepEqual(disk, ['old', 'a']);
  });

  it('shares writes between many changes', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, index) => ledger.add(`t${index}`)));
    assert.equal(disk.length, 51);
    assert.ok(writes <= 2, `${writes} writes`);
  });

  it('forgets what was removed', async () => {
    await ledger.remove('old');
    assert.deepEqual([disk, ledger.topics()], [[], []]);
  });

  it('writes everything again after a disk that was full', async () => {
    full = true;
    await assert.rejects(ledger.add('a'), /no space left/);
    full = false;
    await ledger.add('b');
    assert.deepEqual(disk, ['old', 'a', 'b']);
  });
});
