import assert from 'node:assert/strict';
import { ulid } from 'ulid';
import { JobSnapshot } from '../../../service/contract/job.ts';
import type { Match } from '../../../service/contract/title.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { SNAPSHOT_LIMIT_BYTES, snapshotOf } from '../../../service/jobs/snapshot.ts';
import { someJob, someQuestion, someTitle } from './fixtures.ts';

const evidence = { source: 'label', says: 'x'.repeat(300), weight: 1 };
const match: Match = {
  kind: 'episode',
  season: 1,
  episodes: [1],
  name: 'n'.repeat(300),
  probability: 1,
  decidedBy: 'evidence',
  evidence: [evidence, evidence],
};
const problem = { code: 'read-error', message: 'm'.repeat(2000), hint: 'h'.repeat(500) } as const;
const handoff = { node: 'n'.repeat(16), step: 'rip', attempt: 1, outcome: 'title' } as const;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

function titles(count: number, change: Parameters<typeof someTitle>[1] = {}) {
  return numbers(count).map((number) => someTitle(number, structuredClone(change)));
}

const huge: { what: string; job: Partial<JobDocument> }[] = [
  { what: '99 matched titles', job: { titles: titles(99, { match: match }) } },
  {
    what: '99 titles that failed with long words',
    job: { titles: titles(99, { error: problem }) },
  },
  { what: '999 titles', job: { titles: titles(999, { file: `/staging/${'x'.repeat(200)}` }) } },
  {
    what: '600 results that nobody fetched',
    job: {
      handoffs: numbers(600).map(() => ({
        ...handoff,
        id: ulid(),
        title: 't01',
        at: new Date().toISOString(),
        carry: { text: 'c'.repeat(1000) },
        taken: 0,
      })),
    },
  },
  {
    what: 'an answer of 60 KB',
    job: {
      questions: [
        someQuestion({
          kind: 'order',
          answered: {
            at: new Date().toISOString(),
            by: 'somebody',
            answer: {
              assignment: numbers(99).map((number) => ({
                title: `t${String(number).padStart(2, '0')}`,
                match: { kind: 'episode', season: 1, episodes: [number], name: 'ä'.repeat(290) },
              })),
            },
          },
        }),
      ],
      titles: titles(99),
    },
  },
];

describe('the snapshot of a job', () => {
  for (const { what, job } of huge)
    it(`stays within 64 KB and its contract with ${what}`, () => {
      const snapshot = JobSnapshot.parse(snapshotOf(someJob(job)));
      const bytes = Buffer.byteLength(JSON.stringify(snapshot));
      assert.ok(bytes <= SNAPSHOT_LIMIT_BYTES, `${bytes} bytes`);
    });

  it('has everything when there is room, and nothing that only the service needs', () => {
    const job = someJob({ titles: titles(3) });
    const { asks, outbox, timeline, set, seq, ...rest } = job;
    const snapshot = snapshotOf(job);
    assert.deepEqual(snapshot.titles, job.titles);
    assert.ok(Object.keys(snapshot).every((key) => key in rest));
    JobSnapshot.strict().parse(snapshot);
  });

  it('names the oldest results first, so that each is fetched in its turn', () => {
    const [all] = huge.filter(({ what }) => what.startsWith('600'));
    const job = someJob(all?.job);
    const { handoffs } = snapshotOf(job);
    assert.deepEqual(
      handoffs.map(({ id }) => id),
      job.handoffs.slice(0, handoffs.length).map(({ id }) => id),
    );
    assert.ok(handoffs.length >= 50);
  });
});
