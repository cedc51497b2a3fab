import assert from 'node:assert/strict';
import { mosquittoVersion, startAedes, startMosquitto } from '../../brokers.ts';
import { closeListeners, connected, listen, makeConnection, topics, until } from './station.ts';

describe('A publish that the broker refuses', () => {
  afterEach(closeListeners);

  it('is reported once, does not loop and does not block the others on aedes', async () => {
    let refused = 0;
    const broker = await startAedes({
      allows(topic) {
        if (topic === topics.info) refused++;
        return topic !== topics.info;
      },
    });
    const { connection, problems, reports } = makeConnection(broker.url);
    const { heard } = await listen(broker.url, [topics.jobsState]);
    connection.start();
    await connected(connection);
    const publishUntilSettled = async (topic: string) => {
      for (;;) {
        await connected(connection);
        const published = await connection.publish({ topic, payload: '{}' });
        if (published !== 'lost') return published;
      }
    };
    const results = await Promise.all([
      publishUntilSettled(topics.info),
      publishUntilSettled(topics.jobsState),
    ]);
    assert.deepEqual(results, ['refused', 'acknowledged']);
    assert.equal(await publishUntilSettled(topics.info), 'refused');
    assert.equal(refused, 2);
    await until(() => heard.length > 0);
    assert.equal(reports.filter(([key]) => key === 'publish').length, 1);
    assert.equal(problems.get('publish')?.code, 'publish-refused');
    assert.match(problems.get('publish')?.message ?? '', /home\/discs\/attic\/info/);
    assert.match(problems.get('publish')?.hint ?? '', /topic readwrite home\/discs\/attic\/#/);
    await connection.stop();
    await broker.stop();
  });

  it('is not what a broker that dies with many messages under way looks like', async () => {
    const broker = await startAedes();
    const { connection, problems } = makeConnection(broker.url);
    connection.start();
    const topic = topics.jobState('1');
    for (let round = 0; round < 3; round++) {
      await connected(connection);
      assert.equal(await connection.publish({ topic, payload: '{}' }), 'acknowledged');
      const publishes = ['1', '2', '3'].map((job) =>
        connection.publish({ topic: topics.jobState(job), payload: '{}' }),
      );
      await broker.kill();
      assert.ok(!(await Promise.all(publishes)).includes('refused'));
      await broker.restart();
    }
    await connected(connection);
    assert.equal(await connection.publish({ topic, payload: '{}' }), 'acknowledged');
    await until(() => !problems.has('connection'));
    assert.equal(problems.size, 0);
    await connection.stop();
    await broker.stop();
  });

  it('is reported with the reason of MQTT 5, and withdrawn when it is allowed', async function () {
    if (mosquittoVersion() === null) return this.skip();
    const broker = await startMosquitto({
      acl: [`topic readwrite ${topics.status}`, `topic readwrite ${topics.jobsState}`],
    });
    const { connection, problems, reports } = makeConnection(broker.url, { protocol: 5 });
    connection.start();
    await connected(connection);
    const publish = (topic: string) => connection.publish({ topic, payload: '{}' });
    assert.equal(await publish(topics.info), 'refused');
    assert.equal(await publish(topics.info), 'refused');
    assert.equal(await publish(topics.jobsState), 'acknowledged');
    assert.ok(connection.connected);
    assert.equal(reports.filter(([key]) => key === 'publish').length, 1);
    assert.match(problems.get('publish')?.message ?? '', /Not authorized/);
    await connection.stop();
    await broker.stop();
  });
});
