import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Answered } from '../../../service/mqtt/answered.ts';

describe('Remembered answers', () => {
  beforeEach(() => mock.timers.enable({ apis: ['Date'] }));
  afterEach(() => mock.timers.reset());

  it('are given again for ten minutes after they were given', async () => {
    const answered = new Answered();
    let runs = 0;
    const once = () => answered.once('op t1', async () => `answer ${++runs}`);
    assert.equal(await once(), 'answer 1');
    mock.timers.tick(10 * 60 * 1000);
    assert.equal(await once(), 'answer 1');
    mock.timers.tick(1);
    assert.equal(await once(), 'answer 2');
  });

  it('do not take more than 8 MB: the oldest are forgotten', async () => {
    const answered = new Answered();
    const ran: number[] = [];
    const once = (index: number) =>
      answered.once(`op ${index}`, async () => {
        ran.push(index);
        return 'x'.repeat(1024 * 1024);
      });
    for (let index = 0; index < 9; index++) await once(index);
    await once(8);
    await once(1);
    assert.equal(ran.length, 9);
    await once(0);
    assert.deepEqual(ran.slice(9), [0]);
  });

  it('never forget what still runs', async () => {
    const answered = new Answered();
    let finish = (_: string) => undefined as unknown;
    const first = answered.once('op slow', () => new Promise((resolve) => (finish = resolve)));
    mock.timers.tick(60 * 60 * 1000);
    await answered.once('op other', async () => 'x');
    const second = answered.once('op slow', async () => 'ran twice');
    finish('done');
    assert.deepEqual(await Promise.all([first, second]), ['done', 'done']);
  });
});
