import assert from 'node:assert/strict';
import type { Answer } from '../../../service/contract/question.ts';
import { DiscflowError } from '../../../service/errors.ts';
import { createIdentifyStep } from '../../../service/identify/identify-step.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { createMatchStep } from '../../../service/match/match-step.ts';
import { applyAnswer } from '../../../service/review/answer.ts';
import { decisionOf } from '../../../service/review/decision.ts';
import { openQuestions } from '../../../service/review/open-questions.ts';
import { restateIdentity } from '../../../service/review/restate.ts';
import { openMedium } from '../../../service/scan/medium/open-medium.ts';
import { scanDisc } from '../../../service/scan/scan-disc.ts';
import {
  changed,
  inWords,
  jobFor,
  ripped,
  runStep,
  sampleDiscs,
} from '../identify/job-under-test.ts';

const who = { by: 'Ada', at: '2026-03-04T12:00:00.000Z' };

const identify = createIdentifyStep({
  openMedium,
  scanDisc,
  remembered: () => null,
  policies: { identity: 'ask' },
});
const match = createMatchStep({ policies: { episodeOrder: 'ask' }, episodesTaken: () => [] });

function questionOf({ questions }: JobDocument, kind: 'identity' | 'order') {
  const question = questions.find((other) => other.kind === kind);
  assert.ok(question);
  return question;
}

function answered(job: JobDocument, kind: 'identity' | 'order', answer: Answer): JobDocument {
  const { id, rev } = questionOf(job, kind);
  return changed(job, (draft) => applyAnswer(draft, id, rev, answer, who));
}

const matchesOf = ({ titles }: JobDocument) =>
  titles.filter(({ wanted }) => wanted).map((title) => `${title.state} ${inWords(title.match)}`);

const openKinds = (job: JobDocument) => openQuestions(job).map(({ kind, rev }) => `${kind} ${rev}`);

function refusal(code: string, words?: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof DiscflowError);
    assert.equal(error.code, code);
    if (words) assert.match(`${error.message} ${error.hint}`, words);
    return true;
  };
}

describe('applyAnswer', () => {
  let identified: JobDocument;
  let series: JobDocument;
  let film: JobDocument;
  before(async () => {
    const matched = async (job: JobDocument) => (await runStep(match, ripped(job))).job;
    identified = (await runStep(identify, jobFor(sampleDiscs.series))).job;
    series = await matched(identified);
    film = await matched((await runStep(identify, jobFor(sampleDiscs.film))).job);
  });

  it('takes the default of an identity question as a person’s word', () => {
    const job = answered(film, 'identity', { accept: true });
    assert.equal(job.identity?.title, 'Long Meridian');
    assert.equal(job.identity?.decidedBy, 'person');
    assert.equal(job.identity?.probability, 1);
    assert.deepEqual(openKinds(job), []);
    assert.deepEqual(questionOf(job, 'identity').answered, { ...who, answer: { accept: true } });
  });

  it('takes a stated title, and forgets the year of the one before', () => {
    const dated = changed(film, ({ identity }) => {
      if (identity) identity.year = 1950;
    });
    const job = answered(dated, 'identity', { identity: { title: 'Meridian' } });
    assert.deepEqual([job.identity?.title, job.identity?.year], ['Meridian', null]);
    assert.equal(job.identity?.kind, 'movie');
  });

  it('gives the titles the order that was accepted', () => {
    const job = answered(series, 'order', { accept: true });
    assert.deepEqual(matchesOf(job), [
      'matched S01E01',
      'matched S01E02',
      'matched S01E03',
      'matched extra Bonus 1-05',
    ]);
    assert.equal(job.titles[1]?.match?.decidedBy, 'person');
    assert.deepEqual(openKinds(job), ['identity 1']);
  });

  it('takes a stated order, and asks on for the titles it leaves out', () => {
    const episode = (title: string, ...episodes: number[]) => {
      return { title, match: { kind: 'episode' as const, season: 1, episodes } };
    };
    const job = answered(series, 'order', {
      assignment: [episode('t02', 3, 4), episode('t04', 1)],
    });
    assert.deepEqual(matchesOf(job).slice(0, 3), [
      'matched S01E03-E04',
      'review S01E02',
      'matched S01E01',
    ]);
    assert.deepEqual(openKinds(job), ['identity 1', 'order 2']);
    assert.deepEqual(questionOf(job, 'order').titles, ['t03']);
    assert.deepEqual(matchesOf(answered(job, 'order', { accept: true })).slice(0, 3), [
      'matched S01E03-E04',
      'matched S01E02',
      'matched S01E01',
    ]);
  });

  it('takes no season from TheDiscDB that a person has contradicted', async () => {
    const described = changed(identified, (draft) => {
      const match = { kind: 'episode' as const, season: 1, episodes: [5], name: 'Five' };
      draft.catalogue = { titles: [{ id: 't02', match }], season: null };
    });
    const before = (await runStep(match, ripped(described))).job;
    assert.equal(matchesOf(before)[0], 'review S01E05');
    const job = answered(before, 'identity', { identity: { season: 2 } });
    assert.deepEqual(matchesOf(job).slice(0, 2), ['review S02E01', 'review S02E02']);
    assert.deepEqual(openKinds(job), ['order 2']);
  });

  it('proposes no episode that a person has given to another title', () => {
    const second = { title: 't02', match: { kind: 'episode' as const, season: 1, episodes: [2] } };
    const job = answered(series, 'order', { assignment: [second] });
    assert.deepEqual(matchesOf(job).slice(0, 3), [
      'matched S01E02',
      'review S01E03',
      'review S01E04',
    ]);
  });

  it('moves the open order question to the season that was answered', () => {
    const job = answered(series, 'identity', { identity: { season: 3 } });
    assert.deepEqual(matchesOf(job).slice(0, 2), ['review S03E01', 'review S03E02']);
    assert.deepEqual(openKinds(job), ['order 2']);
    assert.match(questionOf(job, 'order').text, /season 3/);
  });

  it('moves an answered order to the season without asking again', () => {
    const ordered = answered(series, 'order', { accept: true });
    const job = answered(ordered, 'identity', { identity: { season: 3 } });
    assert.deepEqual(matchesOf(job).slice(0, 2), ['matched S03E01', 'matched S03E02']);
    assert.deepEqual(openKinds(job), []);
  });

  it('makes a series a film, which has no order', () => {
    const job = answered(series, 'identity', { identity: { kind: 'movie', title: 'Lights' } });
    assert.deepEqual(openKinds(job), []);
    assert.equal(matchesOf(job).filter((words) => words === 'matched film').length, 1);
    assert.equal(job.titles[0]?.role, 'play-all');
    assert.deepEqual(questionOf(job, 'order').answered?.answer, { assignment: [] });
  });

  it('makes a film a series again, and asks for the order then', () => {
    const asFilm = answered(series, 'identity', { identity: { kind: 'movie' } });
    const job = answered(asFilm, 'identity', { identity: { kind: 'tv' } });
    assert.deepEqual(matchesOf(job).slice(0, 3), [
      'review S01E01',
      'review S01E02',
      'review S01E03',
    ]);
    assert.deepEqual(openKinds(job), ['order 2']);
  });

  it('forgets the order that was answered for a series that is a film', () => {
    const ordered = answered(series, 'order', { accept: true });
    const job = answered(ordered, 'identity', { identity: { kind: 'movie' } });
    assert.ok(matchesOf(job).every((words) => !words.includes('S01')));
  });

  it('leaves the name to a person when a flow says the kind alone, and contradicts it nowhere', () => {
    const rules = { policies: { episodeOrder: 'ask' as const }, episodesTaken: () => [] };
    const job = changed(film, (draft) =>
      restateIdentity(draft, { kind: 'tv' }, { decidedBy: 'flow', ...who, rules }),
    );
    assert.deepEqual(openKinds(job), ['identity 2', 'order 1']);
    assert.deepEqual(
      questionOf(job, 'identity').candidates.map(({ label }) => label),
      ['Series: Long Meridian'],
    );
    const named = answered(job, 'identity', { accept: true });
    assert.equal(named.identity?.kind, 'tv');
  });

  it('leaves what is filed already as it was filed', () => {
    const ordered = answered(series, 'order', { accept: true });
    const filed = changed(ordered, ({ titles }) => {
      for (const title of titles)
        if (title.id === 't02' || title.id === 't05') title.state = 'completed';
    });
    const job = answered(filed, 'identity', { identity: { kind: 'movie', disc: 2 } });
    assert.equal(matchesOf(job).at(0), 'completed S01E01');
    assert.equal(matchesOf(job).at(-1), 'completed extra Bonus 1-05');
  });

  it('changes only the identity while nothing has been matched', () => {
    const job = answered(identified, 'identity', { identity: { kind: 'movie' } });
    assert.ok(job.titles.every(({ match }) => match === null));
    assert.deepEqual(openKinds(job), []);
  });

  it('accepts the same answer twice and another one as an amendment', () => {
    const once = answered(film, 'identity', { accept: true });
    const twice = answered(once, 'identity', { accept: true });
    assert.deepEqual({ ...twice, rev: 0 }, { ...once, rev: 0 });
    const amended = answered(once, 'identity', { identity: { title: 'Other' } });
    assert.equal(amended.identity?.title, 'Other');
  });

  const bad: [
    what: string,
    kind: 'identity' | 'order',
    answer: Answer,
    code: string,
    words: RegExp,
  ][] = [
    ['an unknown candidate', 'order', { choose: 'none' }, 'bad-request', /disc-order/],
    ['an order for an identity', 'identity', { assignment: [] }, 'bad-request', /"identity"/],
    ['an identity for an order', 'order', { identity: { season: 1 } }, 'bad-request', /assignment/],
    ['an empty order', 'order', { assignment: [] }, 'bad-request', /no title/],
    [
      'an unknown title',
      'order',
      { assignment: [{ title: 't09', match: { kind: 'extra' } }] },
      'unknown-title',
      /t01, t02/,
    ],
    [
      'a title named twice',
      'order',
      {
        assignment: [
          { title: 't02', match: { kind: 'extra' } },
          { title: 't02', match: { kind: 'extra' } },
        ],
      },
      'bad-request',
      /named twice/,
    ],
    [
      'two titles that claim one episode',
      'order',
      {
        assignment: [
          { title: 't02', match: { kind: 'episode', season: 1, episodes: [1, 2] } },
          { title: 't03', match: { kind: 'episode', season: 1, episodes: [2] } },
        ],
      },
      'bad-request',
      /t02 and t03 both claim S1E2/,
    ],
    [
      'an episode without a number',
      'order',
      { assignment: [{ title: 't02', match: { kind: 'episode', season: 1 } }] },
      'bad-request',
      /no episode number/,
    ],
  ];
  for (const [what, kind, answer, code, words] of bad)
    it(`refuses ${what}`, () => {
      assert.throws(() => answered(series, kind, answer), refusal(code, words));
    });

  it('refuses a claim on an episode that a person gave to another title before', () => {
    const one = answered(series, 'order', {
      assignment: [{ title: 't02', match: { kind: 'episode', season: 1, episodes: [1] } }],
    });
    const two: Answer = {
      assignment: [{ title: 't03', match: { kind: 'episode', season: 1, episodes: [1] } }],
    };
    assert.throws(() => answered(one, 'order', two), refusal('bad-request', /t03 and t02|both/));
  });

  it('refuses an answer to a question it does not have or that has changed since', () => {
    const { id } = questionOf(series, 'order');
    const apply = (question: string, rev: number) => () =>
      applyAnswer(structuredClone(series), question, rev, { accept: true }, who);
    assert.throws(apply('01ARZ3NDEKTSV4RRFFQ69G5FAV', 1), refusal('unknown-question'));
    assert.throws(apply(id, 7), refusal('stale-revision', /revision 1/));
  });

  it('refuses an answer that comes while or after the titles are filed', () => {
    const running = { state: 'running' as const, attempt: 1, startedAt: who.at, endedAt: null };
    const filing = { ...series, steps: { ...series.steps, organize: running } };
    assert.throws(
      () => answered(filing, 'order', { accept: true }),
      refusal('not-possible-now', /undo/),
    );
  });

  it('remembers what a person said, and nothing else', () => {
    assert.equal(decisionOf(series), null);
    const job = answered(answered(series, 'identity', { accept: true }), 'order', { accept: true });
    const decision = decisionOf(job);
    assert.equal(decision?.identity?.title, 'Harbour Lights');
    assert.deepEqual(
      decision?.titles.map(({ id, match }) => [id, match.episodes]),
      [
        ['t02', [1]],
        ['t03', [2]],
        ['t04', [3]],
      ],
    );
  });
});
