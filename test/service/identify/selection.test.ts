import assert from 'node:assert/strict';
import type { TitleRole } from '../../../service/contract/title.ts';
import { selectTitles } from '../../../service/identify/selection.ts';

type Spec = [role: TitleRole, seconds: number];

function select(specs: Spec[], budget = Number.POSITIVE_INFINITY): number[] {
  const titles = specs.map(([role, duration], index) => {
    return { number: index + 1, role, duration, bytes: duration * 1000 };
  });
  return [...selectTitles(titles, budget)].sort((a, b) => a - b);
}

describe('selectTitles', () => {
  const cases: { what: string; titles: Spec[]; wanted: number[]; budget?: number }[] = [
    {
      what: 'takes film and cuts of any length, and extras of a minute and more',
      titles: [
        ['main', 30],
        ['cut', 20],
        ['extra', 60],
        ['extra', 59.9],
        ['trailer', 90],
      ],
      wanted: [1, 2, 3, 5],
    },
    {
      what: 'takes nothing twice',
      titles: [
        ['play-all', 5200],
        ['episode', 20],
        ['duplicate', 2600],
        ['decoy', 2600],
      ],
      wanted: [2],
    },
    {
      what: 'takes what is two minutes and longer of a disc nobody knows',
      titles: [
        ['unknown', 1200],
        ['unknown', 119],
        ['unknown', 120],
        ['play-all', 1320],
      ],
      wanted: [1, 3],
    },
    {
      what: 'keeps to the budget there, the biggest first',
      titles: [
        ['unknown', 300],
        ['unknown', 500],
        ['unknown', 400],
      ],
      budget: 800_000,
      wanted: [1, 2],
    },
    {
      what: 'takes the biggest where everything is short',
      titles: [
        ['unknown', 20],
        ['unknown', 30],
        ['duplicate', 40],
      ],
      wanted: [2],
    },
    { what: 'takes nothing where nothing is', titles: [], wanted: [] },
  ];
  for (const { what, titles, wanted, budget } of cases)
    it(what, () => assert.deepEqual(select(titles, budget), wanted));
});
