import assert from 'node:assert/strict';
import { chooseAudioTrack } from '../../../../service/match/evidence/audio-track.ts';

const track = (language: string, kind = 'normal') => ({ language, kind });

const cases = [
  { name: 'the wanted language', tracks: ['fr', 'en'], wanted: ['en'], choice: 1 },
  { name: 'any form of its code', tracks: ['fre', 'eng'], wanted: ['en'], choice: 1 },
  { name: 'the most wanted of several', tracks: ['en', 'ja'], wanted: ['ja', 'en'], choice: 1 },
  { name: 'the next when there is none', tracks: ['de', 'en'], wanted: ['ja', 'en'], choice: 1 },
  { name: 'the first when nothing fits', tracks: ['de', 'fr'], wanted: ['ja'], choice: 0 },
  { name: 'the first when nothing is wanted', tracks: ['und', 'fr'], wanted: [], choice: 0 },
];

describe('audio track', () => {
  for (const { name, tracks, wanted, choice } of cases)
    it(`is ${name}`, () => {
      const facts = tracks.map((language) => track(language));
      assert.equal(chooseAudioTrack(facts, wanted), choice);
    });

  it('is never a commentary, and with a describing voice only for lack of another', () => {
    const commentary = track('en', 'commentary');
    const described = track('en', 'visually-impaired');
    assert.equal(chooseAudioTrack([commentary, described, track('en')], ['en']), 2);
    assert.equal(chooseAudioTrack([commentary, described, track('fr')], ['en']), 2);
    assert.equal(chooseAudioTrack([commentary, described], ['en']), 1);
    assert.equal(chooseAudioTrack([commentary], ['en']), null);
    assert.equal(chooseAudioTrack([], ['en']), null);
  });
});
