import assert from 'node:assert/strict';
import { ulid } from 'ulid';
import { jobsState } from '../../../service/announce/jobs-state.ts';
import { JobsState } from '../../../service/contract/station.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { someJob, someQuestion } from '../jobs/fixtures.ts';

const now = Date.parse('2026-01-01T12:00:00Z');
const nothing = { latest: null, nextFinish: null, problems: [] };
const blocked = (code: 'flow' | 'library-full' | 'makemkv-key'): JobDocument['blocked'] => ({
  code,
  cause: 'why',
  hint: 'what to do',
  since: '2026-01-01T11:00:00Z',
});

function waitingSince(minutes: number): JobDocument['handoffs'][number] {
  const at = new Date(now - minutes * 60_000).toISOString();
  const handed = { node: 'n1', step: 'rip', attempt: 1, title: null, outcome: 'done' } as const;
  return { id: ulid(), ...handed, at, carry: {}, taken: 0 };
}

const attention: { when: string; job: Partial<JobDocument>; code: string | null }[] = [
  {
    when: 'a job waits for space',
    job: { blocked: blocked('library-full') },
    code: 'library-full',
  },
  { when: 'a flow takes its time', job: { mode: 'flow', blocked: blocked('flow') }, code: null },
  { when: 'no flow took the disc', job: { mode: 'auto', blocked: blocked('flow') }, code: 'flow' },
  { when: 'a result waits for a minute', job: { handoffs: [waitingSince(1)] }, code: null },
  {
    when: 'a result waits for eleven',
    job: { handoffs: [waitingSince(11)] },
    code: 'handoff-uncollected',
  },
];

describe('the station in one glance', () => {
  for (const { when, job, code } of attention)
    it(`${code ? `asks for attention (${code})` : 'is content'} when ${when}`, () => {
      const { problems } = jobsState([someJob(job)], now, nothing);
      assert.deepEqual(
        problems.map((problem) => problem.code),
        code ? [code] : [],
      );
    });

  it('asks once for a key, however many discs wait for it', () => {
    const waiting = () => someJob({ blocked: blocked('makemkv-key') });
    const full = someJob({ blocked: blocked('library-full') });
    const { problems } = jobsState([waiting(), full, waiting(), full], now, nothing);
    const codes = problems.map(({ code }) => code);
    assert.deepEqual(codes, ['makemkv-key', 'library-full', 'library-full']);
  });

  it('does not offer a retry of a job that has ended', () => {
    const ended = {
      state: 'completed',
      outcome: 'complete',
      handoffs: [waitingSince(11)],
    } as const;
    const [problem] = jobsState(
      [someJob({ ...ended, handoffs: [waitingSince(11)] })],
      now,
      nothing,
    ).problems;
    assert.ok(problem && !problem.hint.includes('retry'), problem?.hint);
  });

  it('counts what runs, waits and asks', () => {
    const jobs = [
      someJob({ state: 'ripping', questions: [someQuestion()] }),
      someJob({ state: 'waiting', blocked: blocked('library-full') }),
      someJob({ state: 'review_needed', questions: [someQuestion()] }),
      someJob({ state: 'cancelled', questions: [someQuestion()] }),
    ];
    const { running, waiting, reviews } = jobsState(jobs, now, nothing);
    assert.deepEqual({ running, waiting, reviews }, { running: 1, waiting: 2, reviews: 2 });
  });

  it('stays within its contract with hundreds of problems', () => {
    const jobs = Array.from({ length: 300 }, () => someJob({ blocked: blocked('library-full') }));
    JobsState.parse(jobsState(jobs, now, nothing));
  });
});
