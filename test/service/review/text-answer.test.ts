import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Answer, type Question } from '../../../service/contract/question.ts';
import { DiscflowError } from '../../../service/errors.ts';
import { textAnswer } from '../../../service/review/text-answer.ts';

const common = { id: '01ARZ3NDEKTSV4RRFFQ69G5FAV', rev: 1, text: '?', titles: [] };
const open = { askedAt: '2026-03-04T12:00:00.000Z', answered: null };

const identity: Question = {
  ...common,
  ...open,
  kind: 'identity',
  default: 'label',
  candidates: [
    { id: 'label', label: 'Film: A', identity: { kind: 'movie', title: 'A' }, evidence: [] },
    { id: 'as-tv', label: 'Series: A', identity: { kind: 'tv', title: 'A' }, evidence: [] },
  ],
};

function orderOf(...titles: string[]): Question {
  const assignment = titles.map((title, index) => {
    return { title, match: { kind: 'episode' as const, season: 2, episodes: [index + 1] } };
  });
  const candidates = [{ id: 'disc-order', label: 'As on the disc', assignment, evidence: [] }];
  return { ...common, ...open, kind: 'order', default: 'disc-order', candidates };
}

const order = orderOf('t02', 't03');

function episodes(season: number, ...lists: number[][]): Answer {
  const ids = ['t02', 't03'];
  return {
    assignment: lists.map((episodes, index) => {
      const match = { kind: 'episode' as const, season, episodes, name: null };
      return { title: ids[index] ?? '', match };
    }),
  };
}

function partOf(season: number, part: { number: number; of: number }) {
  return { kind: 'episode' as const, season, episodes: [4], name: null, part };
}

const titles: Question = {
  ...common,
  ...open,
  kind: 'titles',
  titles: ['t01', 't800', 't801'],
  default: 't800',
  candidates: [
    { id: 't800', label: 'Title 800', titles: ['t800'], evidence: [] },
    { id: 't801', label: 'Title 801', titles: ['t801'], evidence: [] },
  ],
};

const understood: [text: string, question: Question, answer: Answer][] = [
  ['', identity, { accept: true }],
  [
    'S01E04 part 1 of 2, E4 part 2 of 2',
    order,
    {
      assignment: [
        { title: 't02', match: partOf(1, { number: 1, of: 2 }) },
        { title: 't03', match: partOf(2, { number: 2, of: 2 }) },
      ],
    },
  ],
  ['y', identity, { accept: true }],
  [' OK ', order, { accept: true }],
  ['1', identity, { choose: 'label' }],
  ['2', identity, { choose: 'as-tv' }],
  ['as-tv', identity, { choose: 'as-tv' }],
  ['Long Meridian (2019)', identity, { identity: { title: 'Long Meridian', year: 2019 } }],
  ['long meridian 2019', identity, { identity: { title: 'Long Meridian', year: 2019 } }],
  ['Meridian', identity, { identity: { title: 'Meridian' } }],
  [
    'Harbour Lights S2 D1',
    identity,
    { identity: { title: 'Harbour Lights', kind: 'tv', season: 2, disc: 1 } },
  ],
  ['season 3', identity, { identity: { kind: 'tv', season: 3 } }],
  ['2', titles, { choose: 't801' }],
  ['t800', titles, { choose: 't800' }],
  ['00800, t00801', titles, { titles: ['t800', 't801'] }],
  ['t1', titles, { titles: ['t01'] }],
  ['S03E04', order, episodes(3, [4], [5])],
  ['e7', order, episodes(2, [7], [8])],
  ['S02E02, S02E01', order, episodes(2, [2], [1])],
  ['S02E01-E02; E03', order, episodes(2, [1, 2], [3])],
  ['S02E01-E02', orderOf('t02'), episodes(2, [1, 2])],
];

const refused: [text: string, question: Question][] = [
  ['3', identity],
  ['9', order],
  ['DVD_VIDEO', identity],
  ['!!!', identity],
  ['Harbour', order],
  ['S02E01-E02', order],
  ['e1,e2,e3', order],
  ['e1-e99', orderOf('t02')],
  ['e5-e2', orderOf('t02')],
  ['e9999', order],
];

describe('textAnswer', () => {
  for (const [text, question, answer] of understood)
    it(`understands "${text}" as an answer to a question of ${question.kind}`, () => {
      assert.deepEqual(textAnswer(question, text), answer);
    });

  it('says how many episodes were named for how many titles', () => {
    assert.throws(() => textAnswer(orderOf('t02', 't03', 't04'), 'S01E02, S01E01'), {
      message: 'The number of episodes (2) is not that of the titles (3)',
    });
  });

  for (const [text, question] of refused)
    it(`refuses "${text}" as an answer to a question of ${question.kind}, with a hint`, () => {
      assert.throws(
        () => textAnswer(question, text),
        (error) =>
          error instanceof DiscflowError && error.code === 'bad-request' && error.hint !== '',
      );
    });

  it('gives an answer of the contract or a refusal, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom(identity, order),
        (text, question) => {
          try {
            Answer.parse(textAnswer(question, text));
          } catch (error) {
            assert.ok(error instanceof DiscflowError, String(error));
          }
        },
      ),
    );
  });
});
