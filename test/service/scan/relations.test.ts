import assert from 'node:assert/strict';
import type { Cell, DvdTitle } from '../../../service/scan/record.ts';
import { findRelations } from '../../../service/scan/relations.ts';
import { palVideo } from '../rip/scanned.ts';

/**
 * Discs in short: "1: e1a e1b" is title 1 with two cells. Sizes in sectors by the first letter:
 * l = logo 10, o = common opening 60, e = part of an episode or film 1000, s = short scene 80.
 */
const sizes: Record<string, number> = { l: 10, o: 60, e: 1000, s: 80 };

const discs: [name: string, titles: string[], relations: Record<number, string>][] = [
  [
    'a play-all of four episodes',
    ['1: e1 e1b', '2: e2', '3: e3', '4: e4', '5: s1', '6: e1 e1b e2 e3 e4'],
    { 6: 'play-all 1 2 3 4' },
  ],
  ['a play-all listed first', ['1: e1 e2 e3', '2: e1', '3: e2', '4: e3'], { 1: 'play-all 2 3 4' }],
  [
    'a play-all with an episode that has no title of its own',
    ['1: e1 e2 e3', '2: e1', '3: e3'],
    { 1: 'play-all 2 3' },
  ],
  [
    'a play-all whose episodes also have a logo before them',
    ['1: l e1', '2: l e2', '3: e1 e2'],
    { 3: 'play-all 1 2' },
  ],
  [
    'a play-all that shows the common opening once',
    ['1: o e1', '2: o e2', '3: o e3', '4: o e1 e2 e3'],
    { 4: 'play-all 1 2 3' },
  ],
  [
    'play-alls inside a play-all',
    ['1: e1', '2: e2', '3: e3', '4: e4', '5: e1 e2', '6: e3 e4', '7: e1 e2 e3 e4'],
    { 5: 'play-all 1 2', 6: 'play-all 3 4', 7: 'play-all 1 2 3 4' },
  ],
  [
    'a logo or warning that all titles share',
    ['1: l e1', '2: l e2', '3: l s1', '4: l'],
    { 4: 'chapter-of 1 2 3' },
  ],
  [
    'titles of logo and opening alone beside an episode',
    ['1: l', '2: o', '3: l o e1'],
    { 1: 'chapter-of 3', 2: 'chapter-of 3' },
  ],
  [
    'an extended cut whose scenes are also titles',
    ['1: e1 e2 e3', '2: e1 s1 e2 s2 e3', '3: s1', '4: s2'],
    { 1: 'cut 2', 2: 'cut 1', 3: 'chapter-of 2', 4: 'chapter-of 2' },
  ],
  [
    'a longer ending that is also a title',
    ['1: e1 e2 e3', '2: e1 e2 e3 s1', '3: s1'],
    { 1: 'cut 2', 2: 'cut 1', 3: 'chapter-of 2' },
  ],
  [
    'a long insertion that is also a title',
    ['1: e1 e2', '2: e1 e3 e2', '3: e3'],
    { 1: 'cut 2', 2: 'cut 1', 3: 'chapter-of 2' },
  ],
  ['two cuts with different endings', ['1: e1 e2 s1', '2: e1 e2 s2'], { 1: 'cut 2', 2: 'cut 1' }],
  [
    'three cuts',
    ['1: e1 e2', '2: e1 e2 s1', '3: e1 e2 s1 s2'],
    { 1: 'cut 2 3', 2: 'cut 1 3', 3: 'cut 1 2' },
  ],
  ['a duplicate', ['1: e1 e2', '2: e1 e2', '3: e3'], { 2: 'duplicate 1' }],
  [
    'a play-all and its duplicate',
    ['1: e1', '2: e2', '3: e1 e2', '4: e1 e2', '5: e1'],
    { 3: 'play-all 1 2', 4: 'duplicate 3', 5: 'duplicate 1' },
  ],
  ['a scene of the film', ['1: e1 e2 s1 e3', '2: s1'], { 2: 'chapter-of 1' }],
  [
    'two scenes, which do not make the film a play-all',
    ['1: e1 s1 e2 s2', '2: s1', '3: s2'],
    { 2: 'chapter-of 1', 3: 'chapter-of 1' },
  ],
  ['a common opening only', ['1: o e1', '2: o e2'], {}],
  ['the same cells in another order', ['1: e1 e2', '2: e2 e1'], { 1: 'cut 2', 2: 'cut 1' }],
  ['titles that play nothing', ['1:', '2:', '3: e1'], {}],
];

describe('relations', () => {
  for (const [name, titles, expected] of discs)
    it(`finds ${name}`, () => {
      const found = findRelations(titles.map(parseTitle)).flatMap(({ number, relation }) =>
        relation ? [[number, `${relation.kind} ${relation.of.join(' ')}`]] : [],
      );
      assert.deepEqual(Object.fromEntries(found), expected);
    });
});

function parseTitle(text: string): DvdTitle {
  const [number, ...keys] = text.split(/:? +|:$/).filter((word) => word !== '');
  const cells = keys.map((key): Cell => {
    const lastSector = (sizes[key.charAt(0)] ?? 0) - 1;
    return { key, firstSector: 0, lastSector, duration: 1, interleaved: false };
  });
  return {
    number: Number(number),
    titleSet: 1,
    numberInSet: Number(number),
    duration: cells.length,
    bytes: 0,
    standard: 'pal',
    video: palVideo,
    angles: 1,
    chapters: [0],
    audio: [],
    subtitles: [],
    palette: [],
    cells,
    relation: null,
  };
}
