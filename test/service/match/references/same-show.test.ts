import assert from 'node:assert/strict';
import { isShow, mayBeShow } from '../../../../service/match/references/same-show.ts';

const asked = {
  show: 'The Harbour Lights',
  otherTitles: ['Die Hafenlichter'],
  year: 2019,
  tmdb: 42,
};
const named = (title: string, year: number | null = null, tmdb: number | null = null) => ({
  title,
  year,
  tmdb,
});

describe('A show by its name', () => {
  const same = [
    named('harbour lights'),
    named('Harbour-Lights', 2019),
    named('Harbour Lights, The', 2020),
    named('Die Hafenlichter'),
    named('Something else', null, 42),
  ];
  for (const one of same)
    it(`is known: ${JSON.stringify(one)}`, () => assert.ok(isShow(one, asked)));

  const others = [
    named('Harbour Lights', 1987),
    named('Harbour Lights', 2019, 43),
    named('Harbour Lights US'),
    named('Other Show'),
    named('...'),
  ];
  for (const one of others)
    it(`is told from another: ${JSON.stringify(one)}`, () => assert.ok(!isShow(one, asked)));

  const likely = ['Harbour Lights US', 'thl', 'harbor lights', 'Lights', 'Hafenlichter'];
  for (const title of likely)
    it(`may be called "${title}" by a file in its folder`, () =>
      assert.ok(mayBeShow(named(title), asked)));

  for (const one of [named('Other Show'), named('Quiet Detectives'), named('Lights', null, 7)])
    it(`is not what a file in its folder says: ${JSON.stringify(one)}`, () =>
      assert.ok(!mayBeShow(one, asked)));
});
