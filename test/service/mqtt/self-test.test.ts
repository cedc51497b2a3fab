import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { SelfTest } from '../../../service/mqtt/self-test.ts';
import { mosquittoVersion, onEachBroker, startAedes, startMosquitto } from '../../brokers.ts';
import { connected, makeConnection, topics, until } from './station.ts';

describe("The self-test of the station's rights", () => {
  onEachBroker(({ start }) => {
    it('has nothing to say when messages come back', async () => {
      const broker = await start();
      const { connection, problems, reports } = begin(broker.url, 1000);
      await until(() => reports.some(([key]) => key === 'self-test'));
      assert.equal(problems.size, 0);
      await connection.stop();
      await broker.stop();
    });
  });

  it('finds that mosquitto drops what it acknowledged, MQTT 3.1.1', async function () {
    if (mosquittoVersion() === null) return this.skip();
    const broker = await startMosquitto({ acl: [`topic readwrite ${topics.status}`] });
    const { connection, problems } = begin(broker.url, 200, 4);
    await until(() => problems.has('self-test'));
    assert.equal(problems.get('self-test')?.code, 'broker-drops-messages');
    assert.match(problems.get('self-test')?.hint ?? '', /topic readwrite home\/discs\/attic\/#/);
    await connection.stop();
    await broker.stop();
  });

  it('is reported once and does not loop on aedes, which closes the connection', async () => {
    let tried = 0;
    const broker = await startAedes({
      allows(topic) {
        if (topic === topics.selfTest) tried++;
        return topic !== topics.selfTest;
      },
    });
    const { connection, problems, reports } = begin(broker.url, 200);
    await until(() => problems.has('publish'));
    await connected(connection);
    await sleep(1500);
    assert.equal(tried, 2);
    assert.ok(connection.connected);
    assert.deepEqual([...problems.keys()], ['publish']);
    assert.equal(reports.filter(([key]) => key === 'publish').length, 1);
    await connection.stop();
    await broker.stop();
  });
});

function begin(url: string, limitMs: number, protocol: 'auto' | 4 = 'auto') {
  const station = makeConnection(url, { protocol });
  const { connection, report } = station;
  new SelfTest({ connection, topics, report, limitMs }).start();
  connection.start();
  return station;
}
