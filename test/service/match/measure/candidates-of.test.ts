import assert from 'node:assert/strict';
import { candidatesOf } from '../../../../service/match/measure/candidates-of.ts';
import type { Reference } from '../../../../service/match/references/reference.ts';

function reference(season: number, episodes: number[], name: string | null = null): Reference {
  const id = `${season}/${episodes.join()}`;
  return { id, season, episodes, name, language: 'en', source: 'folder', origin: id, cues: [] };
}

describe('the episodes that a title is compared with', () => {
  const inWords = (...references: Reference[]) =>
    candidatesOf([], references).map(
      ({ season, episode, name }) => `${season}x${episode}${name ? ` ${name}` : ''}`,
    );

  it('are those of the catalogue, in its order and with its facts', () => {
    const listed = [
      { season: 1, episode: 2, name: 'Two', runtime: 1300, dvd: 0 },
      { season: 1, episode: 1, name: 'One', runtime: null, dvd: null },
    ];
    assert.deepEqual(candidatesOf(listed, [reference(7, [1])]), [
      { season: 1, episode: 2, name: 'Two', runtime: 1300, order: { aired: 0, dvd: 0 } },
      { season: 1, episode: 1, name: 'One', runtime: null, order: { aired: 1, dvd: null } },
    ]);
  });

  it('are without a catalogue all up to the last that has a reference, also those that have none', () => {
    assert.deepEqual(inWords(reference(1, [2], 'Two'), reference(1, [4])), [
      '1x1',
      '1x2 Two',
      '1x3',
      '1x4',
    ]);
  });

  it('are of every season that has references, doubles counted as two, specials from where they begin', () => {
    assert.deepEqual(inWords(reference(2, [1, 2], 'Both'), reference(1, [1]), reference(0, [0])), [
      '0x0',
      '1x1',
      '2x1',
      '2x2',
    ]);
  });

  it('are not endless when a file names an absurd number', () => {
    assert.equal(inWords(reference(1, [9999])).length, 500);
  });
});
