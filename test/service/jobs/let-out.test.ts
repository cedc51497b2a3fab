import assert from 'node:assert/strict';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { createLetOut } from '../../../service/jobs/let-out.ts';
import { silent, someJob, someQuestion } from './fixtures.ts';

const question = someQuestion({ kind: 'owned' });

function held(change: Partial<JobDocument> = {}): JobDocument {
  const job = someJob({ questions: [question], ...change });
  job.steps.identify.state = 'done';
  return job;
}

describe('letting a disc out', () => {
  let ejected: string[];

  const letOut = (job: JobDocument, { answerWithin = 0, isReading = false } = {}) =>
    createLetOut({
      job: () => job,
      isReading: () => isReading,
      eject: async ({ id }) => ejected.push(id) > 0,
      ejected: async () => undefined,
      answerWithin,
      log: silent,
    });

  beforeEach(() => {
    ejected = [];
  });

  it('does not wait for an answer for ever: the drive is free when its time is over', async () => {
    const job = held();
    await letOut(job)(job.id);
    assert.deepEqual(ejected, [job.id]);
  });

  it('waits for the answer as long as it has time', async () => {
    const job = held();
    const out = letOut(job, { answerWithin: 30 });
    await out(job.id);
    assert.deepEqual(ejected, []);
    await new Promise((resolve) => setTimeout(resolve, 40));
    await out(job.id);
    assert.deepEqual(ejected, [job.id]);
  });

  it('gives a disc that comes back its time again', async () => {
    const job = held();
    const out = letOut(job, { answerWithin: 30 });
    await out(job.id);
    await new Promise((resolve) => setTimeout(resolve, 40));
    job.ejected = true;
    await out(job.id);
    job.ejected = false;
    await out(job.id);
    assert.deepEqual(ejected, []);
  });

  const staying: [what: string, job: JobDocument, circumstances?: { isReading?: boolean }][] = [
    ['that nobody asks about', held({ questions: [] })],
    ['whose question can be answered after the rip', held({ questions: [someQuestion()] })],
    ['that is being read', held(), { isReading: true }],
    ['that is still to be identified', someJob({ questions: [question] })],
  ];
  for (const [what, job, circumstances] of staying)
    it(`keeps a disc in ${what}`, async () => {
      await letOut(job, circumstances)(job.id);
      assert.deepEqual(ejected, []);
    });

  it('says that a disc is on its way out, so that nothing begins to read it', async () => {
    const job = held();
    const out = letOut(job);
    const leaving = out(job.id);
    assert.equal(out.isBusyWith(job.id), true);
    await leaving;
    assert.equal(out.isBusyWith(job.id), false);
  });
});
