import assert from 'node:assert/strict';
import type { HandoffOutcome } from '../../../service/contract/job.ts';
import type { Ask, JobDocument } from '../../../service/jobs/document.ts';
import { ask, claim, settleAsks } from '../../../service/jobs/handoffs.ts';
import { someJob, someQuestion, someTitle } from './fixtures.ts';

const now = Date.parse('2026-01-01T00:00:00Z');

function wish(change: Partial<Ask> = {}): Ask {
  return { node: 'n1', step: 'rip', carry: { lamp: 'red' }, each: null, until: null, ...change };
}

function jobWith(step: 'identify' | 'rip', state: 'pending' | 'done' | 'failed'): JobDocument {
  const job = someJob({ state: 'ripping' });
  job.steps[step].state = state;
  return job;
}

const open = [someQuestion()];
const closed = [
  someQuestion({ answered: { at: '2026-01-01T00:00:00Z', by: 'x', answer: { accept: true } } }),
];
const results: {
  when: string;
  job: JobDocument;
  wish?: Partial<Ask>;
  outcome: HandoffOutcome | null;
}[] = [
  { when: 'the step runs', job: jobWith('rip', 'pending'), outcome: null },
  { when: 'the step is done', job: jobWith('rip', 'done'), outcome: 'done' },
  { when: 'the step failed', job: jobWith('rip', 'failed'), outcome: 'failed' },
  {
    when: 'the job ended before the step',
    job: { ...jobWith('rip', 'pending'), state: 'cancelled' },
    outcome: 'failed',
  },
  {
    when: 'the disc is known',
    job: jobWith('identify', 'done'),
    wish: { step: 'identify' },
    outcome: 'sure',
  },
  {
    when: 'the disc is in question',
    job: { ...jobWith('identify', 'done'), questions: open },
    wish: { step: 'identify' },
    outcome: 'unsure',
  },
  {
    when: 'nothing is open',
    job: someJob({ questions: closed }),
    wish: { step: 'review' },
    outcome: 'answered',
  },
  {
    when: 'a question is open',
    job: someJob({ questions: open }),
    wish: { step: 'review' },
    outcome: null,
  },
  {
    when: 'it was open for too long',
    job: someJob({ questions: open }),
    wish: { step: 'review', until: '2025-12-31T23:59:59Z' },
    outcome: 'timed-out',
  },
  {
    when: 'the job ended without an answer',
    job: someJob({ questions: open, state: 'cancelled' }),
    wish: { step: 'review' },
    outcome: 'timed-out',
  },
];

describe('the result of a step for a node that asked for it', () => {
  for (const { when, job, wish: change, outcome } of results)
    it(`is ${outcome ?? 'awaited'} when ${when}`, () => {
      const draft = structuredClone(job);
      ask(draft, wish(change));
      settleAsks(draft, now);
      assert.deepEqual(
        draft.handoffs.map((handoff) => [handoff.outcome, handoff.carry]),
        outcome ? [[outcome, { lamp: 'red' }]] : [],
      );
      assert.equal(draft.asks.length, outcome ? 0 : 1);
    });

  it('comes once', () => {
    const draft = jobWith('rip', 'done');
    ask(draft, wish());
    settleAsks(draft, now);
    settleAsks(draft, now);
    assert.equal(draft.handoffs.length, 1);
  });

  it('comes title by title, each once, and whole in the end', () => {
    const draft = jobWith('rip', 'pending');
    draft.titles = [someTitle(1, { file: '/s/t01.mkv' }), someTitle(2)];
    ask(draft, wish({ each: [] }));
    settleAsks(draft, now);
    settleAsks(draft, now);
    for (const title of draft.titles) title.file = `/s/${title.id}.mkv`;
    draft.steps.rip.state = 'done';
    settleAsks(draft, now);
    assert.deepEqual(
      draft.handoffs.map(({ title, outcome }) => title ?? outcome),
      ['t01', 't02', 'done'],
    );
  });

  it('comes for each title that is matched once all are decided, and not for those that are asked about', () => {
    const draft = someJob({ state: 'matching' });
    draft.titles = [
      someTitle(1, { state: 'matched' }),
      someTitle(2, { state: 'review' }),
      someTitle(3, { state: 'skipped', wanted: false }),
    ];
    ask(draft, wish({ step: 'match', each: [] }));
    settleAsks(draft, now);
    assert.deepEqual(draft.handoffs, []);
    draft.steps.match.state = 'done';
    settleAsks(draft, now);
    assert.deepEqual(
      draft.handoffs.map(({ title, outcome }) => title ?? outcome),
      ['t01', 'done'],
    );
  });

  it('goes to the latest message of a node that asks twice', () => {
    const draft = jobWith('rip', 'pending');
    ask(draft, wish());
    ask(draft, wish({ carry: { lamp: 'green' } }));
    ask(draft, wish({ node: 'n2' }));
    draft.steps.rip.state = 'done';
    settleAsks(draft, now);
    assert.deepEqual(
      draft.handoffs.map(({ node, carry }) => [node, carry]),
      [
        ['n1', { lamp: 'green' }],
        ['n2', { lamp: 'red' }],
      ],
    );
  });
});

describe('the claim of a flow', () => {
  it('takes a job into its hands once, however often it is repeated', () => {
    const draft = someJob();
    claim(draft, 'n1', {});
    claim(draft, 'n1', {});
    assert.equal(draft.mode, 'flow');
    assert.deepEqual(
      draft.handoffs.map(({ step, outcome }) => [step, outcome]),
      [['insert', 'inserted']],
    );
  });

  const late: { name: string; job: JobDocument }[] = [
    {
      name: 'another flow has it',
      job: someJob({ mode: 'flow', claim: { node: 'n2', until: '2026-01-01T00:00:00Z' } }),
    },
    { name: 'it is read already', job: jobWith('rip', 'done') },
    { name: 'it has ended', job: someJob({ state: 'failed' }) },
  ];
  for (const { name, job } of late)
    it(`is refused when ${name}`, () => {
      assert.throws(() => claim(job, 'n1', {}), { code: 'not-possible-now' });
      assert.deepEqual(job.handoffs, []);
    });
});
