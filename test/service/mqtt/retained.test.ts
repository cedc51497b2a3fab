import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RetainedOptions, RetainedTopics } from '../../../service/mqtt/retained.ts';
import { onEachBroker, type TestBroker } from '../../brokers.ts';
import {
  closeListeners,
  connected,
  listen,
  makeConnection,
  retainedOn,
  topics,
  until,
} from './station.ts';

describe('Retained topics', () => {
  onEachBroker(({ start, version }) => {
    let broker: TestBroker;
    let station: ReturnType<typeof makeConnection>;
    let retained: RetainedTopics;
    let ledger: ReturnType<typeof ledgerFile>;
    beforeEach(async () => {
      broker = await start();
      station = makeConnection(broker.url);
      ledger = ledgerFile();
      retained = makeRetained();
    });
    afterEach(async () => {
      retained?.stop();
      await station?.connection.stop();
      await closeListeners();
      await broker?.stop();
    });

    function makeRetained() {
      const { connection, log } = station;
      return new RetainedTopics({ connection, ledger, others: [topics.status], log });
    }

    async function begin() {
      await retained.start();
      station.connection.start();
      await connected(station.connection);
    }

    it('go out when their bytes change, and only then', async () => {
      const { heard } = await listen(broker.url, [topics.info, topics.jobsState]);
      retained.set(topics.info, '{"a":1}');
      await begin();
      await until(() => heard.length === 1);
      retained.set(topics.info, '{"a":1}');
      retained.set(topics.jobsState, '{}');
      retained.set(topics.info, '{"a":2}');
      await until(() => heard.length === 3);
      await sleep(50);
      assert.deepEqual(texts(heard), ['{"a":1}', '{}', '{"a":2}']);
    });

    it('are all back after a broker that forgets was restarted', async () => {
      retained.set(topics.info, '{"a":1}');
      retained.set(topics.driveState('d1'), '{"state":"empty"}');
      await begin();
      await broker.kill();
      await until(() => !station.connection.connected);
      retained.set(topics.driveState('d1'), '{"state":"open"}');
      await broker.restart();
      await until(() => station.connection.connected);
      await sleep(50);
      const found = await retainedOn(broker.url);
      assert.deepEqual(
        [topics.status, topics.info, topics.driveState('d1')].map((topic) => found.get(topic)),
        ['online', '{"a":1}', '{"state":"open"}'],
      );
    });

    it('leave no ghosts: removed ones and those of an earlier run are cleared', async () => {
      retained.set(topics.jobState('old'), '{}');
      retained.set(topics.jobState('done'), '{}');
      await begin();
      await until(() => ledger.topics.length === 3);
      retained.remove(topics.jobState('done'));
      await until(() => ledger.topics.length === 2);
      retained.stop();
      retained = makeRetained();
      retained.set(topics.jobState('new'), '{}');
      await retained.start();
      await until(() => !ledger.topics.includes(topics.jobState('old')));
      await sleep(20);
      const found = await retainedOn(broker.url);
      assert.deepEqual([...found.keys()].sort(), [topics.jobState('new'), topics.status].sort());
      assert.deepEqual([...ledger.topics].sort(), [topics.jobState('new'), topics.status].sort());
    });

    it('are removed when the broker is back, if they ended while it was away', async () => {
      retained.set(topics.review('q1'), '{}');
      await begin();
      await until(() => ledger.topics.length === 2);
      await broker.kill();
      await until(() => !station.connection.connected);
      retained.remove(topics.review('q1'));
      assert.ok(ledger.topics.includes(topics.review('q1')));
      await broker.restart();
      await until(() => !ledger.topics.includes(topics.review('q1')));
    });

    it('are renewed while they are true when they expire', async () => {
      const { heard } = await listen(broker.url, [`${topics.root}/#`], {
        protocolVersion: version,
      });
      await begin();
      retained.set(topics.jobState('1'), '{}', { expiry: 60 });
      retained.set(topics.info, '{}');
      await until(() => heard.some(({ topic }) => topic === topics.info));
      retained.renew();
      await until(() => heard.filter(({ topic }) => topic === topics.jobState('1')).length === 2);
      assert.equal(heard.filter(({ topic }) => topic === topics.info).length, 1);
      const expiry = heard.at(-1)?.packet.properties?.messageExpiryInterval;
      assert.equal(expiry, version === 5 ? 60 : undefined);
    });

    it('are published although their list cannot be written', async () => {
      ledger.fails = true;
      const { heard } = await listen(broker.url, [topics.info]);
      retained.set(topics.info, '{}');
      await begin();
      await until(() => heard.length === 1);
      assert.equal(station.lines.filter((line) => line.includes('cannot be written')).length, 1);
    });
  });
});

function texts(heard: { text: string }[]): string[] {
  return heard.map(({ text }) => text);
}

/** A ledger that stays in memory, like a disk that is fast; it can be full. */
function ledgerFile(): RetainedOptions['ledger'] & { topics: string[]; fails: boolean } {
  return {
    topics: [],
    fails: false,
    async read() {
      return this.topics;
    },
    async write(topics) {
      await sleep(1);
      if (this.fails) throw new Error('no space left');
      this.topics = topics;
    },
  };
}
