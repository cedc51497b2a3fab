import assert from 'node:assert/strict';
import { analysisOf } from '../../../../service/identify/structure/analysis.ts';
import { rolesOf } from '../../../../service/identify/structure/roles.ts';
import { structureOf } from '../../../../service/identify/structure/structure.ts';
import type { TitleFacts } from '../../../../service/identify/structure/title-facts.ts';
import type { Relation } from '../../../../service/scan/record.ts';
import { titleFacts } from './titles.ts';

/** "44m", "20s", or seconds with a relation; numbers follow the order. */
type Spec = number | [seconds: number, relation: Relation];

function disc(...specs: Spec[]): TitleFacts[] {
  return specs.map((spec, index) => {
    const [duration, relation] = typeof spec === 'number' ? [spec, null] : spec;
    return titleFacts(index + 1, duration, { relation });
  });
}

const playAll = (...of: number[]): Relation => ({ kind: 'play-all', of });
const cut = (...of: number[]): Relation => ({ kind: 'cut', of });
const duplicate = (of: number): Relation => ({ kind: 'duplicate', of: [of] });
const chapterOf = (of: number): Relation => ({ kind: 'chapter-of', of: [of] });

const cases: { what: string; titles: TitleFacts[]; kind: string; sure: boolean; roles: string }[] =
  [
    { what: 'a film alone', titles: disc(6000), kind: 'movie', sure: true, roles: 'main' },
    {
      what: 'a film with trailer, logos and a making-of',
      titles: disc(5800, 130, 8, 8, 8, 1500),
      kind: 'movie',
      sure: true,
      roles: 'main extra junk junk junk extra',
    },
    {
      what: 'a film with three extras of 20 minutes, which are no episodes',
      titles: disc(6000, 1200, 1230, 1190),
      kind: 'movie',
      sure: true,
      roles: 'main extra extra extra',
    },
    {
      what: 'a film of three minutes with an extra of one',
      titles: disc(182, 62),
      kind: 'movie',
      sure: true,
      roles: 'main extra',
    },
    {
      what: 'a film with a duplicate and a longer cut',
      titles: disc([6000, cut(3)], [6000, duplicate(1)], [6600, cut(1)], 300),
      kind: 'movie',
      sure: true,
      roles: 'cut duplicate main extra',
    },
    {
      what: 'a series with its play-all, and once more with its episodes shuffled',
      titles: disc(2600, 2620, 2580, [7800, playAll(1, 2, 3)], [7800, playAll(3, 1, 2)]),
      kind: 'tv',
      sure: true,
      roles: 'episode episode episode play-all decoy',
    },
    {
      what: 'a film whose scenes are titles too',
      titles: disc([6000, playAll(2, 3)], 200, 240),
      kind: 'movie',
      sure: true,
      roles: 'main duplicate duplicate',
    },
    {
      what: 'a film with a play-all of its deleted scenes',
      titles: disc(6000, [460, playAll(3, 4, 5)], 150, 160, 150),
      kind: 'movie',
      sure: true,
      roles: 'main play-all extra extra extra',
    },
    {
      what: 'a title that is only a joint of chapters of seconds',
      titles: disc([40, playAll(2, 3, 4, 5, 6)], 8, 8, 8, 8, 8),
      kind: 'movie',
      sure: true,
      roles: 'main duplicate duplicate duplicate duplicate duplicate',
    },
    {
      what: 'four episodes',
      titles: disc(2600, 2550, 2620, 2580, 175, 20),
      kind: 'tv',
      sure: true,
      roles: 'episode episode episode episode extra junk',
    },
    {
      what: 'three episodes of 20 seconds',
      titles: disc(20, 22, 24),
      kind: 'tv',
      sure: true,
      roles: 'episode episode episode',
    },
    {
      what: 'three titles of 90 minutes, which may be films',
      titles: disc(5300, 5400, 5350),
      kind: 'tv',
      sure: false,
      roles: 'episode episode episode',
    },
    {
      what: 'two episodes with a play-all',
      titles: disc([5200, playAll(2, 3)], 2600, 2600, 600),
      kind: 'tv',
      sure: true,
      roles: 'play-all episode episode extra',
    },
    {
      what: 'a double pilot that the play-all plays',
      titles: disc([10_400, playAll(2, 3, 4)], 5200, 2600, 2600),
      kind: 'tv',
      sure: true,
      roles: 'play-all episode episode episode',
    },
    {
      what: 'an extra as long as the episodes that the play-all leaves out',
      titles: disc([5400, playAll(2, 3, 4, 5)], 1350, 1355, 1350, 1350, 1250),
      kind: 'tv',
      sure: true,
      roles: 'play-all episode episode episode episode extra',
    },
    {
      what: 'episodes with and without their opening',
      titles: disc(
        [1400, cut(4)],
        [1390, cut(5)],
        [1380, cut(6)],
        [1440, cut(1)],
        [1430, cut(2)],
        [1420, cut(3)],
      ),
      kind: 'tv',
      sure: true,
      roles: 'cut cut cut episode episode episode',
    },
    {
      what: 'an excerpt of an episode',
      titles: disc(2600, 2600, 2600, [300, chapterOf(1)]),
      kind: 'tv',
      sure: true,
      roles: 'episode episode episode duplicate',
    },
    {
      what: 'a double pilot without a play-all',
      titles: disc(5200, 2600, 2600, 2600),
      kind: 'tv',
      sure: true,
      roles: 'episode episode episode episode',
    },
    {
      what: 'an hour of something with three shorter titles, which may be anything',
      titles: disc(3600, 1300, 1300, 1350),
      kind: 'tv',
      sure: false,
      roles: 'episode episode episode episode',
    },
    {
      what: 'two episodes alone',
      titles: disc(2600, 2610, 900),
      kind: 'tv',
      sure: true,
      roles: 'episode episode extra',
    },
    {
      what: 'a disc of extras',
      titles: disc(1377, 1000, 700, 450, 300),
      kind: 'extras',
      sure: false,
      roles: 'extra extra extra extra extra',
    },
    { what: 'no title at all', titles: [], kind: 'unknown', sure: false, roles: '' },
  ];

describe('kind and roles of a disc by its structure', () => {
  for (const { what, titles, kind, sure, roles } of cases)
    it(`of ${what}: ${sure ? '' : 'perhaps '}${kind}`, () => {
      const structure = structureOf(titles);
      const [first] = structure.kinds;
      const given = rolesOf(first?.kind ?? 'unknown', structure);
      assert.equal(first?.kind, kind, JSON.stringify(structure.kinds));
      assert.equal(!analysisOf(structure).asks, sure, JSON.stringify(structure.kinds));
      assert.equal(titles.map(({ number }) => given.get(number)?.role).join(' '), roles);
    });

  it('believes size before length where a documentary is longer than the film', () => {
    const film = titleFacts(1, 5940, { bytes: 31e9 });
    const documentary = titleFacts(2, 7244, { bytes: 9.6e9 });
    const structure = structureOf([film, documentary]);
    assert.deepEqual(structure.kinds[0]?.kind, 'movie');
    assert.equal(rolesOf('movie', structure).get(1)?.role, 'main');
  });

  it('names the cuts of a title, the members of a play-all and the original of a duplicate', () => {
    const structure = structureOf(
      disc([5200, playAll(3, 2)], [2600, cut(4)], 2600, [2500, cut(2)], [2600, duplicate(3)]),
    );
    const roles = rolesOf('tv', structure);
    assert.deepEqual(
      [...roles].sort(([a], [b]) => a - b).map(([, { related }]) => related),
      [[3, 2], [4], [], [2], [3]],
    );
  });

  it('survives relations that point nowhere or in a circle', () => {
    const structure = structureOf(
      disc([100, duplicate(2)], [100, duplicate(1)], [90, playAll(9, 3)]),
    );
    assert.equal(rolesOf('movie', structure).size, 3);
  });
});
