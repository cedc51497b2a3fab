import assert from 'node:assert/strict';
import { join } from 'node:path';
import { MOST_ARMED } from '../../../service/contract/arming.ts';
import { Armings } from '../../../service/store/armings.ts';
import { eventually, temporaryFolder } from '../jobs/fixtures.ts';

describe('what the next discs of a drive are said to be', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let told: string[];
  let now: number;
  let armings: Armings;

  const open = async (): Promise<Armings> => {
    const path = join(folder.path, 'armed.json');
    const opened = new Armings({ path, onChange: (drive) => told.push(drive), clock: () => now });
    await opened.start();
    return opened;
  };
  const say = (title: string, { add = false, expires = null as string | null } = {}) =>
    armings.arm('a', { identity: { title }, library: null, expires, add });
  const titles = (of = armings) => of.of('a').map(({ identity }) => identity.title);

  beforeEach(async () => {
    folder = await temporaryFolder();
    [told, now] = [[], Date.now()];
    armings = await open();
  });
  afterEach(async () => {
    armings.stop();
    await folder.remove();
  });

  it('outlives a restart, and holds for its drive alone', async () => {
    await say('One');
    assert.deepEqual(titles(await open()), ['One']);
    assert.deepEqual(armings.of('b'), []);
    assert.deepEqual(told, ['a']);
  });

  it('is what was said last, or a list when it is added to', async () => {
    await say('One');
    await say('Two');
    await say('Three', { add: true });
    assert.deepEqual(titles(), ['Two', 'Three']);
  });

  it('is used up one by one', async () => {
    await say('One');
    await say('Two', { add: true });
    const [first] = armings.of('a');
    await armings.used('a', first?.id ?? '');
    await armings.used('a', first?.id ?? '');
    assert.deepEqual(titles(), ['Two']);
  });

  it('can be forgotten', async () => {
    await say('One');
    await armings.clear('a');
    assert.deepEqual(titles(await open()), []);
  });

  it('is over when its time is over, which is told', async () => {
    await say('One', { expires: new Date(now + 20).toISOString() });
    await say('Two', { add: true });
    told = [];
    now += 30;
    assert.deepEqual(titles(), ['Two']);
    await eventually('it is told', () => told.length === 1);
  });

  it('is no endless list', async () => {
    for (let count = 0; count < MOST_ARMED; count += 1) await say('More', { add: true });
    await assert.rejects(say('One too many', { add: true }), { code: 'bad-request' });
  });
});
