import assert from 'node:assert/strict';
import { describedTitles } from '../../../../service/identify/evidence/described-disc.ts';
import { describedPossibilities } from '../../../../service/identify/evidence/described-possibilities.ts';
import {
  type FittingDisc,
  fitKnownDisc,
} from '../../../../service/identify/evidence/fit-known-disc.ts';
import type {
  ItemType,
  KnownDisc,
  KnownTitle,
} from '../../../../service/metadata/thediscdb/known-disc.ts';

function entry(titles: KnownTitle[]): KnownDisc {
  const release = { slug: 'box', title: null, year: null, region: null, locale: null, upc: null };
  return {
    title: 'Harbour Lights',
    year: 1999,
    kind: 'tv',
    externalIds: { tmdb: 701, imdb: null, tvdb: null },
    release,
    disc: { index: 1, name: null, format: 'dvd', contentHash: null, globalDiscId: null },
    titles,
  };
}

function known(
  number: number,
  duration: number,
  type: ItemType = 'episode',
  { season = 1, episodes = [number], playAll = false } = {},
): KnownTitle {
  const item = { type, title: `No. ${number}`, description: null, season, episodes, playAll };
  const sourceFile = String(number).padStart(2, '0');
  return { sourceFile, number, segmentMap: null, duration, size: null, item };
}

/** What comes of an entry of whose work TMDB says nothing, with a disc that says nothing either. */
function possibilitiesOf(...fitting: (FittingDisc | null)[]) {
  const described = fitting.flatMap((disc) =>
    disc ? [{ ...disc, work: null, isWorkMissing: false }] : [],
  );
  return describedPossibilities(described, 'localized', { kinds: [], names: [], rankings: [] });
}

const plain = (number: number, duration: number) => {
  return { number, duration, bytes: duration * 1e6, relation: null };
};
const scanned = [1, 2, 3].map((number) => plain(number, number * 1000));

describe('an entry of TheDiscDB', () => {
  it('describes the titles of the disc that it names', () => {
    const fitting = fitKnownDisc(
      entry([
        known(1, 1000),
        known(2, 2001, 'trailer'),
        known(3, 2998, 'episode', { playAll: true }),
      ]),
      scanned,
    );
    assert.deepEqual(
      fitting?.titles.map(({ number, role, match }) => [number, role, match?.kind ?? null]),
      [
        [1, 'episode', 'episode'],
        [2, 'trailer', 'extra'],
        [3, 'play-all', null],
      ],
    );
    assert.equal(fitting?.season, 1);
  });

  it('is no proof of a disc of extras when it leaves out the longest title', () => {
    const vouches = (titles: KnownTitle[]) => {
      const fitting = fitKnownDisc({ ...entry(titles), kind: 'movie' }, scanned);
      const [first] = possibilitiesOf(fitting);
      return [first?.identity.kind, first?.confirmed];
    };
    assert.deepEqual(vouches([known(1, 1000, 'trailer')]), ['extras', false]);
    assert.deepEqual(vouches([known(3, 3000, 'featurette')]), ['extras', true]);
    assert.deepEqual(vouches([known(2, 2000, 'main-movie')]), ['movie', true]);
  });

  it('allows for the thousandth that the clock of NTSC discs is slow by', () => {
    assert.ok(fitKnownDisc(entry([known(3, 3003)]), scanned));
  });

  it('is about another disc when more than a slip differs', () => {
    const titles = [known(1, 1000), known(2, 1500), known(3, 2000)];
    assert.equal(fitKnownDisc(entry(titles), scanned), null);
    assert.equal(fitKnownDisc(entry([]), scanned), null);
  });

  it('leaves out a single title whose length is another', () => {
    const many = [1, 2, 3, 4, 5].map((number) => plain(number, 1000));
    const titles = many.map(({ number }) => known(number, number === 5 ? 400 : 1000));
    assert.deepEqual(
      fitKnownDisc(entry(titles), many)?.titles.map(({ number }) => number),
      [1, 2, 3, 4],
    );
  });

  it('names no season when its episodes are of two', () => {
    const titles = [known(1, 1000), known(2, 2000, 'episode', { season: 2 })];
    assert.equal(fitKnownDisc(entry(titles), scanned)?.season, null);
  });

  it('is about another disc when a number is all that it has in common with it', () => {
    const titles = [{ ...known(1, 0), duration: null }];
    assert.equal(fitKnownDisc(entry(titles), scanned), null);
    assert.ok(fitKnownDisc(entry([{ ...known(1, 0), duration: null, size: 0.97e9 }]), scanned));
  });

  const films = [known(1, 1000, 'main-movie'), known(3, 3000, 'main-movie')];

  it('calls the longest version of a film the main one and the others its cuts', () => {
    const cut = { kind: 'cut' as const, of: [3] };
    const versions = scanned.map((title) => ({
      ...title,
      relation: title.number === 1 ? cut : null,
    }));
    const fitting = fitKnownDisc(entry(films), versions);
    assert.deepEqual(
      fitting?.titles.map(({ role }) => role),
      ['cut', 'main'],
    );
    assert.equal(fitting?.isSeveralFilms, false);
  });

  it('is no proof beside one of another season, or of another work of the same release', () => {
    const fitted = (disc: Partial<KnownDisc>, season = 1) =>
      fitKnownDisc({ ...entry([known(3, 3000, 'episode', { season })]), ...disc }, scanned);
    const unnumbered = { externalIds: { tmdb: null, imdb: null, tvdb: null } };
    const rivals = [
      possibilitiesOf(fitted({}), fitted({}, 2)),
      possibilitiesOf(fitted(unnumbered), fitted({ ...unnumbered, title: 'Night Ferry' })),
    ];
    for (const possible of rivals)
      assert.deepEqual(
        possible.map(({ probability }) => probability),
        [0.485, 0.485],
      );
    assert.equal(possibilitiesOf(fitted({}), fitted({})).length, 1);
  });

  it('vouches for no film when two that share nothing go by its name', () => {
    const fitting = fitKnownDisc({ ...entry(films), kind: 'movie' }, scanned);
    const [first] = possibilitiesOf(fitting);
    assert.deepEqual([fitting?.isSeveralFilms, first?.confirmed], [true, false]);
  });
});

describe('entries of TheDiscDB that disagree about a title', () => {
  it('say nothing of it, and of the others what they agree on', () => {
    const described = [2, 3].flatMap((second) => {
      const titles = [known(1, 1000), known(2, 2000, 'episode', { episodes: [second] })];
      const fitting = fitKnownDisc(entry(titles), scanned);
      return fitting ? [{ ...fitting, work: null, isWorkMissing: false }] : [];
    });
    const identity = { kind: 'tv' as const, title: 'Harbour Lights', tmdb: 701, season: 1 };
    const numbers = (season: number) =>
      describedTitles(described, { ...identity, season }).map(({ number }) => number);
    assert.deepEqual(numbers(1), [1]);
    assert.deepEqual(numbers(2), []);
  });
});
