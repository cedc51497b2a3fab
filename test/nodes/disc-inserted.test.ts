import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Bench } from './bench.ts';
import { eventually } from './mini-station.ts';
import { snapshot } from './snapshots.ts';

describe('disc inserted', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.open();
  });
  afterEach(() => bench.close());

  it('claims a new disc for its flow and starts it', async () => {
    await bench.load({ type: 'discflow-disc-inserted', decides: true });
    const { id } = await bench.station.insert();
    await eventually(() => assert.equal(bench.received[0]?.length, 1));
    assert.equal(bench.received[0]?.[0]?.job, id);
    assert.equal(bench.received[0]?.[0]?.topic, 'insert/inserted');
    assert.deepEqual(bench.station.asked('job/claim'), [{ job: id, node: 'n' }]);
  });

  it('claims a disc that came while Node-RED was away and waits for its flow', async () => {
    const { id } = await bench.station.insert({ state: 'waiting' });
    await bench.load({ type: 'discflow-disc-inserted', decides: true });
    await eventually(() => assert.equal(bench.received[0]?.[0]?.job, id));
  });

  const { steps } = snapshot();
  const running = { ...steps.rip, state: 'running' } as const;
  const notClaimed = [
    { what: 'a job that is ripping', job: { steps: { ...steps, rip: running } } },
    { what: 'a job that has ended', job: { state: 'failed', endedAt: '2026-01-01T00:00:00Z' } },
    { what: 'a job that another flow decides', job: { mode: 'flow' } },
    { what: 'a disc in another drive', job: { drive: 'other' } },
  ] as const;
  for (const { what, job } of notClaimed)
    it(`does not claim ${what}`, async () => {
      await bench.load({ type: 'discflow-disc-inserted', decides: true, drive: 'images' });
      await bench.station.insert(job);
      await sleep(100);
      assert.equal(bench.station.asked('job/claim').length, 0);
    });

  it('takes a refusal for an answer', async () => {
    bench.station.refusesClaims = true;
    await bench.load({ type: 'discflow-disc-inserted', decides: true });
    const { id } = await bench.station.insert();
    await bench.station.change(id, {});
    await bench.station.change(id, { state: 'identifying' });
    await sleep(100);
    assert.equal(bench.station.asked('job/claim').length, 1);
    assert.equal(bench.received[0]?.length, 0);
  });

  it('claims a job that is begun again', async () => {
    await bench.load({ type: 'discflow-disc-inserted', decides: true });
    const { id } = await bench.station.insert();
    await eventually(() => assert.equal(bench.received[0]?.length, 1));
    await bench.station.change(id, { attempt: 2, mode: 'auto', state: 'idle' });
    await eventually(() => assert.equal(bench.received[0]?.length, 2));
  });

  it('only tells, once per disc, when the service decides', async () => {
    await bench.load({ type: 'discflow-disc-inserted', decides: false });
    await bench.ready();
    const { id } = await bench.station.insert();
    await bench.station.change(id, { state: 'ripping' });
    await eventually(() => assert.equal(bench.received[0]?.length, 1));
    assert.equal(bench.received[0]?.[0]?.job, id);
    await sleep(100);
    assert.equal(bench.received[0]?.length, 1);
    assert.equal(bench.station.asked('job/claim').length, 0);
  });
});
