import assert from 'node:assert/strict';
import fc from 'fast-check';
import { noFacts } from '../../../service/identify/label/facts.ts';
import {
  type ParsedLabel,
  parseLabel,
  parseTyped,
  readingsOf,
} from '../../../service/identify/label.ts';
import { heldOutCases } from './held-out-labels.ts';
import { type LabelCase, labelCases } from './label-cases.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        ...['\u202e', '\u0000', '\n', '_', 'S1', 'D2', '../', 'ſ', '🎬', 'VOL 3', 'SEASON', ' 2'],
        ...['DVD', 'PAL', 'TITLE', '1999', 'SIDE A', 'OF', '-', 'EE', 'İ', 'ﬁ', "'S"],
      ),
    )
    .map((parts) => parts.join('')),
);

function readsAs([label, title, facts = {}]: LabelCase): void {
  assert.deepEqual(parseLabel(label), { title, ...noFacts, ...facts });
}

describe('parseLabel', () => {
  for (const [group, cases] of Object.entries({ ...labelCases, ...heldOutCases }))
    describe(group, () => {
      for (const one of cases)
        it(`reads "${one[0]}" as ${one[1] === null ? 'no title' : `"${one[1]}"`}`, () => {
          readsAs(one);
        });
    });

  it('gives one bounded, printable line whatever the label is', () => {
    fc.assert(
      fc.property(hostile, (label) => {
        for (const { title, season, disc, discs, lastSeason } of readingsOf(label)) {
          assert.ok(title === null || (title.length > 0 && title.length <= 300));
          assert.doesNotMatch(title ?? '', /[\p{C}\p{Zl}\p{Zp}/\\]/u);
          assert.ok(season === null || (season >= 0 && season <= 99));
          assert.ok(disc === null || (disc >= 1 && disc <= 99));
          assert.ok(discs === null || disc === null || discs >= disc);
          assert.ok(lastSeason === null || season === null || lastSeason > season);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('finds the title of a label again when it is given that title alone', () => {
    for (const [label, title] of Object.values(labelCases).flat())
      if (title !== null)
        assert.ok(
          readingsOf(title).some((reading) => reading.title === title),
          `"${title}" of "${label}" is read as ${JSON.stringify(readingsOf(title)[0].title)}`,
        );
  });

  it('takes no longer for a label that is made to be slow', () => {
    const started = performance.now();
    for (const part of ['1', 'R', 'DVD ', 'S1 D', ' ', '20010101 ', 'aA1-', 'blu-', 'season '])
      readingsOf(part.repeat(255));
    assert.ok(performance.now() - started < 300);
  });
});

describe('parseTyped', () => {
  it('keeps the name of a publisher, which is part of the title for a person', () => {
    assert.equal(parseTyped("Disney's Hercules").title, "Disney's Hercules");
    assert.equal(parseLabel('DISNEYS_HERCULES').title, 'Hercules');
    assert.equal(parseTyped('National Geographic (2001)').title, 'National Geographic');
  });

  it('reads seasons, discs and years as on a label', () => {
    const { title, season, disc } = parseTyped('harbour lights s1 d2');
    assert.deepEqual([title, season, disc], ['Harbour Lights', 1, 2]);
  });
});

/** A reading in a word: "Friends S1", "Friends D1". */
function inWords({ title, season, disc, year, side, volume }: ParsedLabel): string {
  const facts = [
    season === null ? '' : ` S${season}`,
    disc === null ? '' : ` D${disc}`,
    year === null ? '' : ` (${year})`,
    side === null ? '' : ` side ${side}`,
    volume === null ? '' : ` #${volume}`,
  ];
  return `${title}${facts.join('')}`;
}

describe('readingsOf', () => {
  const cases: [label: string, readings: string[]][] = [
    ['LONG_MERIDIAN', ['Long Meridian']],
    ['DVD_VIDEO', ['null']],
    ['FRIENDS1', ['Friends 1', 'Friends', 'Friends S1', 'Friends D1']],
    ['DIE_HARD_2', ['Die Hard 2', 'Die Hard S2', 'Die Hard D2']],
    ['APOLLO_13', ['Apollo 13', 'Apollo S13']],
    ['AREA_51', ['Area 51']],
    ['DUNE_2021', ['Dune (2021)', 'Dune 2021']],
    ['WONDER_WOMAN_1984', ['Wonder Woman 1984', 'Wonder Woman (1984)']],
    ['BLADE_RUNNER_2049', ['Blade Runner 2049']],
    ['1917', ['1917']],
    ['KILL_BILL_VOL_2', ['Kill Bill Vol. 2 #2', 'Kill Bill #2']],
    ['GONE_WITH_THE_WIND_A', ['Gone with the Wind A', 'Gone with the Wind side A']],
    ['WB_MATRIX', ['Matrix', 'Wb Matrix']],
    ['HARBOUR_LIGHTS_S1_D1', ['Harbour Lights S1 D1']],
    ['24_SEASON_1', ['24 S1', '24 1']],
  ];
  for (const [label, readings] of cases)
    it(`of "${label}" gives ${readings.join(', ')}`, () => {
      assert.deepEqual(readingsOf(label).map(inWords), readings);
    });
});
