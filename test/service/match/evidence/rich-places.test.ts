import assert from 'node:assert/strict';
import {
  dialogueByCues,
  dialogueByVoice,
  richPlaces,
} from '../../../../service/match/evidence/rich-places.ts';

const talk = (start: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    start: start + 3 * index,
    end: start + 3 * index + 2.5,
    text: 'somebody says something',
  }));

describe('Places rich in dialogue', () => {
  it('are one in each part of the title, where most is said', () => {
    const cues = [...talk(10, 2), ...talk(200, 10), ...talk(700, 12), ...talk(900, 4)];
    const said = dialogueByCues([{ cues, alignment: null }], 1000);
    const places = richPlaces(said, { count: 2, seconds: 30 });
    assert.equal(places.length, 2);
    assert.ok(places[0] && places[0].start >= 198 && places[0].start <= 202, `${places[0]?.start}`);
    assert.ok(places[1] && places[1].start >= 699 && places[1].start <= 708, `${places[1]?.start}`);
    assert.ok(places.every(({ seconds }) => seconds === 30));
  });

  it('are found through the alignment of a reference', () => {
    const alignment = { offset: 50, speed: 25 / 24 };
    const said = dialogueByCues([{ cues: talk(480, 10), alignment }], 1000);
    const [place] = richPlaces(said, { count: 1, seconds: 30 });
    assert.ok(place && Math.abs(place.start - 550) < 4, `${place?.start}`);
  });

  it('are found by voices', () => {
    const features = new Float32Array(10_000);
    features.fill(3, 6000, 6400);
    const [place] = richPlaces(dialogueByVoice(features), { count: 1, seconds: 30 });
    assert.ok(place && place.start >= 600 && place.start <= 610);
  });

  it('are the middle of each part where nothing is known', () => {
    assert.deepEqual(richPlaces(new Float32Array(1000), { count: 2, seconds: 100 }), [
      { start: 220, seconds: 100 },
      { start: 680, seconds: 100 },
    ]);
  });

  it('are shorter in short titles, and none in those that have no length', () => {
    const places = richPlaces(new Float32Array(20), { count: 3, seconds: 30 });
    assert.equal(places.length, 3);
    for (const { start, seconds } of places) assert.ok(start >= 0 && start + seconds <= 20);
    assert.deepEqual(richPlaces(new Float32Array(0), { count: 3, seconds: 30 }), []);
    assert.deepEqual(dialogueByCues([], -1).length, 0);
  });
});
