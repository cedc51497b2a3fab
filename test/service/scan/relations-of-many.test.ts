import assert from 'node:assert/strict';
import type { BlurayTitle } from '../../../service/scan/record.ts';
import { findRelations, findRelationsInTurns } from '../../../service/scan/relations.ts';
import { playlist } from './bluray-titles.ts';

const PLAYLISTS = 1000;
/** Far above what it takes, far below what looking at each pair of playlists again and again takes. */
const LIMIT_MS = 12_000;

function item(clip: number, from = 0, to = 60): string {
  return `${String(clip).padStart(5, '0')} ${from}-${to}`;
}

function many(stretchesOf: (number: number) => string[]): BlurayTitle[] {
  return Array.from({ length: PLAYLISTS }, (_, number) => playlist(number, ...stretchesOf(number)));
}

function upTo<T>(length: number, make: (index: number) => T): T[] {
  return Array.from({ length }, (_, index) => make(index));
}

/** The same numbers in every run. */
function scattered(seed: number): number {
  return (Math.imul(seed, 2_654_435_761) >>> 8) % 300;
}

const discs: [name: string, stretches: (number: number) => string[]][] = [
  ['all share a few clips', (n) => upTo(100, (i) => item(scattered(n * 100 + i)))],
  [
    'half play all the others',
    (n) =>
      n < 500
        ? upTo(20, (i) => item(n * 2 + i))
        : [...upTo(1100, (i) => item(i)), item(2000 + n, 0, 61)],
  ],
  ['all jump about in one clip', (n) => upTo(100, (i) => item(1, ((n + i) % 100) * 2, 398))],
];

describe('the relations of a thousand playlists', () => {
  for (const [name, stretches] of discs)
    it(`are found in a moment when ${name}`, () => {
      const titles = many(stretches);
      const begin = performance.now();
      findRelations(titles);
      assert.ok(performance.now() - begin < LIMIT_MS);
    }).timeout(180_000);

  it('lets other work go on in between', async () => {
    const titles = many((n) => upTo(100, (i) => item(scattered(n * 100 + i))));
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
    }, 0);
    const found = await findRelationsInTurns(titles);
    clearInterval(ticking);
    assert.ok(turns >= 3, `${turns} turns`);
    assert.deepEqual(found, findRelations(titles));
  });
});
