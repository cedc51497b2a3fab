import assert from 'node:assert/strict';
import fc from 'fast-check';
import { episodesOf, seasonOf } from '../../../../service/metadata/thediscdb/item-numbers.ts';

const seasons: [string | null, number | null][] = [
  ['1', 1],
  ['01', 1],
  [' 2 ', 2],
  ['Season 1', 1],
  ['season 12', 12],
  ['Series 3', 3],
  ['S04', 4],
  ['0', 0],
  ['1-2', null],
  ['one', null],
  ['', null],
  [null, null],
];

const episodes: [string | null, number[]][] = [
  ['1', [1]],
  ['01', [1]],
  ['0', [0]],
  ['3-4', [3, 4]],
  ['1-9', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ['31-E36', [31, 32, 33, 34, 35, 36]],
  ['E5', [5]],
  ['Ep 5', [5]],
  ['Episode 7', [7]],
  ['S01E03', [3]],
  ['S01E03-E04', [3, 4]],
  ['S01E03-S01E04', [3, 4]],
  ['3 – 4', [3, 4]],
  ['1, 2 & 5', [1, 2, 5]],
  ['1 and 2', [1, 2]],
  ['3,3', [3]],
  ['4-3', []],
  ['1-9999', []],
  ['a', []],
  ['1a', []],
  ['1, a', []],
  ['', []],
  [null, []],
];

describe('Numbers of an item in TheDiscDB', () => {
  for (const [text, season] of seasons)
    it(`reads the season "${text}" as ${season}`, () => assert.equal(seasonOf(text), season));

  for (const [text, numbers] of episodes)
    it(`reads the episodes "${text}" as ${numbers.join(' ') || 'none'}`, () =>
      assert.deepEqual(episodesOf(text), numbers));

  it('are few and whole, whatever was typed in', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789-,E S&') });
    fc.assert(
      fc.property(fc.oneof(fc.string(), digits), (text) => {
        const season = seasonOf(text);
        assert.ok(season === null || (Number.isSafeInteger(season) && season >= 0));
        for (const number of episodesOf(text)) assert.ok(Number.isSafeInteger(number));
        assert.ok(episodesOf(text).length <= 100 * text.length);
      }),
    );
  });
});
