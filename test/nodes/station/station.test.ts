import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Blocked, ProblemCode } from '../../../service/contract/problem.ts';
import { someOwned } from '../../service/jobs/fixtures.ts';
import { Bench, errorOf, record } from '../bench.ts';
import { eventually } from '../mini-station.ts';

const CATALOGUE = '@discflow/node-red/discflow-station:status.';

describe('a station', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.open();
  });
  afterEach(() => bench.close());

  const wrong = [
    { broker: 'nonsense' },
    { broker: '' },
    { broker: 'http://127.0.0.1:1883' },
    { broker: 'mqtt://' },
    { base: 'a/#' },
    { base: '' },
    { station: 'a/b' },
    { pathMap: 'none' },
  ];
  for (const settings of wrong)
    it(`with ${JSON.stringify(settings)} tells the nodes that use it, and nothing breaks`, async () => {
      await bench.load({ type: 'discflow-match', outputs: 2 }, settings);
      const caught = record('caught');
      bench.node.receive({ job: 'x' });
      await eventually(() => assert.equal(caught.length, 1));
      assert.equal(errorOf(caught).code, 'config-invalid');
    });

  it('shows at every node when the service or the broker is away, and when it is back', async () => {
    await bench.load({ type: 'discflow-match', outputs: 2 });
    await eventually(() => assert.equal(bench.statuses.at(-1), `${CATALOGUE}ready`));
    await bench.station.stop();
    await eventually(() => assert.equal(bench.statuses.at(-1), `${CATALOGUE}away`));
    await bench.broker.kill();
    await eventually(() => assert.equal(bench.statuses.at(-1), `${CATALOGUE}disconnected`));
    await bench.broker.restart();
    await bench.station.start();
    await eventually(() => assert.equal(bench.statuses.at(-1), `${CATALOGUE}ready`), 10_000);
  });

  it('shows the progress of the drive while a disc is ripped, and the result with its time', async () => {
    bench.station.outcomes = { rip: 'never' };
    await bench.load({ type: 'discflow-rip', outputs: 3 });
    const { id } = await bench.station.insert({ state: 'ripping' });
    bench.node.receive({ job: id });
    await bench.station.publish(bench.station.topics.driveState('images'), driveState(id, 45));
    await eventually(() => assert.equal(bench.statuses.at(-1), `${CATALOGUE}ripping 45 %`));
    await bench.station.hand({ job: id, node: 'n', step: 'rip', outcome: 'done' });
    await eventually(() => assert.match(bench.statuses.at(-1) ?? '', /status\.done \d\d:\d\d$/));
  });

  it('says once what a job is stuck at, where its message waits', async () => {
    bench.station.outcomes = { organize: 'never' };
    await bench.load({ type: 'discflow-organize', outputs: 2 });
    const [here, elsewhere] = [await bench.station.insert(), await bench.station.insert()];
    for (const { id } of [here, elsewhere]) await bench.ready(id);
    bench.node.receive({ job: here.id });
    await eventually(() => assert.equal(bench.station.asked('job/step').length, 1));
    const stuck = { state: 'waiting', blocked: blocked('library-unavailable') } as const;
    await bench.station.change(elsewhere.id, stuck);
    await bench.station.change(here.id, { state: 'waiting', blocked: blocked('flow') });
    await bench.station.change(here.id, stuck);
    await bench.station.change(here.id, { state: 'organizing', blocked: null });
    await bench.station.change(here.id, stuck);
    await bench.station.hand({ job: here.id, node: 'n', step: 'organize', outcome: 'done' });
    await eventually(() => assert.equal(bench.received[0]?.length, 1));
    assert.deepEqual(bench.warnings, ['SOME_DISC waits: library-unavailable!. Do something.']);
  });

  it('names a disc once when what it is stuck at begins with its name', async () => {
    bench.station.outcomes = { rip: 'never' };
    await bench.load({ type: 'discflow-rip', outputs: 3 });
    const { id } = await bench.station.insert();
    await bench.ready(id);
    bench.node.receive({ job: id });
    await eventually(() => assert.equal(bench.station.asked('job/step').length, 1));
    const needed = { ...blocked('disc-needed'), cause: 'SOME_DISC has been let out' };
    await bench.station.change(id, { state: 'waiting', blocked: needed });
    await eventually(() =>
      assert.deepEqual(bench.warnings, ['SOME_DISC has been let out. Do something.']),
    );
  });

  it('shows that a disc was left alone, which is no failure', async () => {
    bench.station.outcomes = { rip: 'failed' };
    await bench.load({ type: 'discflow-rip', outputs: 3 });
    const { id } = await bench.station.insert({ owned: someOwned({ verdict: 'skip' }) });
    bench.node.receive({ job: id });
    await eventually(() => assert.equal(bench.received[2]?.length, 1));
    assert.match(bench.statuses.at(-1) ?? '', /status\.left-alone \d\d:\d\d$/);
  });

  it('says how many more messages wait in a node', async () => {
    bench.station.outcomes = { review: 'never' };
    await bench.load({ type: 'discflow-review', outputs: 2 });
    for (const _ of [1, 2, 3]) {
      const { id } = await bench.station.insert({ state: 'review_needed' });
      bench.node.receive({ job: id });
    }
    await eventually(() => assert.equal(bench.statuses.at(-1), `${CATALOGUE}reviewing +2`));
  });

  it('is told by its drives and libraries to the editor', async () => {
    await bench.load({ type: 'discflow-match', outputs: 2 });
    assert.deepEqual(await bench.getJson('/discflow/stations/none'), { drives: [], libraries: [] });
    await bench.station.publish(bench.station.topics.info, stationInfo());
    await eventuallyEqual(() => bench.getJson('/discflow/stations/s'), {
      drives: [{ id: 'images', name: 'Images' }],
      libraries: [{ id: 'kids', name: 'movies' }],
    });
  });
});

async function eventuallyEqual(get: () => Promise<unknown>, expected: unknown): Promise<void> {
  let last: unknown = await get();
  for (let i = 0; i < 200 && JSON.stringify(last) !== JSON.stringify(expected); i += 1) {
    await sleep(10);
    last = await get();
  }
  assert.deepEqual(last, expected);
}

function blocked(code: ProblemCode): Blocked {
  return { code, cause: `${code}!`, hint: 'Do something.', since: new Date().toISOString() };
}

function driveState(job: string, progress: number): string {
  return JSON.stringify({
    v: 1,
    state: 'ripping',
    disc: 'SOME_DISC',
    job,
    title: null,
    reading: '1 of 1',
    progress,
    speed: 1000,
    finish: null,
    queued: 0,
    safe_to_eject: false,
    problem: null,
  });
}

function stationInfo(): string {
  return JSON.stringify({
    v: 1,
    version: '0.1.0',
    station: 'main',
    startedAt: new Date().toISOString(),
    drives: [{ id: 'images', name: 'Images', kind: 'image-folder', location: '/srv' }],
    libraries: [{ id: 'kids', kind: 'movies', root: '/srv/kids', default: false }],
    tools: [],
    capabilities: [],
  });
}
