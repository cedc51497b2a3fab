import assert from 'node:assert/strict';
import { Bench, errorOf, record } from './bench.ts';
import { eventually } from './mini-station.ts';

describe('command', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.open();
  });
  afterEach(() => bench.close());

  it('sends msg.payload and gives the answer on the same message', async () => {
    await bench.load({ type: 'discflow-command', operation: 'drive/eject' });
    bench.node.receive({ payload: { drive: 'images' }, color: 'red' });
    await eventually(() => assert.equal(bench.received[0]?.length, 1));
    assert.deepEqual(bench.received[0]?.[0]?.payload, {});
    assert.equal(bench.received[0]?.[0]?.color, 'red');
    assert.deepEqual(bench.station.asked('drive/eject'), [{ drive: 'images' }]);
  });

  it('takes the operation from msg.topic and the job from msg.job', async () => {
    await bench.load({ type: 'discflow-command', operation: '' });
    const { id } = await bench.station.insert();
    bench.node.receive({ topic: 'job/update', job: id, payload: { set: { library: 'kids' } } });
    await eventually(() => assert.equal(bench.received[0]?.length, 1));
    assert.deepEqual(bench.station.asked('job/update'), [{ job: id, set: { library: 'kids' } }]);
  });

  it('leaves the payload alone when msg.job alone is wanted', async () => {
    await bench.load({ type: 'discflow-command', operation: 'job/get', body: 'job' });
    const { id } = await bench.station.insert();
    bench.node.receive({ job: id, payload: { event_type: 'job-state' } });
    await eventually(() => assert.equal(bench.received[0]?.length, 1));
    assert.deepEqual(bench.received[0]?.[0]?.payload, { job: bench.station.jobs.get(id) });
  });

  const refused = [
    { msg: { topic: 'no/such' }, code: 'bad-request', says: /not the name of an operation/ },
    { msg: { topic: 'toString' }, code: 'bad-request', says: /not the name of an operation/ },
    { msg: { topic: 'drive/eject', payload: { drve: 'a' } }, code: 'bad-request', says: /drive/ },
    {
      msg: { topic: 'job/get', payload: { job: '01ARZ3NDEKTSV4RRFFQ69G5FAV' } },
      code: 'unknown-job',
      says: /Try it otherwise/,
    },
  ];
  for (const { msg, code, says } of refused)
    it(`a Catch node gets ${code} for ${JSON.stringify(msg)}`, async () => {
      await bench.load({ type: 'discflow-command', operation: '' });
      const caught = record('caught');
      bench.node.receive({ ...msg });
      await eventually(() => assert.equal(caught.length, 1));
      const error = errorOf(caught);
      assert.equal(error.code, code);
      assert.match(error.message, says);
    });
});
