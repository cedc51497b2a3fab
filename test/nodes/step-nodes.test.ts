import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Bench, errorOf, record } from './bench.ts';
import { eventually } from './mini-station.ts';
import { question, title } from './snapshots.ts';

describe('the nodes that ask for a step', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.open();
  });
  afterEach(() => bench.close());

  const outputs = [
    { type: 'identify', outcome: 'sure', output: 0, of: 3 },
    { type: 'identify', outcome: 'unsure', output: 1, of: 3 },
    { type: 'identify', outcome: 'failed', output: 2, of: 3 },
    { type: 'rip', outcome: 'done', output: 0, of: 3 },
    { type: 'rip', outcome: 'failed', output: 2, of: 3 },
    { type: 'match', outcome: 'done', output: 0, of: 3 },
    { type: 'match', outcome: 'failed', output: 2, of: 3 },
    { type: 'review', outcome: 'answered', output: 0, of: 2 },
    { type: 'review', outcome: 'timed-out', output: 1, of: 2 },
    { type: 'organize', outcome: 'done', output: 0, of: 2 },
    { type: 'organize', outcome: 'failed', output: 1, of: 2 },
  ] as const;
  for (const { type, outcome, output, of } of outputs)
    it(`${type} sends "${outcome}" on output ${output + 1} alone`, async () => {
      bench.station.outcomes = { [type]: outcome };
      await bench.load({ type: `discflow-${type}`, outputs: of });
      const { id } = await bench.station.insert();
      bench.node.receive({ job: id });
      await eventually(() => assert.equal(bench.received[output]?.length, 1));
      assert.equal(bench.received.flat().length, 1);
      assert.equal(bench.received[output]?.[0]?.topic, `${type}/${outcome}`);
    });

  it('gives the job as payload, with files as Node-RED sees them', async () => {
    await bench.load(
      { type: 'discflow-rip', outputs: 3 },
      { pathMap: [{ from: '/srv/staging', to: '/mnt/s' }] },
    );
    const { id } = await bench.station.insert({
      titles: [title({ file: '/srv/staging/job/t01.mkv' })],
    });
    bench.node.receive({ job: id });
    await eventually(() => assert.equal(bench.received[0]?.length, 1));
    const [msg] = bench.received[0] ?? [];
    assert.equal(msg?.job, id);
    const { handoffs: _ours, ...job } = bench.station.jobs.get(id) ?? {};
    const titles = [title({ file: '/mnt/s/job/t01.mkv' })];
    assert.deepEqual(msg?.payload, { ...job, rev: 3, titles });
  });

  it("brings the user's own properties and the message id back", async () => {
    await bench.load({ type: 'discflow-match', outputs: 2 });
    const { id } = await bench.station.insert();
    bench.node.receive({ job: id, _msgid: 'abc', color: 'red', payload: 1, when: new Date() });
    await eventually(() => assert.equal(bench.received[0]?.length, 1));
    const [msg] = bench.received[0] ?? [];
    assert.equal(msg?._msgid, 'abc');
    assert.equal(msg?.color, 'red');
    assert.equal(msg?.when, undefined);
    assert.deepEqual(bench.station.asked('job/step')[0]?.carry, { color: 'red' });
  });

  it('tells a Complete node once, when the result was sent and not before', async () => {
    bench.station.outcomes = { rip: 'never' };
    await bench.load({ type: 'discflow-rip', outputs: 3 });
    const completed = record('completed');
    const { id } = await bench.station.insert();
    bench.node.receive({ job: id });
    await eventually(() => assert.equal(bench.station.asked('job/step').length, 1));
    await sleep(50);
    assert.equal(completed.length, 0);
    await bench.station.hand({ job: id, node: 'n', step: 'rip', outcome: 'failed' });
    await eventually(() => assert.equal(completed.length, 1));
    await eventually(() => assert.equal(bench.station.asked('handoff/acknowledge').length, 1));
    assert.equal(completed.length, 1);
  });

  it('sends each title on an output of its own and goes on', async () => {
    await bench.load({ type: 'discflow-rip', outputs: 3, each: true });
    const { id } = await bench.station.insert({ titles: [title({ file: '/a/t01.mkv' })] });
    bench.node.receive({ job: id });
    await eventually(() => assert.equal(bench.received[0]?.length, 1));
    const [each] = bench.received[1] ?? [];
    assert.deepEqual(each?.title, title({ file: '/a/t01.mkv' }));
    assert.equal(each?.topic, 'rip/title');
    assert.equal(bench.received[0]?.[0]?.title, undefined);
  });

  it('tells which title is measured, and at the end whether a question is open', async () => {
    bench.station.outcomes = { match: 'never' };
    await bench.load({ type: 'discflow-match', outputs: 3, each: true });
    const { id } = await bench.station.insert({ titles: [title()] });
    bench.node.receive({ job: id });
    await eventually(() => assert.equal(bench.received[1]?.[0]?.topic, 'match/title'));
    const progress = { step: 'match', title: 't03', index: 2, count: 4 } as const;
    await bench.station.change(id, { state: 'matching', progress });
    await eventually(() => assert.match(bench.statuses.at(-1) ?? '', /matching t03 2\/4$/));
    await bench.station.change(id, { state: 'review_needed', questions: [question()] });
    await bench.station.hand({ job: id, node: 'n', step: 'match', outcome: 'done' });
    await eventually(() => assert.match(bench.statuses.at(-1) ?? '', /question open|asked/));
    await bench.station.change(id, { state: 'matching', questions: [] });
    bench.node.receive({ job: id });
    await bench.station.hand({ job: id, node: 'n', step: 'match', outcome: 'done' });
    await eventually(() => assert.match(bench.statuses.at(-1) ?? '', /matched/));
  });

  it('uses msg.set up: it goes to the service and not along', async () => {
    await bench.load({ type: 'discflow-organize', outputs: 2, library: 'movies' });
    const { id } = await bench.station.insert();
    bench.node.receive({ job: id, set: { library: 'kids' } });
    await eventually(() => assert.equal(bench.received[0]?.length, 1));
    assert.deepEqual(bench.station.asked('job/step')[0]?.set, { library: 'kids' });
    assert.equal(bench.received[0]?.[0]?.set, undefined);
  });

  it('asks for its own library when the message sets none', async () => {
    await bench.load({ type: 'discflow-organize', outputs: 2, library: 'movies' });
    const { id } = await bench.station.insert();
    bench.node.receive({ job: id });
    await eventually(() => assert.equal(bench.station.asked('job/step').length, 1));
    assert.deepEqual(bench.station.asked('job/step')[0]?.set, { library: 'movies' });
  });

  it('asks for its own time limit', async () => {
    await bench.load({ type: 'discflow-review', outputs: 2, timeout: '2', unit: 'hours' });
    const { id } = await bench.station.insert();
    bench.node.receive({ job: id });
    await eventually(() => assert.equal(bench.station.asked('job/step')[0]?.timeout, 7200));
  });

  const faults = [
    { msg: {}, code: 'bad-request', says: /msg\.job is missing/ },
    { msg: { job: 7 }, code: 'bad-request', says: /not the id of a job/ },
    { msg: { job: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }, code: 'unknown-job', says: /refused/ },
    {
      msg: { job: '01ARZ3NDEKTSV4RRFFQ69G5FAV', set: { lib: 1 } },
      code: 'bad-request',
      says: /msg\.set/,
    },
    {
      msg: { job: '01ARZ3NDEKTSV4RRFFQ69G5FAV', big: 'x'.repeat(17_000) },
      code: 'too-large',
      says: /msg\.big/,
    },
  ];
  for (const { msg, code, says } of faults)
    it(`a Catch node gets ${code} for ${JSON.stringify(msg).slice(0, 60)}`, async () => {
      await bench.load({ type: 'discflow-identify', outputs: 3 });
      const caught = record('caught');
      bench.node.receive({ ...msg });
      await eventually(() => assert.equal(caught.length, 1));
      const error = errorOf(caught);
      assert.equal(error.code, code);
      assert.match(error.message, says);
      assert.equal(bench.received.flat().length, 0);
    });

  it('without a station: a red status, and every input is an error', async () => {
    await bench.load({ type: 'discflow-match', outputs: 2, station: '' });
    const caught = record('caught');
    bench.node.receive({ job: 'x' });
    await eventually(() => assert.equal(caught.length, 1));
    assert.equal(errorOf(caught).code, 'config-invalid');
  });
});
