import assert from 'node:assert/strict';
import { isBetter } from '../../../service/owned/quality.ts';

type Quality = Parameters<typeof isBetter>[0];

const dvd: Quality = { resolution: 'sd', edition: null };
const bluray: Quality = { resolution: '1080p', edition: null };
const uhd: Quality = { resolution: '2160p', edition: null };
const nobodyKnows: Quality = { resolution: null, edition: null };
const cut = (quality: Quality, edition: string): Quality => ({ ...quality, edition });

describe('whether a disc is better than what is there', () => {
  const cases: [what: string, disc: Quality, files: Quality[], answer: string][] = [
    ['a Blu-ray and a DVD', bluray, [dvd], 'yes'],
    ['a UHD and a Blu-ray', uhd, [bluray], 'yes'],
    ['a DVD and a Blu-ray', dvd, [bluray], 'no'],
    ['a DVD and a DVD', dvd, [dvd], 'no'],
    ['a Blu-ray, and a DVD beside a Blu-ray', bluray, [dvd, bluray], 'no'],
    ['a Blu-ray and a file of unknown picture', bluray, [nobodyKnows], 'unknown'],
    ['a DVD and a file of unknown picture', dvd, [nobodyKnows], 'no'],
    [
      'a UHD, and a Blu-ray beside a file of unknown picture',
      uhd,
      [bluray, nobodyKnows],
      'unknown',
    ],
    ['another cut', cut(dvd, "Director's Cut"), [bluray], 'yes'],
    ['the same cut in other words', cut(dvd, 'Directors Cut'), [cut(dvd, "Director's Cut")], 'no'],
    [
      'the cut that is there among others',
      cut(dvd, 'Extended Edition'),
      [dvd, cut(dvd, 'Extended')],
      'no',
    ],
    ['no cut by name, beside cuts only', dvd, [cut(dvd, 'Extended')], 'unknown'],
    ['a disc of which nothing is known', nobodyKnows, [dvd], 'unknown'],
  ];
  for (const [what, disc, files, answer] of cases)
    it(`is ${answer} for ${what}`, () => {
      assert.equal(isBetter(disc, files), answer);
    });
});
