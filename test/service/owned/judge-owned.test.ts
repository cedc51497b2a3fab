import assert from 'node:assert/strict';
import type { Owned } from '../../../service/contract/owned.ts';
import { decide } from '../../../service/jobs/decide.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import type { OwnedFinding } from '../../../service/owned/find-owned.ts';
import { judgeOwned, type OwnedRules } from '../../../service/owned/judge-owned.ts';
import { applyAnswer } from '../../../service/review/answer.ts';
import { decisionOf } from '../../../service/review/decision.ts';
import { openQuestions } from '../../../service/review/open-questions.ts';
import { textAnswer } from '../../../service/review/text-answer.ts';
import {
  someDisc,
  someIdentity,
  someJob,
  someOwned,
  someQuestion,
  someTitle,
} from '../jobs/fixtures.ts';

const file = {
  library: 'movies',
  path: '/media/Movies/Long Meridian (2019)/Long Meridian (2019).mkv',
  bytes: 4_200_000_000,
  resolution: 'sd',
  edition: null,
} as const;

const { verdict: _verdict, decidedBy: _decidedBy, ...there } = someOwned({ files: [file] });
const doubtful: OwnedFinding = { ...there, sure: false };
const bluray = { disc: { ...someDisc, kind: 'bluray' as const } };
const asked = { questions: [someQuestion()] };

function identified(change: Partial<JobDocument> = {}): JobDocument {
  const job = someJob({
    identity: someIdentity({ year: 2019 }),
    titles: [someTitle(1)],
    ...change,
  });
  job.steps.identify.state = 'done';
  return job;
}

const rules = (policy: OwnedRules['policy'], remembered: OwnedRules['remembered'] = null) => ({
  policy,
  remembered,
});

describe('a disc whose content is there already', () => {
  const cases: {
    name: string;
    job?: Partial<JobDocument>;
    finding?: OwnedFinding;
    rules: OwnedRules;
    becomes: Owned['verdict'];
  }[] = [
    { name: 'is asked about', rules: rules('ask'), becomes: 'ask' },
    { name: 'is left alone', rules: rules('skip'), becomes: 'skip' },
    { name: 'is ripped all the same', rules: rules('rip'), becomes: 'rip' },
    { name: 'is left alone when it is no better', rules: rules('better'), becomes: 'skip' },
    { name: 'is ripped when it is better', job: bluray, rules: rules('better'), becomes: 'rip' },
    {
      name: 'is asked about when nobody knows whether it is better',
      job: bluray,
      finding: { ...there, files: [{ ...file, resolution: null }] },
      rules: rules('better'),
      becomes: 'ask',
    },
    {
      name: 'is asked about when only its name speaks for it',
      finding: doubtful,
      rules: rules('skip'),
      becomes: 'ask',
    },
    {
      name: 'is asked about when nobody has said yet what it is',
      job: asked,
      rules: rules('better'),
      becomes: 'ask',
    },
    {
      name: 'is left alone as somebody said the last time',
      rules: rules('ask', { by: 'library', answer: 'skip' }),
      becomes: 'skip',
    },
    {
      name: 'is ripped as somebody said the last time',
      rules: rules('skip', { by: 'library', answer: 'rip' }),
      becomes: 'rip',
    },
    {
      name: 'is not ripped because somebody said so of a disc that arrived before',
      rules: rules('skip', { by: 'disc', answer: 'rip' }),
      becomes: 'skip',
    },
  ];
  for (const { name, job, finding = there, rules: by, becomes } of cases)
    it(name, () => {
      const draft = identified(job);
      judgeOwned(draft, finding, by);
      assert.equal(draft.owned?.verdict, becomes);
      const isAsked = openQuestions(draft).some(({ kind }) => kind === 'owned');
      assert.equal(isAsked, becomes === 'ask');
    });

  it('tells what and where in the question, and takes "yes" for leaving it alone', () => {
    const draft = identified();
    judgeOwned(draft, there, rules('ask'));
    const question = draft.questions.find(({ kind }) => kind === 'owned') ?? assert.fail();
    assert.equal(
      question.text,
      'Long Meridian (2019) is in library "movies" already. Leave this disc alone?',
    );
    assert.equal(question.default, 'skip');
    assert.deepEqual(
      question.candidates.map(({ id, evidence }) => [id, evidence.map(({ says }) => says)]),
      [
        ['skip', [`${file.path} (SD, 4.2 GB)`]],
        ['rip', []],
      ],
    );
    assert.deepEqual(decide(draft, Date.now()), { go: 'wait-for-answer' });
  });

  it('is no longer asked about when it turns out to be something else', () => {
    const draft = identified();
    judgeOwned(draft, there, rules('ask'));
    judgeOwned(draft, null, rules('ask'));
    assert.deepEqual([draft.owned, openQuestions(draft)], [null, []]);
    assert.deepEqual(decide(draft, Date.now()), { go: 'run', step: 'rip' });
  });

  it('is told of, but not stopped, when it is known after the rip has begun', () => {
    const draft = identified();
    draft.steps.rip.state = 'running';
    judgeOwned(draft, there, rules('skip'));
    assert.deepEqual([draft.owned?.verdict, openQuestions(draft)], ['rip', []]);
  });

  it('that arrived itself before is asked about as such, once', () => {
    const before = someOwned({ by: 'disc', says: 'This disc arrived before, on 2026-01-01' });
    const draft = identified({ owned: before });
    judgeOwned(draft, there, rules('rip'));
    judgeOwned(draft, there, rules('rip'));
    assert.equal(draft.owned?.by, 'disc');
    const [question] = openQuestions(draft);
    assert.match(
      question?.text ?? '',
      /^This disc arrived before, on 2026-01-01\. Leave this disc alone\?$/,
    );
    assert.equal(question?.rev, 1);
  });

  it('stays as a person has decided', () => {
    const said = someOwned({ verdict: 'rip', decidedBy: 'person' });
    const draft = identified({ owned: said });
    judgeOwned(draft, there, rules('skip'));
    assert.deepEqual(draft.owned, said);
  });
});

describe('the answer whether a disc is wanted', () => {
  const who = { by: 'Ada', at: '2026-03-04T12:00:00.000Z' };

  function askedJob(): JobDocument {
    const draft = identified();
    judgeOwned(draft, there, rules('ask'));
    return draft;
  }

  function answer(draft: JobDocument, said: string): void {
    const question = draft.questions.find(({ kind }) => kind === 'owned') ?? assert.fail();
    applyAnswer(draft, question.id, question.rev, textAnswer(question, said), who);
  }

  for (const said of ['', 'y', 'skip', '1'])
    it(`"${said}" leaves it alone and ends the job with nothing`, () => {
      const draft = askedJob();
      answer(draft, said);
      assert.deepEqual([draft.owned?.verdict, draft.owned?.decidedBy], ['skip', 'person']);
      assert.deepEqual(decide(draft, Date.now()), { go: 'finish', outcome: 'nothing' });
    });

  for (const said of ['rip', 'RIP', 'no', '2'])
    it(`"${said}" rips it all the same`, () => {
      const draft = askedJob();
      answer(draft, said);
      assert.deepEqual(decide(draft, Date.now()), { go: 'run', step: 'rip' });
    });

  it('is kept for this disc', () => {
    const draft = askedJob();
    assert.equal(decisionOf(draft)?.owned ?? null, null);
    answer(draft, 'rip');
    assert.deepEqual(decisionOf(draft)?.owned, { by: 'library', answer: 'rip' });
  });

  it('has to say the one or the other', () => {
    const draft = askedJob();
    assert.throws(() => answer(draft, 'perhaps'), { code: 'bad-request', hint: /"skip".*"rip"/ });
    const { id, rev } = draft.questions[0] ?? assert.fail();
    const misfit = { identity: { title: 'Other' } };
    assert.throws(() => applyAnswer(draft, id, rev, misfit, who), { code: 'bad-request' });
  });

  it('comes too late when the disc is being ripped', () => {
    const draft = askedJob();
    answer(draft, 'rip');
    draft.steps.rip.state = 'running';
    assert.throws(() => answer(draft, 'skip'), { code: 'not-possible-now', hint: /cancel/ });
  });
});
