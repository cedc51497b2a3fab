import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  cleanText,
  NAME_BYTES,
  safeComponent,
  truncate,
} from '../../../../service/organize/naming/safe-name.ts';
import { assertValidComponent, hostileText } from '../hostile-text.ts';

const cases: [string, string][] = [
  ['Alien: Romulus', 'Alien - Romulus'],
  ['2001:A Space Odyssey', '2001-A Space Odyssey'],
  ['What If...?', 'What If'],
  ['AC/DC', 'AC-DC'],
  ['M*A*S*H', 'M-A-S-H'],
  ['Say "Hi"', "Say 'Hi'"],
  ['../../etc/passwd', '-..-etc-passwd'],
  ['...', ''],
  ['\u0000\u0007', ''],
  ['CON', 'CON_'],
  ['nul.mkv', 'nul_.mkv'],
  ['Con Air', 'Con Air'],
  ['COM¹', 'COM¹_'],
  ['.hidden', 'hidden'],
  ['Dot.', 'Dot'],
  ['e\u0301te\u0301', 'été'],
  ['abc\u202Egnp.exe', 'abcgnp.exe'],
  ['zero\u200Bwidth', 'zerowidth'],
  ['  many \t spaces\n', 'many spaces'],
  ['Title () []', 'Title'],
  ['Show -  - Episode', 'Show - Episode'],
  ['Title {tmdb-603}', 'Title {tmdb-603}'],
];

describe('A safe component', () => {
  for (const [text, expected] of cases)
    it(`makes ${JSON.stringify(text)} into ${JSON.stringify(expected)}`, () => {
      assert.equal(safeComponent(text), expected);
    });

  it('is valid on ext4, NTFS and SMB, and stable, whatever the text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const name = safeComponent(text);
        if (name === '') return;
        assertValidComponent(name);
        assert.ok(Buffer.byteLength(name) <= NAME_BYTES);
        assert.equal(safeComponent(name), name);
      }),
      { numRuns: 500 },
    );
  });
});

describe('A cleaned text', () => {
  it('cannot pose as an id or an edition that a player obeys', () => {
    assert.equal(cleanText('Film {tmdb-1}'), 'Film tmdb-1)');
    assert.equal(cleanText('Film [[ tmdbid=1]'), 'Film tmdbid=1]');
    assert.equal(cleanText("Film {edition-Director's Cut}"), "Film edition-Director's Cut)");
    assert.equal(cleanText('[REC] (2007)'), '[REC] (2007)');
  });

  it('is stable, whatever the text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        assert.equal(cleanText(cleanText(text)), cleanText(text));
      }),
      { numRuns: 500 },
    );
  });
});

describe('Truncating', () => {
  it('keeps characters whole and marks the cut', () => {
    assert.equal(truncate('ééééé', 9), 'ééé…');
    assert.equal(truncate('👨‍👩‍👧👨‍👩‍👧', 22), '👨‍👩‍👧…');
    assert.equal(truncate('short', 5), 'short');
  });
});
