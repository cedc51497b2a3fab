import assert from 'node:assert/strict';
import fc from 'fast-check';
import { partedWords } from '../../../../service/identify/label/joined-words.ts';

describe('words that run together', () => {
  const cases: [joined: string, parted: string][] = [
    ['NOONSHOW', 'noon show'],
    ['LONGMERIDIAN', 'long meridian'],
    ['THELONGMERIDIAN', 'the long meridian'],
    ['HARBOURLIGHTS', 'harbour lights'],
    ['BACKTOTHEFUTURE', 'back to the future'],
    ['TOMANDJERRY', 'tom and jerry'],
    ['DIEHARD', 'die hard'],
    ['GAMEOFTHRONES', 'game of thrones'],
    ['THEBIGLEBOWSKI', 'the big lebowski'],
    ['DERUNTERGANG', 'der untergang'],
    ['HARRYPOTTER 2', 'harry potter 2'],
  ];
  for (const [joined, parted] of cases)
    it(`of "${joined}" are "${parted}"`, () => {
      assert.equal(partedWords(joined)[0]?.text, parted);
    });

  for (const whole of [
    'NOWHERE',
    'GODFATHER',
    'TERMINATOR',
    'LONG MERIDIAN',
    'LOST',
    '',
    '24',
    'Ä',
  ])
    it(`are not made of "${whole}"`, () => {
      assert.deepEqual(partedWords(whole), []);
    });

  it('are told from those that have a part which nobody knows', () => {
    assert.equal(partedWords('NOONSHOW')[0]?.isComplete, true);
    assert.equal(partedWords('LONGMERIDIAN')[0]?.isComplete, false);
    assert.equal(partedWords('LONGMERIDIAN', ['Meridian'])[0]?.isComplete, true);
  });

  it('are the same letters in the same order, a few at most, at once', () => {
    const joined = fc.string({ unit: fc.constantFrom(...'aeinorst xyz'), maxLength: 300 });
    fc.assert(
      fc.property(joined, (text) => {
        const started = performance.now();
        const parted = partedWords(text);
        assert.ok(performance.now() - started < 100);
        assert.ok(parted.length <= 2);
        for (const one of parted)
          assert.equal(one.text.replaceAll(' ', ''), text.replaceAll(' ', ''));
      }),
    );
  });
});
