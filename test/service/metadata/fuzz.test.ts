import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rankWorks } from '../../../service/metadata/rank/rank-works.ts';
import { GraphAnswer, RestDisc } from '../../../service/metadata/thediscdb/answers.ts';
import type { KnownDisc } from '../../../service/metadata/thediscdb/known-disc.ts';
import { readGraphDiscs, readRestDisc } from '../../../service/metadata/thediscdb/read-disc.ts';
import { FilmDetails, ShowDetails } from '../../../service/metadata/tmdb/answers.ts';
import { readFilm, readShow } from '../../../service/metadata/tmdb/read-works.ts';
import { hashes, madeReleases } from '../../servers/discs.ts';
import { graphAnswer, restAnswer } from '../../servers/thediscdb.ts';
import { filmDetails, showDetails } from '../../servers/tmdb.ts';
import { madeFilms, madeShows } from '../../servers/works.ts';

const strange = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    '',
    0,
    -1,
    1e300,
    Number.NaN,
    [],
    {},
    [null],
    'x',
    true,
  ),
  fc.jsonValue(),
);

/** A copy of the answer with some of its values replaced. */
const damaged = (answer: unknown) =>
  fc
    .tuple(fc.array(fc.tuple(fc.nat(), strange), { maxLength: 4 }), fc.constant(answer))
    .map(([changes, original]) => changes.reduce(replaced, structuredClone(original)));

function replaced(answer: unknown, [at, value]: [number, unknown]): unknown {
  const places = placesIn(answer);
  const place = places[at % Math.max(1, places.length)];
  if (place) Reflect.set(place.holder, place.key, structuredClone(value));
  return answer;
}

function placesIn(value: unknown): { holder: object; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    { holder: value, key },
    ...placesIn(inner),
  ]);
}

describe('Answers that are not as documented', () => {
  const [film] = madeFilms;
  const [show] = madeShows;
  assert.ok(film && show);

  it('of TMDB about a film are read or refused, never thrown about', () => {
    fc.assert(
      fc.property(damaged(filmDetails(film, 'en')), (answer) => {
        const parsed = FilmDetails.safeParse(answer);
        if (!parsed.success) return;
        const { tmdb, title, year, runtime } = readFilm(parsed.data, 'en', 'US');
        assert.ok(Number.isInteger(tmdb) && tmdb > 0);
        assert.equal(typeof title, 'string');
        assert.ok(year === null || (year >= 1870 && year <= 2200));
        assert.ok(runtime === null || runtime > 0);
      }),
      { numRuns: 1000 },
    );
  });

  it('of TMDB about a show are read or refused, never thrown about', () => {
    fc.assert(
      fc.property(damaged(showDetails(show, 'en')), (answer) => {
        const parsed = ShowDetails.safeParse(answer);
        if (!parsed.success) return;
        const { seasons, runtimes } = readShow(parsed.data, 'en', 'US');
        for (const { season } of seasons) assert.ok(Number.isInteger(season) && season >= 0);
        for (const runtime of runtimes) assert.ok(runtime > 0);
      }),
      { numRuns: 1000 },
    );
  });

  it('of TMDB with absurd figures and endless lists keep nobody from ranking works', () => {
    const endless = Array.from({ length: 100_000 }, (_, index) => ({ title: `Title ${index}` }));
    const absurd = {
      ...filmDetails(film, 'en'),
      popularity: 1e308,
      vote_count: 1e308,
      alternative_titles: { titles: endless },
    };
    const works = [absurd, { ...absurd, id: 9, vote_count: -5 }].map((answer) =>
      readFilm(FilmDetails.parse(answer), 'en', 'US'),
    );
    const started = performance.now();
    const { ranked } = rankWorks({ title: film.original }, works);
    assert.ok(performance.now() - started < 1000);
    for (const { probability } of ranked) assert.ok(probability >= 0 && probability < 1);
    assert.equal(ranked.length, 2);
  });

  it('of TheDiscDB are read or refused, never thrown about', () => {
    fc.assert(
      fc.property(damaged(restAnswer(madeReleases, hashes.series)), (answer) => {
        const parsed = RestDisc.safeParse(answer);
        if (parsed.success) checkDisc(readRestDisc(parsed.data));
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(damaged(graphAnswer(madeReleases, 'contentHash', hashes.series)), (answer) => {
        const parsed = GraphAnswer.safeParse(answer);
        if (parsed.success) readGraphDiscs(parsed.data).forEach(checkDisc);
      }),
      { numRuns: 1000 },
    );
  });
});

function checkDisc({ externalIds, year, titles }: KnownDisc): void {
  assert.ok(externalIds.tmdb === null || externalIds.tmdb > 0);
  assert.ok(year === null || (year >= 1870 && year <= 2200));
  for (const { number, duration, size, item } of titles) {
    assert.ok(number === null || Number.isInteger(number));
    assert.ok(duration === null || duration >= 0);
    assert.ok(size === null || Number.isSafeInteger(size));
    assert.ok(item === null || item.season === null || item.season <= 999);
    for (const episode of item?.episodes ?? []) assert.ok(episode >= 0 && episode <= 9999);
  }
}
