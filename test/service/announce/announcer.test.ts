import assert from 'node:assert/strict';
import { Announcer } from '../../../service/announce/announcer.ts';
import { ReviewEvent } from '../../../service/contract/review.ts';
import { topicsOf } from '../../../service/contract/topics.ts';
import type { Drive } from '../../../service/drives/drive.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { someJob, someQuestion } from '../jobs/fixtures.ts';

const topics = topicsOf('discflow', 'test');

describe('the announcer', () => {
  let retained: Map<string, string>;
  let notified: ReviewEvent[];
  let jobs: JobDocument[];
  let announcer: Announcer;

  beforeEach(() => {
    [retained, notified, jobs] = [new Map(), [], []];
    announcer = new Announcer({
      topics,
      retained: {
        set: (topic, payload) => void retained.set(topic, String(payload)),
        remove: (topic) => void retained.delete(topic),
      },
      outbox: { add: () => undefined },
      notify: (_topic, payload) => notified.push(ReviewEvent.parse(JSON.parse(payload))),
      book: { all: () => jobs },
      drives: [drive],
      armed: () => [],
      ejects: true,
      isHeld: () => false,
    });
  });
  afterEach(() => announcer.stop());

  const drive: Drive = {
    id: 'images',
    name: 'Images',
    kind: 'image-folder',
    location: '/discs',
    disc: { source: '/discs/harbour.iso', label: 'harbour', media: null },
    available: true,
    loading: false,
    tray: null,
    leftAlone: null,
    queued: 0,
    problem: null,
    start: async () => undefined,
    stop: async () => undefined,
    eject: async () => undefined,
    look: async () => undefined,
    isStillIn: async () => true,
  };

  const jobsState = () => JSON.parse(retained.get(topics.jobsState) ?? '{}');

  function changed(after: JobDocument, before: JobDocument | null): void {
    jobs = [...jobs.filter(({ id }) => id !== after.id), after];
    announcer.jobChanged(after, [], before);
  }

  it('asks once, and takes the question back when its job has ended without an answer', () => {
    const before = someJob({ state: 'matching' });
    const question = someQuestion();
    const asking = { ...before, questions: [question] };
    changed(asking, before);
    changed({ ...asking, rev: 3 }, asking);
    assert.ok(retained.has(topics.review(question.id)));
    changed({ ...asking, state: 'cancelled', outcome: 'nothing' }, asking);
    assert.ok(!retained.has(topics.review(question.id)));
    assert.deepEqual(
      notified.map(({ event_type }) => event_type),
      ['needed', 'resolved'],
    );
  });

  it('asks again when the job comes back', () => {
    const question = someQuestion();
    const ended = someJob({ state: 'cancelled', questions: [question] });
    changed({ ...ended, state: 'idle', attempt: 2 }, ended);
    assert.equal(notified[0]?.event_type, 'needed');
  });

  it('shows at most fifty ended jobs, and none for longer than a day', () => {
    const now = Date.now();
    for (let age = 80; age > 0; age--) {
      const endedAt = new Date(now - age * 60_000).toISOString();
      announcer.announceEnded(someJob({ state: 'completed', outcome: 'complete', endedAt }));
    }
    assert.equal([...retained.keys()].filter((topic) => topic.includes('/job/')).length, 50);
    announcer.announceStation(now + 25 * 60 * 60 * 1000);
    assert.equal([...retained.keys()].filter((topic) => topic.includes('/job/')).length, 0);
  });

  it('names what arrived last, whatever the order in which it hears of it', () => {
    const ended = (label: string, endedAt: string) =>
      announcer.announceEnded(
        someJob({
          state: 'completed',
          outcome: 'complete',
          endedAt,
          disc: { ...someJob().disc, label },
        }),
      );
    ended('NEWER', '2026-01-02T00:00:00Z');
    ended('OLDER', '2026-01-01T00:00:00Z');
    announcer.announceStation(Date.parse('2026-01-02T01:00:00Z'));
    assert.equal(jobsState().latest, 'NEWER');
  });

  it('says when the next read will end, to the minute', () => {
    const job = someJob({ state: 'ripping' });
    job.steps.rip.state = 'running';
    changed(job, null);
    const progress = { title: 't01', index: 1, count: 1, bytesTotal: 1e9 };
    announcer.progressed(job, { ...progress, bytesDone: 0 });
    const until = Date.now() + 5;
    while (Date.now() < until);
    announcer.progressed(job, { ...progress, bytesDone: 1e6 });
    announcer.announceStation();
    assert.match(jobsState().next_finish, /:00\.000Z$/);
    announcer.progressed(job, null);
    announcer.announceStation();
    assert.equal(jobsState().next_finish, null);
  });

  it('says which title of a job a step is at, however fast, until the step has ended', () => {
    const job = someJob({ state: 'matching' });
    job.steps.match.state = 'running';
    changed(job, null);
    const told = () => JSON.parse(retained.get(topics.jobState(job.id)) ?? '{}').progress;
    assert.equal(told(), undefined);
    const bytes = { bytesDone: 0, bytesTotal: 0 };
    announcer.progressed(job, { title: 't03', index: 2, count: 4, ...bytes });
    assert.deepEqual(told(), { step: 'match', title: 't03', index: 2, count: 4 });
    announcer.progressed(job, null);
    changed({ ...job, rev: 2 }, job);
    assert.equal(told(), undefined);
  });

  it('shows a problem until it is over', () => {
    announcer.announceProblem('state', { code: 'state-full', message: 'm', hint: 'h' });
    announcer.announceStation();
    assert.equal(jobsState().problems[0].code, 'state-full');
    announcer.announceProblem('state', null);
    announcer.announceStation();
    assert.deepEqual(jobsState().problems, []);
  });
});
