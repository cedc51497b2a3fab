import assert from 'node:assert/strict';
import type { Findings } from '../../../service/contract/findings.ts';
import type { Identity } from '../../../service/contract/identity.ts';
import type { Candidate } from '../../../service/contract/question.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { askPostponed, confirmIdentity } from '../../../service/match/confirm-identity.ts';
import { someIdentity, someJob } from '../jobs/fixtures.ts';

const at = '2026-03-04T12:00:00.000Z';

function candidate(id: string, identity: Partial<Identity>): Candidate {
  return {
    id,
    label: id,
    identity: { kind: 'tv', title: 'Harbour Lights', ...identity },
    evidence: [],
  };
}

/** A disc whose titles are (season, episode) for sure, or (null) nobody knows what. */
function findings(...sure: ([season: number, episode: number] | null)[]): Findings {
  return {
    show: { title: 'Harbour Lights', tmdb: null },
    seasons: [1, 2, 3],
    references: 30,
    notes: [],
    titles: sure.map((known, index) => ({
      id: `t0${index + 1}`,
      verdict: known ? 'accept' : 'ask',
      doubt: null,
      part: null,
      ranked: [
        {
          episodes: known ? [{ season: known[0], episode: known[1] }] : [],
          name: null,
          probability: known ? 0.995 : 0.5,
          explained: [],
        },
      ],
    })),
  };
}

function jobWith(found: Findings, ...candidates: [Candidate, ...Candidate[]]): JobDocument {
  const [{ id }] = candidates;
  return someJob({
    identity: someIdentity({ kind: 'tv', title: 'Harbour Lights', tmdb: null, season: null }),
    findings: found,
    postponed: { kind: 'identity', text: 'What is it?', titles: [], candidates, default: id },
  });
}

const episodes = findings([2, 1], [2, 2], [2, 3]);

function confirmed(job: JobDocument): boolean {
  confirmIdentity(job, at);
  return job.postponed === null;
}

describe('what the episodes of a disc say of its show', () => {
  it('answers which show and season it is', () => {
    const job = jobWith(episodes, candidate('label', {}));
    assert.ok(confirmed(job));
    assert.deepEqual([job.identity?.season, job.identity?.probability], [2, 0.995]);
  });

  const doubtful: { of: string; found?: Findings; candidates: [Candidate, ...Candidate[]] }[] = [
    {
      of: 'one of two shows of the same name',
      candidates: [
        candidate('tmdb-1', { year: 1998, tmdb: 1 }),
        candidate('tmdb-2', { year: 2018, tmdb: 2 }),
      ],
    },
    {
      of: 'another show than a person named for a disc of the set',
      candidates: [candidate('set', { title: 'Harbor Lights' }), candidate('label', {})],
    },
    {
      of: 'a disc that has as much of something else',
      found: findings([2, 1], null),
      candidates: [candidate('label', {})],
    },
    {
      of: 'a disc of which no title is sure',
      found: findings(null),
      candidates: [candidate('label', {})],
    },
  ];
  for (const { of, found = episodes, candidates } of doubtful)
    it(`leaves to be asked ${of}`, () => {
      assert.ok(!confirmed(jobWith(found, ...candidates)));
    });

  it('does not make a season of one episode in a compilation', () => {
    const job = jobWith(findings([2, 1], null, null), candidate('label', {}));
    confirmIdentity(job, at);
    assert.equal(job.identity?.season, null);
  });

  it('is asked with what was said meanwhile of another disc of the set', () => {
    const job = jobWith(findings(null), candidate('label', {}));
    const identity = { kind: 'tv', title: 'Harbor Lights', year: 2020 } as const;
    askPostponed(job, { identity, label: 'HARBOUR_D1' }, at);
    const [question, ...others] = job.questions;
    assert.deepEqual([others, job.postponed], [[], null]);
    assert.deepEqual(
      question?.candidates.map(({ id }) => id),
      ['set', 'label'],
    );
  });
});
