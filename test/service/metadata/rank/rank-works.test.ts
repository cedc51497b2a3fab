import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Ranking, rankWorks } from '../../../../service/metadata/rank/rank-works.ts';
import type { RankableWork, WorkClues } from '../../../../service/metadata/rank/reasons.ts';
import { FilmDetails, ShowDetails } from '../../../../service/metadata/tmdb/answers.ts';
import { readFilm, readShow } from '../../../../service/metadata/tmdb/read-works.ts';
import { filmDetails, showDetails } from '../../../servers/tmdb.ts';
import { madeFilms, madeShows } from '../../../servers/works.ts';

const language = 'en';
const films = madeFilms.map((film) =>
  readFilm(FilmDetails.parse(filmDetails(film, language)), language, 'US'),
);
const shows = madeShows.map((show) =>
  readShow(ShowDetails.parse(showDetails(show, language)), language, 'US'),
);
/** Every work of the catalogue, whatever a search would find: it must not matter. */
const works: RankableWork[] = [...films, ...shows];

const minutes = (...list: number[]) => list.map((minute) => minute * 60);
const film = (probability = 0.9) => ({ is: 'movie' as const, probability });
const tv = (probability = 0.9) => ({ is: 'tv' as const, probability });

type Case = [
  title: string,
  clues: Omit<WorkClues, 'title'>,
  verdict: Ranking['verdict'],
  best: string,
];

const cases: Case[] = [
  // One work of that name, however it is written.
  ['The Long Meridian', {}, 'clear', 'movie 501'],
  ['LONG MERIDIAN', {}, 'clear', 'movie 501'],
  ['LONGMERIDIAN', {}, 'clear', 'movie 501'],
  ['Long Meridian, The', {}, 'clear', 'movie 501'],
  ['DER LANGE MERIDIAN', {}, 'clear', 'movie 501'],
  ['LE LONG MERIDIEN', {}, 'clear', 'movie 501'],
  ['Meridian', {}, 'clear', 'movie 501'],
  ['Gruene Huegel', {}, 'clear', 'movie 508'],
  ['GRUNE HUGEL', {}, 'clear', 'movie 508'],
  ['Green Hills', {}, 'clear', 'movie 508'],
  ['Umibe no Toshokan', {}, 'clear', 'movie 509'],
  ['Library by the Sea', {}, 'clear', 'movie 509'],
  ['海辺の図書館', {}, 'clear', 'movie 509'],
  ['SALT AND SILVER', {}, 'clear', 'movie 510'],
  ['SALTANDSILVER', {}, 'clear', 'movie 510'],
  ['BEEKEEPERS ELEVEN', {}, 'clear', 'movie 511'],
  ['BEEKEEPERS 11', {}, 'clear', 'movie 511'],
  ['ELF IMKER', {}, 'clear', 'movie 511'],
  ['ORBIT 9', {}, 'clear', 'movie 512'],
  ['ORBIT9', {}, 'clear', 'movie 512'],
  ['ORBIT IX', {}, 'clear', 'movie 512'],
  ['NINOS DEL FARO', {}, 'clear', 'movie 515'],
  ['SKAERGAARDEN', {}, 'clear', 'tv 705'],
  ['The Archipelago', {}, 'clear', 'tv 705'],
  ['3RD ORCHARD STREET', {}, 'clear', 'tv 706'],
  ['Das Blechobservatorium', { season: 1 }, 'clear', 'tv 704'],
  // The number tells a film from its sequels.
  ['COPPER HOLLOW', {}, 'clear', 'movie 504'],
  ['COPPER_HOLLOW_2', {}, 'clear', 'movie 506'],
  ['COPPER HOLLOW II', {}, 'clear', 'movie 506'],
  ['COPPERHOLLOW2', {}, 'clear', 'movie 506'],
  ['Copper Hollow 2 – Die Rückkehr', {}, 'clear', 'movie 506'],
  ['COPPER HOLLOW 3', {}, 'doubtful', 'movie 507'],
  ['COPPER HOLLOW 3 THE LAST SEAM', {}, 'clear', 'movie 507'],
  ['COPPER HOLLOW 4', {}, 'doubtful', 'movie 504'],
  // Namesakes: asked, unless something tells them apart.
  ['NIGHT FERRY', {}, 'twins', 'movie 503'],
  ['NIGHT FERRY', { kind: film() }, 'twins', 'movie 503'],
  ['NIGHT FERRY', { year: 1987 }, 'twins', 'movie 502'],
  ['NIGHT FERRY', { year: 1987, yearIsSure: true }, 'clear', 'movie 502'],
  ['NIGHT FERRY', { year: 1987, runtimes: minutes(96) }, 'clear', 'movie 502'],
  ['NIGHT FERRY', { year: 2017, runtimes: minutes(119) }, 'clear', 'movie 503'],
  ['NIGHT FERRY', { runtimes: minutes(96) }, 'clear', 'movie 502'],
  ['NIGHT FERRY', { runtimes: minutes(92.2) }, 'clear', 'movie 502'],
  ['NIGHT FERRY', { runtimes: minutes(118) }, 'clear', 'movie 503'],
  ['NIGHT FERRY', { year: 1987, runtimes: minutes(118) }, 'twins', 'movie 502'],
  ['NIGHT FERRY', { runtimes: minutes(75) }, 'twins', 'movie 503'],
  ['THE QUIET DETECTIVES', {}, 'twins', 'tv 703'],
  ['QUIET DETECTIVES', { season: 1 }, 'twins', 'tv 703'],
  ['QUIET DETECTIVES', { season: 2, kind: tv() }, 'twins', 'tv 703'],
  ['QUIET DETECTIVES', { season: 4 }, 'clear', 'tv 703'],
  ['QUIET DETECTIVES', { season: 1, year: 1984 }, 'twins', 'tv 702'],
  ['QUIET DETECTIVES', { season: 1, year: 1984, yearIsSure: true }, 'clear', 'tv 702'],
  ['QUIET DETECTIVES', { season: 1, runtimes: minutes(42, 42, 42) }, 'twins', 'tv 703'],
  ['HARBOUR LIGHTS', {}, 'twins', 'tv 701'],
  ['HARBOUR LIGHTS', { season: 1 }, 'clear', 'tv 701'],
  ['HARBOR LIGHTS', { season: 2, kind: tv() }, 'clear', 'tv 701'],
  ['HARBOUR LIGHTS', { kind: tv(0.97), runtimes: minutes(49, 49, 50) }, 'clear', 'tv 701'],
  ['HARBOUR LIGHTS', { kind: film(0.95), runtimes: minutes(88) }, 'clear', 'movie 701'],
  ['HARBOUR LIGHTS', { kind: film(0.7) }, 'twins', 'movie 701'],
  // An article that is none, and a film that the catalogue also has without it.
  ['DIE HART', {}, 'clear', 'movie 517'],
  ['HART', {}, 'twins', 'movie 517'],
  ['HART', { runtimes: minutes(92) }, 'clear', 'movie 516'],
  // Beginnings and more words than the title has.
  ['FERRY ROAD', {}, 'doubtful', 'movie 513'],
  ['FERRY ROAD THE CROSSING', {}, 'clear', 'movie 513'],
  ['FERRY ROAD', { runtimes: minutes(110), year: 2014 }, 'doubtful', 'movie 513'],
  ['ORBIT 9 DIRECTORS CHOICE', {}, 'doubtful', 'movie 512'],
  ['THE LIGHTHOUSE KEEPERS CHILD', {}, 'doubtful', 'movie 515'],
  ['THE TIN OBSERVATORY THE MOVIE', {}, 'clear', 'movie 518'],
  ['TIN OBSERVATORY', { season: 2 }, 'clear', 'tv 704'],
  ['TIN OBSERVATORY', { kind: film(), runtimes: minutes(101) }, 'doubtful', 'movie 518'],
  // What contradicts, is asked.
  ['ORBIT 9', { runtimes: minutes(45) }, 'doubtful', 'movie 512'],
  ['ORBIT 9', { runtimes: minutes(160) }, 'clear', 'movie 512'],
  ['ORBIT 9', { year: 2015 }, 'doubtful', 'movie 512'],
  ['ORBIT 9', { year: 2015, runtimes: minutes(140) }, 'clear', 'movie 512'],
  ['ORBIT 9', { year: 1997 }, 'clear', 'movie 512'],
  ['ORBIT 9', { season: 1 }, 'doubtful', 'movie 512'],
  // Slips of the pen.
  ['ORBITT 9', {}, 'doubtful', 'movie 512'],
  ['BEEKEEPRS ELEVEN', {}, 'doubtful', 'movie 511'],
  // Names of nothing.
  ['ZEBRA UMBRELLA', {}, 'nothing', '-'],
  ['X', {}, 'nothing', '-'],
  ['', {}, 'nothing', '-'],
];

describe('Ranking works', () => {
  for (const [title, clues, verdict, best] of cases)
    it(`finds "${title}"${wordsFor(clues)}: ${verdict}, ${best}`, () => {
      const ranking = rankWorks({ title, ...clues }, works);
      const first = ranking.ranked[0]?.work;
      const says = JSON.stringify(
        ranking.ranked.slice(0, 3).map(({ work, probability, reasons }) => ({
          work: `${work.kind} ${work.tmdb}`,
          probability,
          reasons,
        })),
        null,
        1,
      );
      assert.equal(first ? `${first.kind} ${first.tmdb}` : '-', best, says);
      assert.equal(ranking.verdict, verdict, says);
    });

  it('says in a sentence which works nothing tells apart', () => {
    const { says } = rankWorks({ title: 'NIGHT FERRY' }, works);
    assert.equal(
      says,
      'Nothing tells these apart: "Night Ferry" (film of 2017, US), "Night Ferry" (film of 1987, GB)',
    );
  });

  it('says what speaks for and against each work', () => {
    const { ranked } = rankWorks(
      { title: 'NIGHT FERRY', year: 1987, runtimes: minutes(118), kind: film() },
      works,
    );
    assert.deepEqual(
      ranked
        .slice(0, 2)
        .map(({ reasons }) => reasons.map(({ speaks, says }) => `${speaks}: ${says}`)),
      [
        [
          'for: it is called "Night Ferry"',
          'for: it is of 1987',
          'for: it is a film, and so is the disc',
          'against: it runs 96 min, and the disc longer, as another cut would',
        ],
        [
          'for: it is called "Night Ferry"',
          'against: it is of 2017, and the disc says 1987',
          'for: it is a film, and so is the disc',
          'for: it runs 118 min, as the disc does',
        ],
      ],
    );
  });

  const clues = fc.record({
    title: fc.oneof(
      fc.constantFrom(...films.map(({ title }) => title), ...shows.map(({ title }) => title)),
      fc.string({ maxLength: 40 }),
    ),
    year: fc.option(fc.integer({ min: 1950, max: 2026 })),
    yearIsSure: fc.boolean(),
    season: fc.option(fc.integer({ min: 0, max: 12 })),
    kind: fc.option(
      fc.record({
        is: fc.constantFrom('movie' as const, 'tv' as const),
        probability: fc.double({ min: 0.4, max: 1, noNaN: true }),
      }),
    ),
    runtimes: fc.array(fc.integer({ min: 60, max: 20_000 }), { maxLength: 8 }),
  });

  it('does not depend on the order in which works are found', () => {
    fc.assert(
      fc.property(clues, fc.shuffledSubarray(works, { minLength: works.length }), (given, mixed) =>
        assert.deepEqual(rankWorks(given, mixed), rankWorks(given, works)),
      ),
    );
  });

  it('gives probabilities that leave room for what nobody has entered', () => {
    fc.assert(
      fc.property(clues, (given) => {
        const { ranked } = rankWorks(given, works);
        const sum = ranked.reduce((total, { probability }) => total + probability, 0);
        assert.ok(sum < 1);
        for (const { probability, reasons } of ranked) {
          assert.ok(probability > 0 && reasons.length > 0);
          for (const { speaks, factor } of reasons) assert.ok(speaks === 'against' || factor > 0);
        }
      }),
    );
  });

  it('never grows surer of a work because there are more of them', () => {
    fc.assert(
      fc.property(clues, fc.integer({ min: 0, max: works.length - 1 }), (given, index) => {
        const fewer = works.toSpliced(index, 1);
        const before = new Map(
          rankWorks(given, fewer).ranked.map(({ work, probability }) => [work, probability]),
        );
        for (const { work, probability } of rankWorks(given, works).ranked)
          assert.ok(work === works[index] || probability <= (before.get(work) ?? 0) + 1e-12);
      }),
    );
  });

  it('never chooses between twins, whatever the disc says of both alike', () => {
    fc.assert(
      fc.property(clues, fc.constantFrom(...works), (given, work) => {
        const twin = { ...work, tmdb: 900_000 + work.tmdb };
        const { ranked, verdict } = rankWorks({ ...given, title: work.title }, [...works, twin]);
        if (ranked[0]?.work === work || ranked[0]?.work === twin) assert.notEqual(verdict, 'clear');
      }),
    );
  });
});

function wordsFor({ year, yearIsSure, season, kind, runtimes }: Omit<WorkClues, 'title'>): string {
  const words = [
    year && `of ${year}${yearIsSure ? ' for sure' : ''}`,
    season && `season ${season}`,
    kind && `${kind.is} ${kind.probability}`,
    runtimes && `of ${runtimes.map((runtime) => Math.round(runtime / 60)).join(', ')} min`,
  ].filter(Boolean);
  return words.length > 0 ? ` ${words.join(', ')}` : '';
}
