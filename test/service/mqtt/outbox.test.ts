import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ulid } from 'ulid';
import { JobEvent } from '../../../service/contract/event.ts';
import { Outbox } from '../../../service/mqtt/outbox.ts';
import { onEachBroker, startAedes, type TestBroker } from '../../brokers.ts';
import {
  closeListeners,
  connected,
  type Heard,
  listen,
  makeConnection,
  topics,
  until,
} from './station.ts';

describe('The outbox', () => {
  onEachBroker(({ start }) => {
    let broker: TestBroker;
    before(async () => {
      broker = await start();
    });
    after(() => broker?.stop());
    afterEach(closeListeners);

    it('loses nothing and keeps the order over killed and restarted brokers', async () => {
      const { heard } = await listen(broker.url, [topics.driveEvents]);
      const { outbox, connection, acknowledged } = makeOutbox(broker.url);
      outbox.start();
      connection.start();
      await connected(connection);
      let seq = 0;
      for (let round = 0; round < 3; round++) {
        for (let count = 0; count < 100; count++) {
          outbox.add([event(++seq)]);
          if (count % 10 === 0) await sleep(1);
        }
        await broker.kill();
        outbox.add([event(++seq), event(++seq)]);
        await broker.restart();
        await connected(connection);
      }
      await until(() => outbox.size === 0);
      assert.equal(new Set(acknowledged).size, seq);
      await connection.stop();
      // The listener is a clean session: it misses what came while it was away, never the order.
      const order = firstOfEach(heard);
      assert.deepEqual(
        order,
        [...order].sort((a, b) => a - b),
      );
    });

    it('marks what was held back as replayed, and nothing else', async () => {
      const { heard } = await listen(broker.url, [topics.driveEvents]);
      const { outbox, connection } = makeOutbox(broker.url);
      outbox.add([event(1), event(2)]);
      outbox.start();
      connection.start();
      await until(() => heard.length === 2);
      outbox.add([event(3)]);
      outbox.add([event(4)], { replayed: true });
      await until(() => heard.length === 4);
      assert.deepEqual(
        heard.map(({ text }) => JobEvent.parse(JSON.parse(text))),
        [
          { ...event(1), replayed: true },
          { ...event(2), replayed: true },
          event(3),
          { ...event(4), replayed: true },
        ],
      );
      await connection.stop();
    });
  });

  it('repeats what was under way when the broker died, in order and marked', async () => {
    let gate = new Promise<boolean>(() => undefined);
    const broker = await startAedes({
      allows: (topic) => (topic === topics.driveEvent('d1') ? gate : true),
    });
    const { outbox, connection, acknowledged } = makeOutbox(broker.url);
    outbox.start();
    connection.start();
    await connected(connection);
    outbox.add([event(1), event(2)]);
    await sleep(20);
    await broker.kill();
    await until(() => !connection.connected);
    let openGate = (_allowed: boolean) => undefined as unknown;
    gate = new Promise((resolve) => {
      openGate = resolve;
    });
    await broker.restart();
    const { heard } = await listen(broker.url, [topics.driveEvents]);
    openGate(true);
    await until(() => heard.length === 2);
    assert.deepEqual(
      heard.map(({ text }) => JobEvent.parse(JSON.parse(text))),
      [event(1), event(2)].map((lost) => ({ ...lost, replayed: true })),
    );
    await until(() => outbox.size === 0);
    assert.deepEqual(acknowledged, [1, 2]);
    await connection.stop();
    await broker.stop();
  });

  it('goes on after an event that the broker refuses', async () => {
    const broker = await startAedes({ allows: (topic) => topic !== topics.driveEvent('bad') });
    const { outbox, connection, acknowledged, refused } = makeOutbox(broker.url);
    outbox.start();
    connection.start();
    await connected(connection);
    outbox.add([event(1), event(2, 'bad'), event(3), event(4, 'bad'), event(5)]);
    await until(() => outbox.size === 0);
    assert.deepEqual(refused, [2, 4]);
    assert.deepEqual(acknowledged.sort(), [1, 3, 5]);
    await connection.stop();
    await broker.stop();
  });
});

function makeOutbox(url: string) {
  const { connection } = makeConnection(url);
  const acknowledged: number[] = [];
  const refused: number[] = [];
  const outbox = new Outbox({
    connection,
    topicOf: ({ drive }) => topics.driveEvent(drive),
    acknowledged: ({ seq }) => void acknowledged.push(seq),
    refused: ({ seq }) => void refused.push(seq),
  });
  return { outbox, connection, acknowledged, refused };
}

const job = ulid(1);

function event(seq: number, drive = 'd1'): JobEvent {
  const id = ulid(seq).slice(0, 10).padEnd(26, '0');
  const at = '2026-11-21T10:00:00.000Z';
  const change = { from: 'idle', to: 'ripping', rev: seq, attempt: 1 };
  return { v: 1, event_type: 'job-state', seq, id, at, drive, job, ...change };
}

/** The numbers as a subscriber sees them who drops repeats. */
function firstOfEach(heard: Heard[]): number[] {
  return [...new Set(heard.map(({ text }) => JobEvent.parse(JSON.parse(text)).seq))];
}
