import assert from 'node:assert/strict';
import { answerOf } from '../../nodes/review/answer-of.ts';
import { Bench, errorOf, record } from './bench.ts';
import { eventually } from './mini-station.ts';
import { question } from './snapshots.ts';

describe('answers in msg.answer', () => {
  const understood = [
    ['accept', { accept: true }],
    [' Yes ', { accept: true }],
    [2, { choose: 'c2' }],
    ['1', { choose: 'c1' }],
    ['c2', { choose: 'c2' }],
    ['other film (2001)', { choose: 'c2' }],
    [{ choose: 'c1' }, { choose: 'c1' }],
    [{ identity: { title: 'Alien', year: 1979 } }, { identity: { title: 'Alien', year: 1979 } }],
  ] as const;
  for (const [given, answer] of understood)
    it(`${JSON.stringify(given)} is ${JSON.stringify(answer)}`, () => {
      assert.deepEqual(answerOf(given, question()), answer);
    });

  for (const given of ['', 'perhaps', 3, 0, null, [], { yes: true }])
    it(`${JSON.stringify(given)} is refused, with the candidates in the hint`, () => {
      assert.throws(() => answerOf(given, question()), /1 "Some Film \(1999\)"/);
    });
});

describe('a review node', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.open();
    await bench.load({ type: 'discflow-review', outputs: 2 });
  });
  afterEach(() => bench.close());

  it('answers the only open question without being told which', async () => {
    const open = question({ rev: 3 });
    const { id } = await bench.station.insert({ questions: [open] });
    await bench.ready(id);
    const completed = record('completed');
    bench.node.receive({ answer: 'accept' });
    await eventually(() => assert.equal(completed.length, 1));
    const [asked] = bench.station.asked('review/answer');
    assert.deepEqual(asked, { review: open.id, rev: 3, answer: { accept: true }, by: 'Node-RED' });
    assert.equal(bench.received.flat().length, 0);
  });

  it('does not guess between two', async () => {
    const { id } = await bench.station.insert({ questions: [question(), question()] });
    await bench.ready(id);
    const caught = record('caught');
    bench.node.receive({ answer: 'accept' });
    await eventually(() => assert.equal(caught.length, 1));
    assert.equal(errorOf(caught).code, 'unknown-question');
    assert.equal(bench.station.asked('review/answer').length, 0);
  });

  it('answers the one that msg.review names', async () => {
    const [first, second] = [question(), question()];
    const { id } = await bench.station.insert({ questions: [first, second] });
    await bench.ready(id);
    bench.node.receive({ answer: 2, review: second.id });
    await eventually(() => assert.equal(bench.station.asked('review/answer').length, 1));
    assert.equal(bench.station.asked('review/answer')[0]?.review, second.id);
  });

  it('accepts all that is open when told so, each as it is after the answer before', async () => {
    const [first, second, other] = [question(), question(), question()];
    const film = await bench.station.insert({ questions: [first, second] });
    const show = await bench.station.insert({ questions: [other] });
    for (const { id } of [film, show]) await bench.ready(id);
    const completed = record('completed');
    bench.node.receive({ answer: ' Accept all' });
    await eventually(() => assert.equal(completed.length, 1));
    assert.deepEqual(
      bench.station.asked('review/answer').map(({ review, rev }) => [review, rev]),
      [
        [first.id, 1],
        [second.id, 2],
        [other.id, 1],
      ],
    );
    assert.match(bench.statuses.at(-1) ?? '', /status\.answered \d\d:\d\d$/);
  });

  it('says so when there is nothing to accept', async () => {
    await bench.ready();
    const caught = record('caught');
    bench.node.receive({ answer: 'accept all' });
    await eventually(() => assert.equal(caught.length, 1));
    assert.equal(errorOf(caught).code, 'unknown-question');
    assert.match(bench.statuses.at(-1) ?? '', /status\.error/);
  });

  it('answers for a message that is faster than the retained state of its job', async () => {
    const open = question();
    const job = await bench.station.insert();
    await bench.ready(job.id);
    bench.station.jobs.set(job.id, { ...job, questions: [open] });
    bench.node.receive({ answer: 'accept', job: job.id });
    await eventually(() => assert.equal(bench.station.asked('review/answer').length, 1));
    assert.equal(bench.station.asked('review/answer')[0]?.review, open.id);
  });
});
