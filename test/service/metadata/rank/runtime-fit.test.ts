import assert from 'node:assert/strict';
import {
  filmFit,
  type RuntimeFit,
  showFit,
} from '../../../../service/metadata/rank/runtime-fit.ts';

const films: [string, number[], number, RuntimeFit][] = [
  ['to the minute', [120], 120, 'fits'],
  ['with logos', [123], 120, 'fits'],
  ['played 4 % faster for PAL', [115.2], 120, 'fits'],
  ['of a running time that was taken from PAL', [125], 120, 'fits'],
  ['a quarter of an hour longer', [140], 120, 'long'],
  ['with its extended cut on the same disc', [148, 120], 120, 'fits'],
  ['of three hours in its long version', [208], 179, 'long'],
  ['twice as long', [240], 120, 'differs'],
  ['ten minutes shorter', [108], 120, 'differs'],
  ['an episode', [42], 120, 'differs'],
];

const shows: [string, number[], number[], RuntimeFit][] = [
  ['of the length', [42, 42, 43, 42], [42], 'fits'],
  ['without the advertising of its slot', [42, 41, 43], [60], 'fits'],
  ['with recaps', [47, 46, 48], [42], 'fits'],
  ['with a double pilot', [88, 43, 43, 43], [43], 'fits'],
  ['two to a title', [22, 22, 23], [11], 'double'],
  ['of either length', [52, 52], [25, 50], 'fits'],
  ['of another length', [88, 90, 89], [22], 'differs'],
  ['much shorter', [11, 11, 11], [60], 'differs'],
];

const seconds = (minutes: number[]) => minutes.map((minute) => minute * 60);

describe('Running times', () => {
  for (const [name, disc, runtime, fit] of films)
    it(`of a film ${name}: ${fit}`, () => assert.equal(filmFit(seconds(disc), runtime * 60), fit));

  for (const [name, disc, usual, fit] of shows)
    it(`of episodes ${name}: ${fit}`, () =>
      assert.equal(showFit(seconds(disc), seconds(usual)), fit));

  it('of nothing fit nothing', () => {
    assert.equal(filmFit([], 7200), 'differs');
    assert.equal(showFit([], [2400]), 'differs');
    assert.equal(showFit([2400], []), 'differs');
  });
});
