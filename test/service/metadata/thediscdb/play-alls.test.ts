import assert from 'node:assert/strict';
import type { KnownTitle } from '../../../../service/metadata/thediscdb/known-disc.ts';
import { markPlayAlls } from '../../../../service/metadata/thediscdb/play-alls.ts';

type Made = [name: string, season: number, episodes: number[]];

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

const cases: [string, Made[], boolean[]][] = [
  ['one called so', [['Play All', 1, []]], [true]],
  [
    'one that holds the others',
    [
      ['a', 1, [1, 2]],
      ['b', 1, [1]],
      ['c', 1, [2]],
    ],
    [true, false, false],
  ],
  [
    'three cartoons in one title',
    [
      ['a', 1, [1, 2, 3]],
      ['b', 1, [4, 5, 6]],
    ],
    [false, false],
  ],
  [
    'a double episode',
    [
      ['a', 1, [1, 2]],
      ['b', 1, [3]],
    ],
    [false, false],
  ],
  [
    'two whole seasons of like numbers',
    [
      ['a', 2, [1, 2]],
      ['b', 1, [1]],
      ['c', 1, [2]],
    ],
    [false, false, false],
  ],
  [
    'one copy of another',
    [
      ['a', 1, [1, 2]],
      ['b', 1, [1, 2]],
    ],
    [false, false],
  ],
];

describe('Play-alls in TheDiscDB', () => {
  for (const [name, made, marks] of cases)
    it(`are told from the rest: ${name}`, () =>
      assert.deepEqual(
        markPlayAlls(made.map(titleOf)).map(({ item }) => item?.playAll),
        marks,
      ));

  it('are all that may hold more than twenty episodes', () => {
    const one = (episodes: number[]) => markPlayAlls([titleOf(['x', 1, episodes])])[0]?.item;
    assert.deepEqual(one(range(1, 24))?.episodes, []);
    assert.equal(one(range(1, 20))?.episodes.length, 20);
  });

  it('are found at once in an entry that was made to be slow', () => {
    const titles = range(1, 6000).map((first) => titleOf(['x', 1, range(first, first + 19)]));
    const started = performance.now();
    markPlayAlls(titles);
    assert.ok(performance.now() - started < 500, `${performance.now() - started} ms`);
  });
});

function titleOf([title, season, episodes]: Made): KnownTitle {
  const rest = { number: 1, segmentMap: null, duration: null, size: null };
  const item = { type: 'episode' as const, title, description: null, season, episodes };
  return { sourceFile: '01', ...rest, item: { ...item, playAll: false } };
}
