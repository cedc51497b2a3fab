import assert from 'node:assert/strict';
import { discName, parseDiscName } from '../../../../service/scan/bluray/disc-name.ts';
import { discLibrary } from '../../../authoring/bluray/disc-files.ts';
import { memoryMedium } from './memory-medium.ts';

describe('the name of a Blu-ray disc', () => {
  const cases: [string, string | Buffer, string | null][] = [
    ['is in its library file', discLibrary('The Film', 'eng'), 'The Film'],
    ['may have signs of XML in it', discLibrary('Him & Her <3', 'eng'), 'Him & Her <3'],
    ['may look like a number', discLibrary('1917', 'eng'), '1917'],
    ['is one harmless line', discLibrary(' A\n\u202eB ', 'eng'), 'A B'],
    ['is none when it is empty', discLibrary('', 'eng'), null],
    ['is none in a file of another kind', '<html><title>x</title></html>', null],
    ['is none in what is no XML', 'not < XML & more', null],
    [
      'is none where entities are declared',
      `<!DOCTYPE x [<!ENTITY a "aaaa">]>${discLibrary('&a;&a;', 'eng')}`,
      null,
    ],
    [
      'may be in UTF-16',
      Buffer.from(`\ufeff${discLibrary('Été', 'fra').replace('utf-8', 'utf-16')}`, 'utf16le'),
      'Été',
    ],
  ];
  for (const [name, content, wanted] of cases)
    it(name, async () => assert.equal(await parseDiscName(Buffer.from(content)), wanted));

  it('is taken in the wanted language, else in the first there is', async () => {
    const files = new Map(
      ['ger', 'fra', 'eng'].map((language) => [
        `BDMV/META/DL/BDMT_${language.toUpperCase()}.XML`,
        Buffer.from(discLibrary(`in ${language}`, language)),
      ]),
    );
    assert.equal(await discName(memoryMedium(files)), 'in eng');
    assert.equal(await discName(memoryMedium(files), ['jpn', 'ger']), 'in ger');
    assert.equal(await discName(memoryMedium(files), ['jpn']), 'in eng');
    assert.equal(await discName(memoryMedium(new Map())), null);
  });
});
