import assert from 'node:assert/strict';
import {
  bareLanguage,
  languageOfWord,
  sameLanguage,
} from '../../../../service/match/references/language.ts';

describe('A language', () => {
  const same: [string, string][] = [
    ['en', 'eng'],
    ['de', 'ger'],
    ['deu', 'ger'],
    ['fre', 'fra'],
    ['pt-BR', 'por'],
    ['pt_PT', 'pt-BR'],
    ['nb', 'no'],
    ['iw', 'he'],
    ['zh-TW', 'chi'],
  ];
  for (const [a, b] of same)
    it(`is the same in any form: ${a} and ${b}`, () => assert.ok(sameLanguage(a, b)));

  it('that is unknown is like none, not even another unknown one', () => {
    for (const [a, b] of [
      ['und', 'und'],
      ['en', 'und'],
      ['', 'en'],
      ['xx', 'xx'],
      ['no language', 'en'],
    ] as const)
      assert.ok(!sameLanguage(a, b), `${a} ${b}`);
    assert.ok(!sameLanguage(null, null));
    assert.ok(!sameLanguage('en', 'fr'));
    assert.equal(bareLanguage('und'), null);
  });

  const words: [string, string | null][] = [
    ['en', 'en'],
    ['EN', 'en'],
    ['eng', 'en'],
    ['English', 'en'],
    ['Deutsch', 'de'],
    ['français', 'fr'],
    ['pt-br', 'pt-BR'],
    ['pob', 'pt-BR'],
    ['zh-TW', 'zh-TW'],
    ['It', null],
    ['Be', null],
    ['end', null],
    ['lamp', null],
  ];
  for (const [word, language] of words)
    it(`is meant by "${word}": ${language}`, () => assert.equal(languageOfWord(word), language));
});
