import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { untilAborted } from '../../../service/rip/until-aborted.ts';

describe('waiting until the end or a cancel', () => {
  for (const when of ['before', 'during'])
    it(`leaves no rejection to end the process when the cancel comes ${when} the work`, async () => {
      const cancel = new AbortController();
      const unhandled: unknown[] = [];
      const note = (error: unknown) => void unhandled.push(error);
      process.prependListener('unhandledRejection', note);
      const work = nextTurn().then(() => Promise.reject(new Error('the read was aborted, too')));
      if (when === 'before') cancel.abort();
      const waiting = untilAborted(work, cancel.signal);
      cancel.abort();
      await assert.rejects(waiting, { code: 'cancelled' });
      for (let turn = 0; turn < 5; turn++) await nextTurn();
      process.off('unhandledRejection', note);
      assert.deepEqual(unhandled, []);
    });

  it('gives what the work gives, and its error', async () => {
    const { signal } = new AbortController();
    assert.equal(await untilAborted(Promise.resolve(7), signal), 7);
    await assert.rejects(untilAborted(Promise.reject(new Error('no')), signal), /no/);
  });
});
