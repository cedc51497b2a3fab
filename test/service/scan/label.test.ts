import assert from 'node:assert/strict';
import { cleanLabel } from '../../../service/scan/label.ts';

describe('label', () => {
  const cases: [string, string, string][] = [
    ['keeps an ordinary label', 'SHOW_S1_D1', 'SHOW_S1_D1'],
    ['trims the padding of the volume id', 'FILM              ', 'FILM'],
    ['removes NUL and control characters', 'FI\0L\x07M\x7f', 'FILM'],
    ['turns line breaks into spaces', 'A\r\nB\u2028C', 'A B C'],
    ['removes bidi and invisible characters', '\u202eMLIF\u2066\u200b', 'MLIF'],
    ['keeps letters of any script', 'ÉTÉ 夏', 'ÉTÉ 夏'],
    ['bounds the length without cutting a character', '😀'.repeat(500), '😀'.repeat(128)],
    ['accepts nothing', '\0\0', ''],
  ];
  for (const [name, label, expected] of cases)
    it(name, () => assert.equal(cleanLabel(label), expected));
});
