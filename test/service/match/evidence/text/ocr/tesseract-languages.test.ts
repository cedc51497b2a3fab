import assert from 'node:assert/strict';
import { packFor } from '../../../../../../service/match/evidence/text/ocr/tesseract-languages.ts';

describe('The language pack for a subtitle track', () => {
  const cases: [string | null, string[], string | null][] = [
    ['eng', ['eng', 'osd'], 'eng'],
    ['en-US', ['eng'], 'eng'],
    ['ger', ['deu', 'eng'], 'deu'],
    ['deu', ['eng'], 'eng'],
    ['fr', ['eng'], 'eng'],
    ['ru', ['eng'], null],
    ['jpn', ['jpn', 'eng'], 'jpn'],
    ['zho', ['chi_sim'], 'chi_sim'],
    ['und', ['eng'], 'eng'],
    [null, ['eng'], 'eng'],
    ['en', ['osd'], null],
    ['am', ['eng'], null],
  ];
  for (const [language, installed, pack] of cases)
    it(`${language} with ${installed.join(', ')} is ${pack}`, () =>
      assert.equal(packFor(language, installed), pack));
});
