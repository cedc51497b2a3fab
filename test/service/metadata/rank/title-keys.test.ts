import assert from 'node:assert/strict';
import fc from 'fast-check';
import { keysOf, numbersOf } from '../../../../service/metadata/rank/title-keys.ts';
import { createLikeness } from '../../../../service/metadata/rank/title-likeness.ts';

const meets: [string, string][] = [
  ['LONGMERIDIAN', 'The Long Meridian'],
  ['THELONGMERIDIAN', 'The Long Meridian'],
  ['LONG_MERIDIAN', 'The Long Meridian'],
  ['Long Meridian, The', 'The Long Meridian'],
  ['der lange meridian', 'Der lange Meridian'],
  ['LANGE MERIDIAN', 'Der lange Meridian'],
  ['SALT AND SILVER', 'Salt & Silver'],
  ['SALTANDSILVER', 'Salt & Silver'],
  ['SALZUNDSILBER', 'Salz & Silber'],
  ['SALT_SILVER', 'Salt & Silver'],
  ['ROCK II', 'Rock 2'],
  ['ROCKII', 'Rock II'],
  ['ROCK2', 'Rock II'],
  ['BEEKEEPERS 11', "The Beekeeper's Eleven"],
  ['PART TWO', 'Part II'],
  ['GRUENE HUEGEL', 'Grüne Hügel'],
  ['GRUNE HUGEL', 'Grüne Hügel'],
  ['STRASSE DER NACHT', 'Straße der Nacht'],
  ['SKAERGAARDEN', 'Skærgården'],
  ['NINOS DEL FARO', 'Los niños del faro'],
  ['Mr. & Mrs. Fox', 'Mr and Mrs Fox'],
  ['AMELIES GARTEN', 'Amélies Garten'],
  ['S.E.A.L.', 'SEAL'],
  ['NO DAY LIKE TODAY', 'No-Day-Like-Today'],
];

const differs: [string, string][] = [
  ['ROCK II', 'Rock III'],
  ['ROCK', 'Rock 2'],
  ['ORBIT 9', 'Orbit 6'],
  ['NIGHT FERRY', 'Light Ferry'],
  ['HOUSE I', 'House II'],
];

const likenessOf = (label: string, titles: string[]) => createLikeness(label)(titles);

describe('Titles', () => {
  for (const [label, title] of meets)
    it(`are the same: "${label}" and "${title}"`, () => {
      assert.ok(likenessOf(label, [title]).same);
      assert.ok(likenessOf(title, [label]).same);
    });

  for (const [label, title] of differs)
    it(`are not the same: "${label}" and "${title}"`, () =>
      assert.ok(!likenessOf(label, [title]).same));

  it('tell their numbers, not their first word', () => {
    assert.deepEqual(numbersOf('Copper Hollow III: Part Two 1999'), ['3', '2', '1999']);
    assert.deepEqual(numbersOf('I, Lighthouse'), []);
    assert.deepEqual(numbersOf('Ten Lamps'), []);
  });

  const word = fc.string({ unit: fc.constantFrom(...'abdfghkmnprst'), minLength: 3, maxLength: 9 });
  const words = fc.array(word, { minLength: 1, maxLength: 5 });

  it('are the same however a label writes them', () => {
    fc.assert(
      fc.property(words, (list) => {
        const title = list.map((one) => one.charAt(0).toUpperCase() + one.slice(1)).join(' ');
        const forms = [
          list.join('_').toUpperCase(),
          list.join('').toUpperCase(),
          list.join('-'),
          `The ${title}`,
          `${title}!`,
        ];
        for (const form of forms) assert.ok(likenessOf(form, [title]).same, `${form} / ${title}`);
      }),
    );
  });

  it('are alike as much from either side, and at most as much as with themselves', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const own = likenessOf(a, [a]);
        const other = likenessOf(a, [b]);
        assert.ok(own.value === (keysOf(a).length > 0 ? 1 : 0));
        assert.ok(other.value <= 1 && other.value >= 0 && other.limit <= 1);
        assert.equal(other.same, likenessOf(b, [a]).same);
      }),
    );
  });

  it('have few keys, the most literal first', () => {
    fc.assert(
      fc.property(fc.string(), (title) => {
        const keys = keysOf(title);
        assert.ok(keys.length <= 60);
        for (const { weight } of keys) assert.ok(weight > 0 && weight <= 1);
        if (keys[0]) assert.equal(keys[0].weight, 1);
      }),
    );
  });
});
