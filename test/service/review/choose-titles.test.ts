import assert from 'node:assert/strict';
import type { Answer } from '../../../service/contract/question.ts';
import { DiscflowError } from '../../../service/errors.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { applyAnswer } from '../../../service/review/answer.ts';
import { decisionOf } from '../../../service/review/decision.ts';
import { someJob, someQuestion, someTitle } from '../jobs/fixtures.ts';

const who = { by: 'me', at: '2026-01-01T00:00:00Z' };

/** An obfuscated disc: two playlists that may be the film, and an extra. */
function obfuscated(): JobDocument {
  const question = someQuestion({
    kind: 'titles',
    titles: ['t800', 't801'],
    candidates: ['t800', 't801'].map((id) => ({ id, label: id, titles: [id], evidence: [] })),
    default: 't800',
  });
  return someJob({
    questions: [question],
    titles: [
      someTitle(7, { role: 'extra' }),
      someTitle(800, { role: 'main' }),
      someTitle(801, { role: 'decoy', wanted: false, state: 'skipped' }),
      someTitle(802, { role: 'decoy', wanted: false, state: 'skipped' }),
    ],
  });
}

function answered(answer: Answer, job = obfuscated()): JobDocument {
  applyAnswer(job, job.questions[0]?.id ?? '', 1, answer, who);
  return job;
}

function wanted({ titles }: JobDocument): string[] {
  return titles.filter((title) => title.wanted && title.state === 'pending').map(({ id }) => id);
}

const cases: [what: string, answer: Answer, titles: string[]][] = [
  ['the default', { accept: true }, ['t07', 't800']],
  ['another candidate', { choose: 't801' }, ['t07', 't801']],
  ['a title that was not offered', { titles: ['t802'] }, ['t07', 't802']],
  ['several titles', { titles: ['t800', 't802'] }, ['t07', 't800', 't802']],
];

describe('the question which titles of a disc are ripped', () => {
  for (const [what, answer, titles] of cases)
    it(`takes ${what} and leaves what was not in question alone`, () => {
      assert.deepEqual(wanted(answered(answer)), titles);
    });

  it('makes the chosen playlist the film', () => {
    const job = answered({ choose: 't801' });
    assert.equal(job.titles.find(({ id }) => id === 't801')?.role, 'main');
  });

  it('keeps the choice for the next time the disc is here', () => {
    assert.deepEqual(decisionOf(answered({ choose: 't801' }))?.wanted, ['t07', 't801']);
    assert.equal(decisionOf(obfuscated()), null);
  });

  it('refuses a title that the disc does not have, and an answer of another kind', () => {
    const code = (answer: Answer) => {
      try {
        answered(answer);
        return null;
      } catch (error) {
        return error instanceof DiscflowError ? error.code : error;
      }
    };
    assert.equal(code({ titles: ['t99'] }), 'unknown-title');
    assert.equal(code({ identity: { kind: 'movie', title: 'X' } }), 'bad-request');
  });

  it('refuses to change its mind while the disc is read', () => {
    const job = obfuscated();
    job.steps.rip.state = 'running';
    assert.throws(() => answered({ accept: true }, job), /being read/);
  });
});
