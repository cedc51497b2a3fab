import assert from 'node:assert/strict';
import { createSharedWork } from '../../../../service/metadata/http/shared-work.ts';

describe('Shared work', () => {
  function gate() {
    let open = (_: string) => {};
    const passed = new Promise<string>((resolve) => {
      open = resolve;
    });
    return { open, passed };
  }

  it('is begun once for all who want it at the same time, and anew afterwards', async () => {
    const share = createSharedWork<string>();
    const { open, passed } = gate();
    let begun = 0;
    const work = () => {
      begun++;
      return passed;
    };
    const results = [share('a', work), share('a', work), share('b', work)];
    open('done');
    assert.deepEqual(await Promise.all(results), ['done', 'done', 'done']);
    assert.equal(begun, 2);
    await share('a', work);
    assert.equal(begun, 3);
  });

  it('is aborted when the last one gives up, and not before', async () => {
    const share = createSharedWork<string>();
    const { passed } = gate();
    let inside: AbortSignal | undefined;
    const work = (signal: AbortSignal) => {
      inside = signal;
      return passed;
    };
    const [one, two] = [new AbortController(), new AbortController()];
    const results = [share('a', work, one.signal), share('a', work, two.signal)];
    one.abort(new Error('one'));
    await assert.rejects(results[0] ?? passed, { message: 'one' });
    assert.equal(inside?.aborted, false);
    two.abort(new Error('two'));
    await assert.rejects(results[1] ?? passed, { message: 'two' });
    assert.equal(inside?.aborted, true);
  });

  it('fails for all alike', async () => {
    const share = createSharedWork<string>();
    const work = async () => {
      throw new Error('broken');
    };
    const results = await Promise.allSettled([share('a', work), share('a', work)]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
  });
});
