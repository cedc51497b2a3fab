import assert from 'node:assert/strict';
import { ulid } from 'ulid';
import { Bench } from './bench.ts';
import { eventually } from './mini-station.ts';

describe('event', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.open();
  });
  afterEach(() => bench.close());

  it('sends every event with its job', async () => {
    await bench.load({ type: 'discflow-event' });
    await bench.ready();
    const sent = await bench.station.event({ event_type: 'disc-ejected' });
    await eventually(() => assert.equal(bench.received[0]?.length, 1));
    const [msg] = bench.received[0] ?? [];
    assert.deepEqual(msg?.payload, sent);
    assert.equal(msg?.job, sent.job);
    assert.equal(msg?.topic, 'event/disc-ejected');
  });

  it('names the question that an event is about, as a review node takes it', async () => {
    await bench.load({ type: 'discflow-event' });
    await bench.ready();
    const question = ulid();
    await bench.station.event({ event_type: 'question-asked', question });
    await eventually(() => assert.equal(bench.received[0]?.length, 1));
    assert.equal(bench.received[0]?.[0]?.review, question);
  });

  it('sends only the chosen types of the chosen drive', async () => {
    const types = 'job-created,disc-ejected';
    await bench.load({ type: 'discflow-event', types, drive: 'images' });
    await bench.ready();
    await bench.station.event({ event_type: 'job-state' });
    await bench.station.event({ event_type: 'disc-ejected', drive: 'other' });
    await bench.station.event({ event_type: 'disc-ejected' });
    await eventually(() => assert.equal(bench.received[0]?.length, 1));
    assert.equal(bench.received[0]?.[0]?.topic, 'event/disc-ejected');
  });

  it('drops repeats, and late events when they are not wanted', async () => {
    await bench.load({ type: 'discflow-event', replays: false });
    await bench.ready();
    const { driveEvent } = bench.station.topics;
    const first = await bench.station.event({});
    const repeat = JSON.stringify({ ...first, replayed: true });
    await bench.station.publish(driveEvent('images'), repeat, false);
    await bench.station.publish(driveEvent('images'), JSON.stringify(first), false);
    await bench.station.event({ replayed: true });
    const last = await bench.station.event({});
    await eventually(() => assert.deepEqual(bench.received[0]?.at(-1)?.payload, last));
    assert.deepEqual(
      bench.received[0]?.map(({ payload }) => payload),
      [first, last],
    );
  });

  it('is not disturbed by what is no event', async () => {
    await bench.load({ type: 'discflow-event' });
    await bench.ready();
    const { driveEvent, jobState, status, driveState } = bench.station.topics;
    for (const junk of ['', '{', 'null', '[]', '{"v":2}', 'x'.repeat(2_000_000)])
      for (const topic of [driveEvent('images'), jobState('x'), driveState('images'), status])
        await bench.station.publish(topic, junk, false);
    await bench.station.event({});
    await eventually(() => assert.equal(bench.received[0]?.length, 1));
  });
});
