import assert from 'node:assert/strict';
import { arrangementFits } from '../../../../service/identify/structure/arrangement.ts';
import { rateLooksLike } from '../../../../service/identify/structure/bit-rates.ts';
import { type Piece, piecesOf } from '../../../../service/identify/structure/piece.ts';
import { structureOf } from '../../../../service/identify/structure/structure.ts';
import type { TitleFacts } from '../../../../service/identify/structure/title-facts.ts';
import { worksOf } from '../../../../service/identify/structure/works.ts';
import { titleFacts } from './titles.ts';

function pieces(...titles: TitleFacts[]): Piece[] {
  return piecesOf(worksOf(titles));
}

describe('signs in the structure of a disc', () => {
  it('say less of titles the more ways there are to choose them, unless they follow one another', () => {
    const all = pieces(...Array.from({ length: 12 }, (_, i) => titleFacts(i + 1, 3000 - 100 * i)));
    const chosen = (...numbers: number[]) =>
      arrangementFits(
        all.filter(({ work }) => numbers.includes(work.number)),
        all,
      );
    assert.equal(chosen(1), 0);
    assert.ok(chosen(1, 2, 3) > chosen(1, 6, 11));
    assert.ok(chosen(1, 6, 11) > chosen(2, 6, 11));
    assert.equal(chosen(...all.map(({ work }) => work.number)), 0);
  });

  it('tell features from extras by the room that they are given', () => {
    const rate = (bytesPerSecond: number, more: Partial<TitleFacts>) => {
      const [piece] = pieces(titleFacts(1, 6000, { bytes: 6000 * bytesPerSecond, ...more }));
      return piece ? rateLooksLike('film', piece) : 0;
    };
    assert.ok(rate(4e6, { medium: 'bluray', height: 1080 }) > 0);
    assert.ok(rate(0.7e6, { medium: 'bluray', height: null }) < -1);
    assert.ok(rate(1.5e6, { medium: 'bluray', height: 1080 }) < -1);
    assert.ok(rate(1e6, { medium: 'dvd', height: 480 }) > 0);
    assert.equal(rate(4e6, { medium: null }), 0);
  });

  it('take no handful of alike scenes among many others for episodes', () => {
    const scenes = [310, 95, 300, 62, 150, 305, 220, 80, 290, 120, 480, 70, 315, 200, 640, 55];
    const titles = [
      2577,
      2466,
      1347,
      1199,
      809,
      ...scenes,
      ...scenes.map((seconds) => seconds + 9),
    ];
    const { kinds } = structureOf(titles.map((seconds, index) => titleFacts(index + 1, seconds)));
    const [first] = kinds;
    assert.ok(first?.kind === 'extras' || (first?.probability ?? 1) < 0.875, JSON.stringify(kinds));
  });

  it('take titles that are made in different manners for no episodes of one series', () => {
    const mixed = (bare: number[]) =>
      structureOf(
        [1500, 1380, 1560, 1440].map((seconds, index) =>
          titleFacts(bare.includes(index) ? 100_000 + index : index, seconds),
        ),
      ).kinds.find(({ kind }) => kind === 'tv')?.probability ?? 0;
    assert.ok(mixed([1, 3]) < mixed([]));
  });
});
