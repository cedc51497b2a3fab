import assert from 'node:assert/strict';
import { withoutSample, withoutTraps } from '../../../../service/organize/naming/stacking-traps.ts';

const cases: [string, string][] = [
  ['The Storm - Part 1', 'The Storm - Part One'],
  ['The Storm (Part 2)', 'The Storm (Part Two)'],
  ['The Storm, pt.3', 'The Storm, pt Three'],
  ['Show - S01E01 - cd1', 'Show - S01E01 - cd One'],
  ['Concert Disc 2', 'Concert Disc Two'],
  ['Part 25', 'Part (25)'],
  ['Part a', 'Part (a)'],
  ['Counterpart 2', 'Counterpart 2'],
  ['Part One', 'Part One'],
  ['Teaser-trailer', 'Teaser trailer'],
  ['Show - S01E05 - Trailer', 'Show - S01E05 Trailer'],
  ['The Big-Short', 'The Big Short'],
  ['The Big Short', 'The Big Short'],
  ['Film_sample', 'Film sample'],
];

describe('Endings that players obey', () => {
  for (const [stem, expected] of cases)
    it(`turn from "${stem}" into "${expected}"`, () => {
      assert.equal(withoutTraps(stem), expected);
      assert.equal(withoutTraps(expected), expected);
    });

  it('lose the word that hides a short file', () => {
    assert.equal(withoutSample('Free Samples'), 'Free Excerpts');
    assert.equal(withoutSample('Sampler'), 'Sampler');
  });
});
