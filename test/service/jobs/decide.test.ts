import assert from 'node:assert/strict';
import type { StepName } from '../../../service/contract/job.ts';
import { type Decision, decide } from '../../../service/jobs/decide.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { someJob, someOwned, someQuestion, someTitle } from './fixtures.ts';

const now = Date.parse('2026-01-01T00:00:10Z');
const openClaim = { node: null, until: '2026-01-01T00:00:12Z' };
const pastClaim = { node: null, until: '2026-01-01T00:00:09Z' };
const taken = { node: 'n1', until: '2026-01-01T00:00:09Z' };
const blocked = {
  code: 'library-full',
  cause: 'c',
  hint: 'h',
  since: '2026-01-01T00:00:00Z',
} as const;

function after(...steps: StepName[]): Partial<JobDocument> {
  const job = someJob();
  for (const step of steps) job.steps[step].state = 'done';
  return { steps: job.steps };
}

const cases: { when: string; job: Partial<JobDocument>; next: Decision }[] = [
  { when: 'a job is new', job: {}, next: { go: 'run', step: 'identify' } },
  {
    when: 'a new disc may still be claimed',
    job: { claim: openClaim },
    next: { go: 'run', step: 'identify' },
  },
  {
    when: 'it is identified and may still be claimed',
    job: { ...after('identify'), claim: openClaim },
    next: { go: 'stay' },
  },
  {
    when: 'nobody claimed it in time',
    job: { ...after('identify'), claim: pastClaim },
    next: { go: 'run', step: 'rip' },
  },
  {
    when: 'a flow has it and has asked for nothing',
    job: { ...after('identify'), mode: 'flow', claim: taken },
    next: { go: 'wait-for-flow', step: 'rip' },
  },
  {
    when: 'a flow has it and asked for a later step',
    job: { ...after('identify'), mode: 'flow', claim: taken, requested: ['organize'] },
    next: { go: 'run', step: 'rip' },
  },
  {
    when: 'a flow has it and asked only for ripping, which is done',
    job: { ...after('identify', 'rip'), mode: 'flow', claim: taken, requested: ['rip'] },
    next: { go: 'wait-for-flow', step: 'match' },
  },
  {
    when: 'a flow has it and waits for a person itself',
    job: {
      ...after('identify', 'rip', 'match'),
      mode: 'flow',
      claim: taken,
      requested: ['rip', 'match'],
      asks: [{ node: 'n2', step: 'review', carry: {}, each: null, until: null }],
      questions: [someQuestion()],
    },
    next: { go: 'wait-for-answer' },
  },
  {
    when: 'a flow has it, waits for a person, and is to read more meanwhile',
    job: {
      ...after('identify'),
      mode: 'flow',
      claim: taken,
      requested: ['rip'],
      asks: [{ node: 'n2', step: 'review', carry: {}, each: null, until: null }],
      questions: [someQuestion()],
    },
    next: { go: 'run', step: 'rip' },
  },
  {
    when: 'a question is open and everything else is done',
    job: { ...after('identify', 'rip', 'match'), questions: [someQuestion()] },
    next: { go: 'wait-for-answer' },
  },
  {
    when: 'a question is open but the disc can be read',
    job: { ...after('identify'), questions: [someQuestion()] },
    next: { go: 'run', step: 'rip' },
  },
  {
    when: 'nobody has said which titles of an obfuscated disc to read',
    job: { ...after('identify'), questions: [someQuestion({ kind: 'titles' })] },
    next: { go: 'wait-for-answer' },
  },
  {
    when: 'it is asked whether it is wanted at all',
    job: { ...after('identify'), questions: [someQuestion({ kind: 'owned' })] },
    next: { go: 'wait-for-answer' },
  },
  {
    when: 'it is there already and nobody wants it again',
    job: { ...after('identify'), owned: someOwned({ verdict: 'skip' }) },
    next: { go: 'finish', outcome: 'nothing' },
  },
  {
    when: 'it is wanted all the same',
    job: { ...after('identify'), owned: someOwned({ verdict: 'rip' }) },
    next: { go: 'run', step: 'rip' },
  },
  {
    when: 'it is to be read and its disc has been let out',
    job: { ...after('identify'), ejected: true, titles: [someTitle(1)] },
    next: { go: 'wait-for-disc' },
  },
  {
    when: 'it is tried again, its disc has been let out, and everything has been read',
    job: { ...after('identify'), ejected: true, titles: [someTitle(1, { state: 'ripped' })] },
    next: { go: 'run', step: 'rip' },
  },
  {
    when: 'it has been read and its disc has been let out',
    job: { ...after('identify', 'rip'), ejected: true },
    next: { go: 'run', step: 'match' },
  },
  {
    when: 'it is blocked',
    job: { ...after('identify'), state: 'waiting', blocked },
    next: { go: 'stay' },
  },
  { when: 'it is to be cancelled', job: { cancelling: true, blocked }, next: { go: 'cancel' } },
  { when: 'it has ended', job: { state: 'failed', cancelling: true }, next: { go: 'stay' } },
  {
    when: 'all is done and one title never made it',
    job: {
      ...after('identify', 'rip', 'match', 'organize'),
      titles: [someTitle(1, { state: 'completed' }), someTitle(2, { state: 'failed' })],
    },
    next: { go: 'finish', outcome: 'partial' },
  },
  {
    when: 'all is done and a person skipped a title',
    job: {
      ...after('identify', 'rip', 'match', 'organize'),
      titles: [someTitle(1, { state: 'completed' }), someTitle(2, { state: 'skipped' })],
    },
    next: { go: 'finish', outcome: 'complete' },
  },
  {
    when: 'the disc has no way of its own yet',
    job: { ...after('identify'), disc: { ...someJob().disc, kind: 'data' } },
    next: { go: 'finish', outcome: 'nothing' },
  },
];

describe('what a job does next', () => {
  for (const { when, job, next } of cases)
    it(`when ${when}: ${next.go}${'step' in next ? ` ${next.step}` : ''}`, () => {
      assert.deepEqual(decide(someJob(job), now), next);
    });
});
