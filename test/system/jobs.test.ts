import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { film, filmFiles, show, showFiles } from './sample-discs.ts';
import { startService } from './service-process.ts';
import { stationsOnOneBroker, type TestStation } from './test-station.ts';

/** Processes that work on something in the station's data folder, beside the service itself. */
function toolsOf({ data, service }: TestStation): string[] {
  const lines = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(data) && Number.parseInt(line, 10) !== service.pid);
}

describe('a job', () => {
  const start = stationsOnOneBroker();

  it('that is cancelled in mid-rip stops at once, alone, and goes on when its disc comes back', async function () {
    this.timeout(60_000);
    const station = await start();
    const { observer } = station;
    await station.insert(show);
    const third = () => station.reads(1).length >= 3;
    await station.until('the third title to be read', third);
    const job = [...observer.jobs.keys()][0] ?? '';
    const asked = Date.now();
    await observer.requests.request('job/cancel', { job });
    const cancelled = await station.ended(show);
    assert.equal(cancelled.state, 'cancelled');
    assert.ok(Date.now() - asked < 3000, `it took ${Date.now() - asked} ms`);
    assert.deepEqual(toolsOf(station), []);
    await station.insert(film);
    assert.equal((await station.ended(film)).outcome, 'complete');
    const kept = cancelled.titles.filter(({ state }) => state === 'ripped').map(({ id }) => id);
    await station.putBack(show);
    const again = await station.ended(show, 2);
    assert.equal(again.id, job);
    assert.equal(again.outcome, 'complete');
    for (const title of station.reads(2))
      assert.ok(!kept.includes(title), `${title} was read again`);
    assert.deepEqual(await station.filed(), [...filmFiles, ...showFiles].sort());
    station.assertWholeStory();
  });

  it('is taken back whole, filed again, and its disc not ripped twice', async function () {
    this.timeout(60_000);
    const station = await start();
    const { requests } = station.observer;
    await station.insert(film);
    const { id: job } = await station.ended(film);
    const undone = await requests.request('job/undo', { job });
    assert.equal(undone.job.blocked?.code, 'undone');
    assert.deepEqual(await station.filed(), []);
    assert.deepEqual(await station.staged(), ['t01.mkv', 't02.mkv']);
    await station.kill();
    await station.start();
    await requests.request('job/update', { job, set: { identity: { title: 'Longer Meridian' } } });
    await requests.request('job/retry', { job });
    const filed = await station.ended(film, 2);
    assert.equal(filed.outcome, 'complete');
    assert.deepEqual(await station.filed(), ['Bonus 1-02.mkv', 'Longer Meridian.mkv']);
    assert.deepEqual(station.reads(2), []);
    await station.insert(film, 'the same.iso');
    const skipped = await station.ended('the same.iso');
    assert.deepEqual([skipped.outcome, skipped.owned?.job], ['nothing', job]);
    assert.deepEqual(await station.filed(), ['Bonus 1-02.mkv', 'Longer Meridian.mkv']);
    station.assertWholeStory();
  });

  it('is put right long after it was filed, and only what is concerned moves', async function () {
    this.timeout(60_000);
    const station = await start();
    const { requests } = station.observer;
    await station.insert(show);
    const { id: job, titles } = await station.ended(show);
    const untouched = titles.find(({ id }) => id === 't03')?.filed?.path ?? '';
    const before = await stat(untouched);
    const match = { kind: 'episode' as const, season: 2, episodes: [7] };
    const wrong = requests.request('job/amend', { job, assignment: [{ title: 't77', match }] });
    await assert.rejects(wrong, { code: 'unknown-title' });
    await requests.request('job/amend', { job, assignment: [{ title: 't02', match }] });
    const amended = await station.ended(show, 2);
    assert.equal(amended.outcome, 'complete');
    const renamed = showFiles.map((name) =>
      name.includes('S01E01') ? 'Harbour Lights - S02E07.mkv' : name,
    );
    assert.deepEqual(await station.filed(), renamed.sort());
    assert.deepEqual([(await stat(untouched)).ino, amended.attempt], [before.ino, 2]);
    assert.deepEqual(station.reads(2), []);
    await requests.request('job/amend', { job, identity: { title: 'Harbour Nights', season: 1 } });
    assert.equal((await station.ended(show, 3)).outcome, 'complete');
    assert.deepEqual(
      await station.filed(),
      renamed.map((name) => name.replace('Lights', 'Nights')).sort(),
    );
    station.assertWholeStory();
  });

  it('belongs to one process: a second one on the same state is refused', async function () {
    this.timeout(30_000);
    const station = await start();
    const second = startService(station.data, {});
    await assert.rejects(second.ready(), /already working on this state/);
    await second.stop();
    await station.insert(film);
    assert.equal((await station.ended(film)).outcome, 'complete');
  });

  it('that nobody claims is done by the service when its time is over, or waits for ever if told', async function () {
    this.timeout(30_000);
    const [alone, waiting] = await Promise.all([
      start({ policies: { claim_seconds: 0.2 } }),
      start({ policies: { claim_wait: true } }),
    ]);
    await Promise.all([alone.insert(film), waiting.insert(film)]);
    assert.equal((await alone.ended(film)).outcome, 'complete');
    const job = await waiting.jobWhere(
      'identified',
      ({ steps }) => steps.identify?.state === 'done',
    );
    assert.equal(job.endedAt, null);
    assert.deepEqual(await waiting.staged(), []);
  });

  it('in the hands of a flow is done step by step, each once, also over a kill', async function () {
    this.timeout(60_000);
    const station = await start({ policies: { claim_wait: true } });
    const { requests } = station.observer;
    await station.insert(film);
    const { id: job } = await station.jobWhere('identified', ({ titles }) => titles.length > 0);
    const carry = { payload: { mine: [1, 'two'] } };
    await requests.request('job/claim', { job, node: 'inserted', carry });
    await collect(station, {
      job,
      node: 'inserted',
      outcome: 'inserted',
      carry,
      redelivered: false,
    });
    const flow = { job, node: 'rip', step: 'rip', carry } as const;
    await requests.request('job/step', flow);
    await station.until('a title to be read', () => station.reads(1).length > 0);
    await station.kill();
    await station.start();
    // The node asks again after its own restart: it attaches to the same step.
    await requests.request('job/step', flow);
    await collect(station, { job, node: 'rip', outcome: 'done', carry, redelivered: false });
    await requests.request('job/step', { ...flow, node: 'organize', step: 'organize' });
    const { outcome } = await station.ended(film);
    assert.equal(outcome, 'complete');
    const { id } = await handoffFor(station, job, 'organize');
    await requests.request('handoff/take', { job, handoff: id });
    await station.kill();
    await station.start();
    await collect(station, { job, node: 'organize', outcome: 'done', carry, redelivered: true });
    const ends = station.observer.events.filter(({ event_type }) => event_type === 'step-ended');
    assert.deepEqual(
      [...new Map(ends.map((event) => [event.seq, event.step])).values()],
      ['identify', 'rip', 'match', 'organize'],
    );
    assert.deepEqual(await station.filed(), filmFiles);
    station.assertWholeStory();
  });
});

function handoffFor(station: TestStation, job: string, node: string) {
  return station.until(`the handoff for ${node}`, () =>
    station.observer.jobs.get(job)?.handoffs.find((handoff) => handoff.node === node),
  );
}

/** Takes a handoff as its node does, and acknowledges it. */
async function collect(
  station: TestStation,
  wanted: { job: string; node: string; outcome: string; carry: object; redelivered: boolean },
): Promise<void> {
  const { requests } = station.observer;
  const { id } = await handoffFor(station, wanted.job, wanted.node);
  const taken = await requests.request('handoff/take', { job: wanted.job, handoff: id });
  assert.equal(taken.handoff.outcome, wanted.outcome);
  assert.deepEqual(taken.carry, wanted.carry);
  assert.equal(taken.redelivered, wanted.redelivered);
  await requests.request('handoff/acknowledge', { job: wanted.job, handoff: id });
  const again = requests.request('handoff/take', { job: wanted.job, handoff: id });
  await assert.rejects(again, { code: 'unknown-handoff' });
}
