import assert from 'node:assert/strict';
import type { Findings, Possibility } from '../../../service/contract/findings.ts';
import type { Identity } from '../../../service/contract/identity.ts';
import type { Match, Title } from '../../../service/contract/title.ts';
import { foundMatches, isAbout } from '../../../service/match/found-matches.ts';
import { checkAssignment } from '../../../service/review/assignment.ts';
import { inWords } from '../identify/job-under-test.ts';

const identity: Identity = {
  kind: 'tv',
  title: 'Harbour Lights',
  year: 2020,
  season: 1,
  disc: 1,
  edition: null,
  tmdb: 42,
  genres: [],
  certification: null,
  originalLanguage: null,
  probability: 0.9,
  decidedBy: 'evidence',
  evidence: [],
};

function title(number: number, changes: Partial<Title> = {}): Title {
  return {
    id: `t${String(number).padStart(2, '0')}`,
    number,
    role: 'episode',
    wanted: true,
    state: 'matching',
    duration: 1324,
    bytes: 1,
    chapters: 1,
    angles: 1,
    video: null,
    audio: [],
    subtitles: [],
    related: [],
    file: '/staging/x.mkv',
    match: null,
    filed: null,
    error: null,
    ...changes,
  };
}

function episode(number: number, probability: number): Possibility {
  const says = `${number}00 of 640 subtitle times agree`;
  const figures = { weight: 18 * probability, score: 40, offset: 0, speed: 1, runnerUp: null };
  return {
    episodes: [{ season: 1, episode: number }],
    name: null,
    probability,
    explained: [{ signal: 'subtitle-times', says, ...figures }],
  };
}
const extra: Possibility = { episodes: [], name: null, probability: 0.2, explained: [] };

/** What a title is already. */
function held(number: number, decidedBy: Match['decidedBy'] = 'person'): Match {
  const what = { kind: 'episode' as const, season: 1, episodes: [number], name: null };
  return { ...what, probability: 1, decidedBy, evidence: [] };
}

type Found = [verdict: 'accept' | 'mark' | 'ask', ...ranked: Possibility[]];

function findings(...titles: Found[]): Findings {
  return {
    show: { title: 'Harbour Lights', tmdb: 42 },
    seasons: [1],
    references: 10,
    notes: [],
    titles: titles.map(([verdict, ...ranked], index) => ({
      id: title(index + 1).id,
      verdict,
      ranked,
      doubt: null,
      part: null,
    })),
  };
}

function matched(found: Findings, titles = found.titles.map((_, index) => title(index + 1))) {
  const { matches, questions } = foundMatches(found, { identity, titles });
  for (const { candidates } of questions)
    for (const { assignment } of candidates) checkAssignment(assignment ?? [], titles);
  return { matches: titles.map(({ id }) => inWords(matches.get(id) ?? null)), questions };
}

describe('matches by what was measured', () => {
  it('name sure titles without a question, with what speaks for them', () => {
    const { matches, questions } = matched(
      findings(['accept', episode(2, 0.999)], ['mark', episode(1, 0.97)], ['accept', extra]),
    );
    assert.deepEqual(matches, ['S01E02', 'S01E01', 'extra Bonus 1-03']);
    assert.deepEqual(questions, []);
  });

  it('carry a mark that says what is missing, where a title is taken all the same', () => {
    const doubt = 'It is probable to 97 % only';
    const [one, ...others] = findings(['mark', episode(1, 0.97)]).titles;
    assert.ok(one);
    const marked = { ...findings(), titles: [{ ...one, doubt }, ...others] };
    const { matches } = foundMatches(marked, { identity, titles: [title(1)] });
    const says = matches.get('t01')?.evidence.map((reason) => reason.says);
    assert.deepEqual(says, ['100 of 640 subtitle times agree', doubt]);
  });

  it('ask which episode a doubtful title is, with all figures, and offer that it is none', () => {
    const { questions } = matched(
      findings(['accept', episode(1, 0.999)], ['ask', episode(3, 0.7), episode(2, 0.2)]),
    );
    const [question] = questions;
    assert.equal(questions.length, 1);
    assert.equal(
      question?.text,
      'Which episode of "Harbour Lights", season 1, is title 2 (22:04)?',
    );
    assert.deepEqual(
      question?.candidates.map(({ id, label, evidence: [first] }) => [id, label, first?.says]),
      [
        ['s01e03', 'S01E03', '300 of 640 subtitle times agree'],
        ['s01e02', 'S01E02', '200 of 640 subtitle times agree'],
        ['extra', 'None of these: an extra', undefined],
      ],
    );
    assert.equal(question?.default, 's01e03');
  });

  it('are one question about many doubtful titles, also when another one is sure', () => {
    const doubtful = Array.from({ length: 30 }, (_, index): Found => {
      return ['ask', episode(index + 2, 0.7)];
    });
    const { questions } = matched(findings(['accept', episode(1, 0.999)], ...doubtful));
    assert.deepEqual(
      questions.map(({ kind, titles }) => [kind, titles.length]),
      [['order', 30]],
    );
  });

  it('are one question about all when no title is sure, and claim no episode twice', () => {
    const { questions } = matched(
      findings(
        ['ask', episode(1, 0.6), episode(2, 0.3)],
        ['ask', episode(1, 0.5), episode(2, 0.4)],
        ['ask', episode(1, 0.5)],
        ['ask', episode(4, 0.5)],
      ),
    );
    assert.deepEqual(
      questions.map(({ kind, candidates }) => [kind, candidates[0]?.label]),
      [['order', 'S01E01, S01E02, None of these: an extra, S01E04']],
    );
  });

  const doubles: [what: string, titles: [Partial<Title>, Partial<Title>], keeps: 0 | 1][] = [
    ['the longer', [{ duration: 1320 }, { duration: 1324 }], 1],
    ['of two as long the larger', [{ bytes: 5 }, { bytes: 4 }], 0],
    ['of two alike the first', [{}, {}], 0],
    [
      'the one that is filed',
      [{ duration: 2000 }, { state: 'completed', match: held(4, 'evidence') }],
      1,
    ],
    ['the one that a person named', [{ match: held(4) }, { duration: 2000 }], 0],
  ];
  for (const [what, [one, other], keeps] of doubles)
    it(`keep an episode for one title only, ${what}, and ask about the other`, () => {
      const titles = [title(1, one), title(2, other)];
      const { matches, questions } = matched(
        findings(['accept', episode(4, 0.999)], ['accept', episode(4, 0.999)]),
        titles,
      );
      const [loser, kept] = keeps === 0 ? [1, 0] : [0, 1];
      assert.equal(matches[loser], `extra Bonus 1-0${loser + 1}`);
      assert.ok(['S01E04', 'none'].includes(matches[kept] ?? ''));
      assert.deepEqual(
        questions.map((question) => [question.titles, question.default]),
        [[[`t0${loser + 1}`], 'extra']],
      );
      const [suggested, second] = questions[0]?.candidates ?? [];
      assert.equal(
        suggested?.evidence.at(-1)?.says,
        `Title ${kept + 1} is taken for S01E04 already`,
      );
      const isSaid = titles[kept]?.match?.decidedBy === 'person';
      assert.equal(second?.label, isSaid ? undefined : 'S01E04');
    });

  it('suggest for a doubtful title what no other one is', () => {
    const { matches, questions } = matched(
      findings(
        ['ask', episode(4, 0.6), episode(5, 0.3)],
        ['accept', episode(4, 0.999)],
        ['ask', episode(6, 0.6)],
      ),
    );
    assert.deepEqual(matches, ['S01E05', 'S01E04', 'S01E06']);
    assert.deepEqual(
      questions.map((question) => question.default),
      ['s01e05', 's01e06'],
    );
  });

  it('prefer titles of single episodes to the one that plays them all', () => {
    const { matches } = matched(
      findings(
        [
          'accept',
          { ...episode(1, 0.999), episodes: [1, 2].map((n) => ({ season: 1, episode: n })) },
        ],
        ['accept', episode(1, 0.999)],
        ['accept', episode(2, 0.999)],
      ),
      [title(1, { duration: 2648 }), title(2), title(3)],
    );
    assert.deepEqual(matches, ['extra Bonus 1-01', 'S01E01', 'S01E02']);
  });

  it('name both parts of an episode that the disc has in two, in answers, too', () => {
    const found = findings(['accept', episode(4, 0.999)], ['ask', episode(4, 0.9)]);
    const [one, other] = found.titles;
    if (one) one.part = { number: 1, of: 2 };
    if (other) other.part = { number: 2, of: 2 };
    const titles = [title(1), title(2)];
    const { matches, questions } = foundMatches(found, { identity, titles });
    assert.deepEqual([matches.get('t01')?.part, matches.get('t02')?.part?.number], [one?.part, 2]);
    const [candidate] = questions[0]?.candidates ?? [];
    assert.equal(candidate?.label, 'S01E04 part 2 of 2');
    assert.deepEqual(candidate?.assignment?.[0]?.match.part, { number: 2, of: 2 });
    checkAssignment(candidate?.assignment ?? [], [
      title(1, { match: { ...held(4), part: { number: 1, of: 2 } } }),
      title(2),
    ]);
  });

  it('leave alone what a person said and what is filed', () => {
    const stated = {
      ...{ kind: 'extra' as const, season: null, episodes: [], name: null },
      ...{ probability: 1, decidedBy: 'person' as const, evidence: [] },
    };
    const { matches } = matched(findings(['accept', episode(1, 1)], ['accept', episode(2, 1)]), [
      title(1, { match: stated }),
      title(2, { state: 'completed' }),
    ]);
    assert.deepEqual(matches, ['none', 'none']);
  });

  const others: [what: string, changes: Partial<Identity>, isMeant: boolean][] = [
    ['the same season', {}, true],
    ['an unknown season', { season: null }, true],
    ['another season', { season: 2 }, false],
    ['another show', { title: 'Harbour Nights', tmdb: 7 }, false],
    ['a show of the same name', { tmdb: 7 }, false],
    ['a film', { kind: 'movie' }, false],
  ];
  for (const [what, changes, isMeant] of others)
    it(`are ${isMeant ? '' : 'not '}about ${what}`, () => {
      assert.equal(isAbout(findings(['accept', extra]), { ...identity, ...changes }), isMeant);
    });

  it('are about nothing when there was no reference to compare with', () => {
    assert.equal(isAbout({ ...findings(['ask', extra]), references: 0 }, identity), false);
  });
});
