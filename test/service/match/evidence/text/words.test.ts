import assert from 'node:assert/strict';
import { wordsOf } from '../../../../../service/match/evidence/text/words.ts';

const cases: [string, string, string[]][] = [
  ['case and punctuation', 'Well, WELL... "Harbour"!', ['well', 'well', 'harbour']],
  ['apostrophes of every kind', "don’t don`t don't", ["don't", "don't", "don't"]],
  ['quotes around a word', "the 'lamp' is out", ['the', 'lamp', 'is', 'out']],
  ['hyphens and dashes', 'twenty-two — or three', ['twenty', 'two', 'or', 'three']],
  ['accents', 'La lampe est éteinte, Åsa', ['la', 'lampe', 'est', 'eteinte', 'asa']],
  ['Cyrillic', 'Маяк погас.', ['маяк', 'погас']],
  ['Hindi with its vowel signs', 'दीपक बुझ गया', ['दीपक', 'बुझ', 'गया']],
  ['Japanese, a character each', '灯台だ', ['灯', '台', 'だ']],
  ['Korean by its spaces', '등대가 꺼졌다', ['등대가', '꺼졌다']],
  ['figures', 'Pier 39, 1984', ['pier', '39', '1984']],
  ['nothing', ' … !? ', []],
];

describe('The words of a text', () => {
  for (const [name, text, words] of cases)
    it(`are found: ${name}`, () => assert.deepEqual(wordsOf(text), words));
});
