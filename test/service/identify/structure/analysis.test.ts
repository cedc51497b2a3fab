import assert from 'node:assert/strict';
import fc from 'fast-check';
import { analyseDisc, DiscAnalysis } from '../../../../service/identify/structure/analysis.ts';
import type { TitleFacts } from '../../../../service/identify/structure/title-facts.ts';
import { titleFacts } from './titles.ts';

const roles = (titles: readonly TitleFacts[]) =>
  analyseDisc(titles)
    .titles.map(({ number, role }) => `${number} ${role}`)
    .join(', ');

/** A film in so many orders of the same segments; each is a decoy of all others. */
function permuted(count: number): TitleFacts[] {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return numbers.map((number) =>
    titleFacts(number, 7800, {
      relation: { kind: 'decoy', of: numbers.filter((other) => other !== number) },
      audioTracks: number === 5 ? 4 : 3,
      chapters: 16,
    }),
  );
}

describe('analyseDisc', () => {
  it('names a few candidates of a film hidden among decoys, the one with most tracks first', () => {
    const { kinds, obfuscation, titles } = analyseDisc([
      ...permuted(287),
      titleFacts(900, 600),
      titleFacts(901, 130),
    ]);
    assert.equal(kinds[0]?.kind, 'movie');
    assert.deepEqual(obfuscation, { decoys: 287, candidates: [5, 1, 2] });
    assert.equal(titles.filter(({ role }) => role === 'decoy').length, 287);
    assert.deepEqual(
      titles.slice(-2).map(({ role }) => role),
      ['extra', 'extra'],
    );
  });

  it('asks nothing about playlists of scraps beside the film', () => {
    const maze = titleFacts(2, 9000, { relation: { kind: 'decoy', of: [] } });
    const { obfuscation, titles } = analyseDisc([titleFacts(1, 6600), maze, titleFacts(3, 400)]);
    assert.equal(obfuscation, null);
    assert.deepEqual(
      titles.map(({ role }) => role),
      ['main', 'decoy', 'extra'],
    );
  });

  it('orders episodes by title number, and as the play-all plays them where it says otherwise', () => {
    const episodes = [11, 12, 13].map((number) => titleFacts(number, 1420));
    const byNumber = analyseDisc(episodes);
    assert.deepEqual([byNumber.episodes, byNumber.orderConfirmed], [[11, 12, 13], null]);
    const playAll = (of: number[]) => titleFacts(20, 4260, { relation: { kind: 'play-all', of } });
    const confirmed = analyseDisc([...episodes, playAll([11, 12, 13])]);
    assert.equal(confirmed.orderConfirmed, true);
    const corrected = analyseDisc([...episodes, playAll([13, 11, 12])]);
    assert.deepEqual([corrected.episodes, corrected.orderConfirmed], [[13, 11, 12], false]);
  });

  it('sees the episodes in a title that is made of equal parts', () => {
    const parts = { count: 7, seconds: [15, 1420, 1422, 1418, 1420, 1421, 40] };
    const joined = titleFacts(0, 7156, { parts });
    const analysis = analyseDisc([joined, titleFacts(100_004, 50)]);
    assert.deepEqual(analysis.joined, [{ number: 0, episodes: 5 }]);
    assert.equal(analysis.kinds[0]?.kind, 'tv');
    const seconds = [12, 300, 640, 1200, 480, 2400, 2100];
    const branching = analyseDisc([titleFacts(0, 7132, { parts: { count: 7, seconds } })]);
    assert.deepEqual(branching.joined, []);
    assert.equal(branching.kinds[0]?.kind, 'movie');
  });

  it('keeps one of the versions that differ by their credits alone, and both where the story differs', () => {
    const cut = (...of: number[]) => ({ relation: { kind: 'cut' as const, of } });
    const languages = [titleFacts(800, 6000, cut(801)), titleFacts(801, 6004, cut(800))];
    assert.equal(roles(languages), '800 duplicate, 801 main');
    const versions = [titleFacts(800, 6000, cut(801)), titleFacts(801, 6700, cut(800))];
    assert.equal(roles(versions), '800 cut, 801 main');
  });

  it('offers two versions of a film where segments cannot be compared', () => {
    const opaque = { compared: false };
    const { kinds, asks } = analyseDisc([titleFacts(1, 5230, opaque), titleFacts(2, 6187, opaque)]);
    assert.deepEqual([kinds[0]?.kind, asks], ['movie', true]);
    assert.equal(
      roles([titleFacts(1, 5230, opaque), titleFacts(2, 6187, opaque)]),
      '1 cut, 2 main',
    );
  });

  it('calls what has no sound or is over in a blink junk', () => {
    const sound = { audioTracks: 2 };
    const disc = [
      titleFacts(1, 6000, sound),
      titleFacts(2, 12, sound),
      titleFacts(3, 90, { audioTracks: 0 }),
      titleFacts(4, 90, sound),
    ];
    assert.equal(roles(disc), '1 main, 2 junk, 3 junk, 4 extra');
  });

  it('believes in a film where one title has richer tracks, and not where none has', () => {
    const rich = { audioTracks: 4, subtitleTracks: 8, chapters: 16 };
    const poor = { audioTracks: 1, subtitleTracks: 0, chapters: 1 };
    const first = (titles: TitleFacts[]) => analyseDisc(titles).kinds[0]?.kind;
    const lengths = [4650, 3360, 1770, 180];
    const film = first(lengths.map((length, i) => titleFacts(i, length, i === 0 ? rich : poor)));
    const extras = first(lengths.map((length, i) => titleFacts(i, length, poor)));
    assert.equal(film, 'movie');
    assert.notEqual(extras, 'movie');
  });

  it('says what spoke against the most probable kind when a rival is near', () => {
    const [first] = analyseDisc([titleFacts(1, 5300), titleFacts(2, 5400)]).kinds;
    assert.notEqual(first?.against, null);
  });

  it('judges a disc of 999 titles in a moment', () => {
    const titles = [...permuted(600)];
    for (let number = 601; number < 1000; number += 1)
      titles.push(titleFacts(number, number % 400));
    analyseDisc(titles);
    const start = performance.now();
    assert.equal(analyseDisc(titles).titles.length, 999);
    assert.ok(performance.now() - start < 500);
  });

  it('gives every title a role and stays within its schema, whatever the titles are', () => {
    const arbitrary = fc.record({
      duration: fc.double({ min: 0, max: 50_000, noNaN: true }),
      bytes: fc.option(fc.integer({ min: 1, max: 90_000_000_000 })),
      chapters: fc.option(fc.integer({ min: 0, max: 200 })),
      audioTracks: fc.option(fc.integer({ min: 0, max: 30 })),
      relation: fc.option(
        fc.record({
          kind: fc.constantFrom(
            ...(['play-all', 'duplicate', 'decoy', 'cut', 'chapter-of'] as const),
          ),
          of: fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 6 }),
        }),
      ),
    });
    fc.assert(
      fc.property(fc.array(arbitrary, { maxLength: 20 }), (titles) => {
        const analysis = analyseDisc(
          titles.map((title, index) => titleFacts(index, title.duration, title)),
        );
        DiscAnalysis.parse(analysis);
        assert.equal(analysis.titles.length, titles.length);
      }),
    );
  });
});
