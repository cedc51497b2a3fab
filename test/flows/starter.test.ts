import assert from 'node:assert/strict';
import { startAedes, type TestBroker } from '../brokers.ts';
import { eventually, MiniStation } from '../nodes/mini-station.ts';
import { type NodeRed, startNodeRed } from './runtime.ts';
import { starterFor } from './starter-for.ts';

describe('the starter flow', () => {
  let broker: TestBroker;
  let station: MiniStation;
  let nodeRed: NodeRed;
  let arrived: unknown[];
  let failed: unknown[];

  beforeEach(async () => {
    broker = await startAedes();
    station = new MiniStation(broker.url);
    await station.start();
    nodeRed = await startNodeRed({ flows: starterFor(broker.url) });
    [arrived, failed] = [[], []];
    nodeRed.events.on('message', ({ node, port, msg }) => {
      if (node === 'starter-organize' && port === 0) arrived.push(msg.job);
      if (node === 'starter-failed') failed.push(msg.job);
    });
  });
  afterEach(async () => {
    await nodeRed.remove();
    await station.stop();
    await broker.stop();
  });

  /** Every step once, in the order of the first request for it: another one joins it. */
  function steps(): unknown[] {
    return [...new Set(station.asked('job/step').map(({ step }) => step))];
  }

  it('takes a disc all the way', async () => {
    const { id } = await station.insert();
    await eventually(() => assert.deepEqual(arrived, [id]), 5000);
    assert.deepEqual(steps(), ['identify', 'rip', 'match', 'review', 'organize']);
    assert.deepEqual(failed, []);
  });

  it('goes on when the disc is not known for sure, and says what failed', async () => {
    station.outcomes = { identify: 'unsure', match: 'failed' };
    const { id } = await station.insert();
    await eventually(() => assert.deepEqual(failed, [id]), 5000);
    assert.deepEqual(steps(), ['identify', 'rip', 'match']);
    assert.deepEqual(arrived, []);
  });

  for (const how of ['stopped', 'killed'] as const)
    it(`finishes its disc when Node-RED is ${how} in mid-rip`, async () => {
      station.outcomes = { rip: 'never' };
      const { id } = await station.insert();
      await eventually(() => assert.ok(steps().includes('rip')), 5000);
      await eventually(() => assert.equal(station.asked('handoff/acknowledge').length, 2));
      await nodeRed.stop(how === 'killed' ? 'kill' : undefined);
      await station.hand({ job: id, node: 'starter-rip', step: 'rip', outcome: 'done' });
      await nodeRed.start();
      await eventually(() => assert.deepEqual(arrived, [id]), 5000);
      assert.equal(station.asked('job/step').length, 5);
      assert.deepEqual(steps(), ['identify', 'rip', 'match', 'review', 'organize']);
    });

  it('finishes its disc when everything is deployed anew in mid-rip', async () => {
    station.outcomes = { rip: 'never' };
    const { id } = await station.insert();
    await eventually(() => assert.ok(steps().includes('rip')), 5000);
    await nodeRed.deploy(starterFor(broker.url));
    await station.hand({ job: id, node: 'starter-rip', step: 'rip', outcome: 'done' });
    await eventually(() => assert.deepEqual(arrived, [id]), 5000);
  });
});
