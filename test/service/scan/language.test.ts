import assert from 'node:assert/strict';
import { discLanguage } from '../../../service/scan/language.ts';

describe('disc language', () => {
  const cases: [string, string][] = [
    ['en', 'en'],
    ['FR', 'fr'],
    ['iw', 'he'],
    ['in', 'id'],
    ['ji', 'yi'],
    ['jp', 'ja'],
    ['\0\0', 'und'],
    ['xx', 'und'],
    ['??', 'und'],
    ['\xff\xff', 'und'],
  ];
  for (const [code, language] of cases)
    it(`of ${JSON.stringify(code)} is ${language}`, () =>
      assert.equal(discLanguage(code), language));
});
