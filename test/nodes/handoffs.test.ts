import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import { Bench } from './bench.ts';
import { eventually } from './mini-station.ts';

describe('results that wait for a node', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.open();
  });
  afterEach(() => bench.close());

  it('are collected when they came while Node-RED was away', async () => {
    const { id } = await bench.station.insert();
    const result = { job: id, node: 'n', step: 'rip', outcome: 'done' } as const;
    await bench.station.hand({ ...result, carry: { color: 'red' } });
    await bench.load({ type: 'discflow-rip', outputs: 3 });
    await eventually(() => assert.equal(bench.received[0]?.length, 1));
    assert.equal(bench.received[0]?.[0]?.color, 'red');
    assert.equal(bench.received[0]?.[0]?.redelivered, undefined);
  });

  it('are acknowledged once and sent once, however often the job is told', async () => {
    await bench.load({ type: 'discflow-rip', outputs: 3 });
    const { id } = await bench.station.insert();
    await bench.station.hand({ job: id, node: 'n', step: 'rip', outcome: 'done' });
    for (let i = 0; i < 5; i += 1) await bench.station.change(id, {});
    await eventually(() => assert.equal(bench.station.asked('handoff/acknowledge').length, 1));
    await bench.station.change(id, {});
    await sleep(50);
    assert.equal(bench.received[0]?.length, 1);
    assert.equal(bench.station.asked('handoff/take').length, 1);
  });

  it('come again, marked, when the node was closed before they were acknowledged', async () => {
    await bench.load({ type: 'discflow-rip', outputs: 3 });
    const { id } = await bench.station.insert();
    await bench.station.hand({ job: id, node: 'n', step: 'rip', outcome: 'done' });
    await eventually(() => assert.equal(bench.received[0]?.length, 1));
    await bench.deployAgain();
    await eventually(() => assert.equal(bench.received[0]?.length, 1));
    assert.equal(bench.received[0]?.[0]?.redelivered, true);
  });

  it('of other nodes and other steps are left alone', async () => {
    await bench.load({ type: 'discflow-rip', outputs: 3 });
    const { id } = await bench.station.insert();
    await bench.station.hand({ job: id, node: 'other', step: 'rip', outcome: 'done' });
    await bench.station.hand({ job: id, node: 'n', step: 'match', outcome: 'done' });
    await sleep(100);
    assert.equal(bench.station.asked('handoff/take').length, 0);
    assert.equal(bench.received.flat().length, 0);
  });

  it('come in the order in which they were made', async () => {
    const { id } = await bench.station.insert();
    const titles = ['t01', 't02', 't03', 't04'];
    const result = { job: id, node: 'n', step: 'rip', outcome: 'title' } as const;
    for (const title of titles) await bench.station.hand({ ...result, carry: { said: title } });
    await bench.load({ type: 'discflow-rip', outputs: 3 });
    await eventually(() => assert.equal(bench.received[1]?.length, 4));
    assert.deepEqual(
      bench.received[1]?.map(({ said }) => said),
      titles,
    );
  });

  it('survive a broker that is killed and a service that is restarted', async function () {
    this.timeout(15_000);
    bench.station.outcomes = { rip: 'never' };
    await bench.load({ type: 'discflow-rip', outputs: 3 });
    const { id } = await bench.station.insert();
    bench.node.receive({ job: id });
    await eventually(() => assert.equal(bench.station.asked('job/step').length, 1));
    await bench.broker.kill();
    await bench.station.stop().catch(() => undefined);
    await bench.broker.restart();
    await bench.station.start();
    await bench.station.hand({ job: id, node: 'n', step: 'rip', outcome: 'done' });
    await eventually(() => assert.equal(bench.received[0]?.length, 1), 10_000);
  });

  it('are asked for once the broker is there, when the input came before', async function () {
    this.timeout(15_000);
    const { id } = await bench.station.insert();
    await bench.station.stop();
    await bench.broker.kill();
    await bench.load({ type: 'discflow-rip', outputs: 3 });
    bench.node.receive({ job: id });
    await sleep(300);
    await bench.broker.restart();
    await bench.station.start();
    await eventually(() => assert.equal(bench.received[0]?.length, 1), 10_000);
  });

  it('are no errors of a node that was closed while it asked for them', async () => {
    await bench.load({ type: 'discflow-rip', outputs: 3 });
    const { id } = await bench.station.insert();
    await bench.station.stop();
    await seemsOnline(bench);
    await bench.ready();
    const closed = bench.statuses;
    bench.node.receive({ job: id });
    await sleep(50);
    await bench.deployAgain();
    await sleep(50);
    assert.doesNotMatch(closed.join(), /error/);
  });
});

/** A service that hangs: everybody believes that it is there, and it answers nothing. */
async function seemsOnline({ broker, station }: Bench): Promise<void> {
  const client = await connectAsync(broker.url);
  await client.publishAsync(station.topics.status, 'online', { qos: 1, retain: true });
  await client.endAsync();
}
