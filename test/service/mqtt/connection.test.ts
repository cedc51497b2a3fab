import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { execaNode } from 'execa';
import type { Connection } from '../../../service/mqtt/connection.ts';
import { onEachBroker, startAedes, type TestBroker } from '../../brokers.ts';
import {
  closeListeners,
  connected,
  listen,
  makeConnection,
  retainedOn,
  topics,
  until,
} from './station.ts';

describe('The connection to the broker', () => {
  onEachBroker(({ start, version, name }) => {
    let broker: TestBroker;
    let station: ReturnType<typeof makeConnection>;
    before(async () => {
      broker = await start();
    });
    after(() => broker?.stop());
    beforeEach(() => {
      station = makeConnection(broker.url, name === 'aedes' ? {} : { protocol: version });
    });
    afterEach(async () => {
      await station.connection.stop();
      await closeListeners();
    });

    it('is up within a second and says online, then offline at a clean stop', async () => {
      const begin = Date.now();
      station.connection.start();
      await connected(station.connection);
      assert.ok(Date.now() - begin < 1000, `${Date.now() - begin} ms`);
      await acknowledged(station.connection, topics.info, '{}');
      assert.equal((await retainedOn(broker.url)).get(topics.status), 'online');
      await station.connection.stop();
      assert.equal((await retainedOn(broker.url)).get(topics.status), 'offline');
      assert.match(station.lines.join(), name === 'aedes' ? /"mqtt":"3.1.1"/ : /connected/);
    });

    it('comes back when the broker does, with its subscriptions, and tells it once', async () => {
      const received: string[] = [];
      station.connection.subscribe(topics.requests, ({ topic }) => received.push(topic));
      station.connection.start();
      await connected(station.connection);
      await broker.kill();
      await until(() => !station.connection.connected);
      assert.equal(await station.connection.publish({ topic: topics.info, payload: '{}' }), 'lost');
      await until(() => station.problems.get('connection')?.code === 'broker-unreachable');
      await sleep(600);
      await broker.restart();
      await connected(station.connection);
      const { client } = await listen(broker.url, [topics.status]);
      await client.publishAsync(topics.request('job/list'), '{}', { qos: 1 });
      await until(() => received.length === 1);
      assert.equal(station.problems.size, 0);
      assert.equal(station.lines.filter((line) => line.includes('no broker')).length, 1);
    });

    it('delivers in the order given, many at once', async () => {
      const { heard } = await listen(broker.url, [topics.jobStates]);
      station.connection.start();
      await connected(station.connection);
      const numbers = Array.from({ length: 500 }, (_, index) => String(index));
      const topic = topics.jobState('1');
      await Promise.all(numbers.map((payload) => acknowledged(station.connection, topic, payload)));
      await until(() => heard.length === numbers.length);
      assert.deepEqual(
        heard.map(({ text }) => text),
        numbers,
      );
    });
  });
});

describe('The connection to any broker', () => {
  afterEach(closeListeners);

  it('leaves the last will when the process is killed', async () => {
    const broker = await startAedes();
    try {
      const { heard } = await listen(broker.url, [topics.status]);
      const child = execaNode(new URL('will-child.ts', import.meta.url), [broker.url], {
        nodeOptions: ['--import', 'tsx'],
        reject: false,
      });
      await until(() => heard.some(({ text }) => text === 'online'));
      await sleep(20);
      child.kill('SIGKILL');
      await child;
      await until(() => heard.at(-1)?.text === 'offline');
    } finally {
      await broker.stop();
    }
  });

  it('starts without a broker and connects when there is one', async () => {
    const broker = await startAedes();
    await broker.kill();
    const { connection, problems } = makeConnection(broker.url);
    connection.start();
    await until(() => problems.get('connection')?.code === 'broker-unreachable');
    assert.match(problems.get('connection')?.message ?? '', /127\.0\.0\.1:\d+ cannot be reached/);
    await broker.restart();
    await connected(connection);
    assert.equal(problems.size, 0);
    await connection.stop();
    await broker.stop();
  });

  it('stops at once while the broker is away', async () => {
    const { connection } = makeConnection('mqtt://127.0.0.1:9');
    connection.start();
    await sleep(50);
    const begin = Date.now();
    await connection.stop();
    assert.ok(Date.now() - begin < 500);
  });

  it('names the remedy when the protocol version is fixed to one the broker does not speak', async () => {
    const broker = await startAedes();
    const { connection, problems } = makeConnection(broker.url, { protocol: 5 });
    connection.start();
    await until(() => problems.has('connection'));
    assert.equal(problems.get('connection')?.code, 'broker-refused');
    assert.match(problems.get('connection')?.hint ?? '', /"auto"/);
    await connection.stop();
    await broker.stop();
  });

  it('never has more than 16 publishes under way', async () => {
    let underWay = 0;
    let most = 0;
    const broker = await startAedes({
      async allows() {
        most = Math.max(most, ++underWay);
        await sleep(5);
        underWay--;
        return true;
      },
    });
    const { connection } = makeConnection(broker.url);
    connection.start();
    await connected(connection);
    const topic = topics.jobState('1');
    await Promise.all(Array.from({ length: 100 }, () => acknowledged(connection, topic, 'x')));
    assert.ok(most > 1 && most <= 16, `${most}`);
    await connection.stop();
    await broker.stop();
  });

  it('does not die of a handler that fails', async () => {
    const broker = await startAedes();
    const { connection, lines } = makeConnection(broker.url);
    connection.subscribe(topics.selfTest, () => {
      throw new Error('broken handler');
    });
    connection.start();
    await connected(connection);
    await acknowledged(connection, topics.selfTest, 'x');
    await until(() => lines.some((line) => line.includes('broken handler')));
    const stopped = once(connection, 'disconnected');
    await connection.stop();
    await stopped;
    await broker.stop();
  });
});

async function acknowledged(connection: Connection, topic: string, payload: string) {
  assert.equal(await connection.publish({ topic, payload }), 'acknowledged');
}
