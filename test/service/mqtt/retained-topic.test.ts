import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { RetainedTopic } from '../../../service/mqtt/retained-topic.ts';

describe('The pace of a retained topic', () => {
  let sent: string[];
  let topic: RetainedTopic;
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    sent = [];
    topic = new RetainedTopic({
      async publish({ payload }) {
        sent.push(payload.toString('utf8'));
        return 'acknowledged';
      },
      cleared: () => sent.push('cleared'),
    });
  });
  afterEach(() => {
    topic.stop();
    mock.timers.reset();
  });

  /** Sets the value and lets the publish end. */
  async function set(text: string, activity?: string) {
    topic.set({ payload: Buffer.from(text), ...(activity === undefined ? {} : { activity }) });
    await settled();
  }

  it('is two seconds while the activity stays the same, with the latest value then', async () => {
    for (const percent of ['1', '2', '3']) await set(percent, 'ripping');
    assert.deepEqual(sent, ['1']);
    mock.timers.tick(1999);
    await settled();
    assert.deepEqual(sent, ['1']);
    mock.timers.tick(1);
    await settled();
    assert.deepEqual(sent, ['1', '3']);
  });

  it('does not hold back another activity', async () => {
    for (const percent of ['1', '2']) await set(percent, 'ripping');
    await set('out', 'ejecting');
    assert.deepEqual(sent, ['1', 'out']);
    mock.timers.tick(5000);
    await settled();
    assert.deepEqual(sent, ['1', 'out']);
  });

  it('does not hold back topics without an activity, nor their removal', async () => {
    for (const text of ['a', 'b', '']) await set(text);
    assert.deepEqual(sent, ['a', 'b', '', 'cleared']);
  });

  it('gives the last value when several come while one is under way', async () => {
    topic.set({ payload: Buffer.from('a') });
    topic.set({ payload: Buffer.from('b') });
    topic.set({ payload: Buffer.from('c') });
    await settled();
    assert.deepEqual(sent, ['a', 'c']);
  });
});

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
