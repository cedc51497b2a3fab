import assert from 'node:assert/strict';
import type { Lookup } from '../../../../service/metadata/lookup.ts';
import { titleOf } from '../../../../service/metadata/works.ts';
import { metadataBench } from '../metadata-under-test.ts';

describe('TMDB', () => {
  const bench = metadataBench();

  it('tells a film with everything that filing needs', async () => {
    const film = found(await bench.metadata({ language: 'de', country: 'DE' }).tmdb.film(501));
    assert.deepEqual(film, {
      kind: 'movie',
      tmdb: 501,
      title: 'Der lange Meridian',
      originalTitle: 'The Long Meridian',
      englishTitle: 'The Long Meridian',
      originalLanguage: 'en',
      year: 2019,
      countries: ['GB', 'US'],
      popularity: 41.5,
      votes: 8200,
      overview: null,
      poster: '/poster-501.jpg',
      genres: [{ id: 18, name: 'Drama' }],
      certification: '12',
      certifications: { US: 'PG-13', DE: '12', GB: '12A' },
      ids: { imdb: 'tt9900501', tvdb: null },
      alternativeTitles: ['Meridian', 'Le Long Méridien'],
      backdrop: null,
      runtime: 7440,
      collection: null,
    });
  });

  it('tells a show with its seasons, orders and both other ids', async () => {
    const show = found(await bench.metadata().tmdb.show(701));
    assert.deepEqual(show.seasons[0], {
      season: 0,
      name: 'Specials',
      episodes: 1,
      year: 1999,
    });
    assert.deepEqual(
      show.seasons.map(({ season, episodes }) => [season, episodes]),
      [
        [0, 1],
        [1, 6],
        [2, 4],
      ],
    );
    assert.deepEqual(show.orders, [
      { id: 'dvd-uk-701', name: 'DVD (United Kingdom)', kind: 'dvd', episodes: 7 },
      { id: 'dvd-de-701', name: 'DVD (Deutschland)', kind: 'dvd', episodes: 3 },
      { id: 'absolute-701', name: 'Absolute', kind: 'absolute', episodes: 3 },
    ]);
    assert.deepEqual(show.ids, { imdb: 'tt9900701', tvdb: 990701 });
    assert.deepEqual(show.runtimes, [3000]);
    assert.equal(show.certification, 'TV-PG');
    assert.deepEqual(show.alternativeTitles, ['Harbor Lights', 'Lichter im Hafen']);
  });

  it('takes the last episode when nobody has entered how long a show runs', async () => {
    assert.deepEqual(found(await bench.metadata().tmdb.show(706)).runtimes, [22 * 60]);
  });

  it('keeps films and shows of one number apart, in the cache too', async () => {
    const { tmdb } = bench.metadata();
    for (const _ of [1, 2]) {
      assert.equal(found(await tmdb.film(701)).year, 1963);
      assert.equal(found(await tmdb.show(701)).year, 1999);
    }
  });

  it('lists the episodes of a season, specials as season 0', async () => {
    const { tmdb } = bench.metadata();
    const season = found(await tmdb.season(701, 1));
    assert.equal(season.episodes.length, 6);
    assert.deepEqual(season.episodes[1], {
      tmdb: 7_010_102,
      season: 1,
      episode: 2,
      name: 'The Pilot',
      runtime: 49 * 60,
      airDate: '1999-02-18',
    });
    assert.equal(found(await tmdb.season(701, 0)).episodes[0]?.name, 'The Christmas Tide');
    assert.deepEqual(await tmdb.season(701, 9), { state: 'absent' });
  });

  it('gives the order of the DVDs with the numbers as aired, part by part', async () => {
    const order = found(await bench.metadata().tmdb.episodeOrder('dvd-uk-701'));
    assert.equal(order.kind, 'dvd');
    assert.deepEqual(
      order.parts.map(({ number, name, episodes }) => [
        number,
        name,
        episodes.map(({ season, episode }) => `${season}x${episode}`).join(' '),
      ]),
      [
        [1, 'Disc 1', '1x2 1x1 1x3'],
        [2, 'Disc 2', '1x4 1x5 1x6 0x1'],
      ],
    );
  });

  it('finds works by the ids of other catalogues', async () => {
    const { tmdb } = bench.metadata();
    assert.equal(found(await tmdb.find({ imdb: 'tt9900501' }))[0]?.tmdb, 501);
    const [show] = found(await tmdb.find({ tvdb: 990_701 }));
    assert.deepEqual([show?.kind, show?.tmdb], ['tv', 701]);
    assert.deepEqual(await tmdb.find({ imdb: 'tt0000000' }), { state: 'absent' });
  });

  const searches: [string, string, number[]][] = [
    ['a title', 'Copper Hollow', [504, 505, 506, 507]],
    ['a title in another language', 'Lichter im Hafen', [701]],
    ['an original title', 'Skærgården', [705]],
    ['the English title of a Japanese film', 'The Library by the Sea', [509]],
    ['a title that it goes by elsewhere', 'Umibe no Toshokan', [509]],
    ['a number written the other way', 'Copper Hollow 3', [507]],
    ['an ampersand written out', 'Salt & Silver', [510]],
    ['umlauts spelled out', 'Gruene Huegel', [508]],
    ['an edition behind the title', 'Orbit 9 Remastered Edition', [512]],
    ['a film and a show of one name', 'Harbour Lights', [701, 701]],
    ['nothing but punctuation', '???', []],
    ['a name of nothing', 'Zebra Umbrella Protocol', []],
  ];
  for (const [name, title, ids] of searches)
    it(`is searched by ${name}`, async () => {
      const lookup = await bench.metadata().tmdb.search({ title });
      const works = lookup.state === 'found' ? lookup.value.map(({ tmdb }) => tmdb) : [];
      assert.deepEqual(works.toSorted(), ids);
    });

  it('knows the three titles of a work from a search in another language', async () => {
    const { tmdb } = bench.metadata({ language: 'de' });
    const [work] = found(await tmdb.search({ title: 'Bibliothek am Meer', kind: 'movie' }));
    assert.ok(work);
    assert.equal(titleOf(work, 'localized'), 'Die Bibliothek am Meer');
    assert.equal(titleOf(work, 'original'), '海辺の図書館');
    assert.equal(titleOf(work, 'english'), 'The Library by the Sea');
  });

  it('finds the English title among the translations, and does without', async () => {
    const { tmdb } = bench.metadata({ language: 'fr' });
    const film = found(await tmdb.film(508));
    assert.equal(titleOf(film, 'localized'), 'Collines vertes');
    assert.equal(titleOf(film, 'english'), 'Green Hills');
    const show = found(await tmdb.show(706));
    assert.equal(titleOf({ ...show, englishTitle: null }, 'english'), show.title);
  });

  it('asks a second time for the year, without believing it', async () => {
    const { tmdb } = bench.metadata();
    const works = found(await tmdb.search({ title: 'Night Ferry', year: 2017, kind: 'movie' }));
    assert.deepEqual(works.map(({ tmdb: id }) => id).toSorted(), [502, 503]);
    const years = bench.tmdbServer.seen.map(({ url }) => url.searchParams.get('year'));
    assert.deepEqual(years.toSorted(), ['2017', null]);
  });

  it('tells namesakes apart by year, country, votes and original title', async () => {
    const works = found(await bench.metadata().tmdb.search({ title: 'The Quiet Detectives' }));
    assert.deepEqual(
      works
        .map(({ year, countries, votes, originalTitle }) => [year, countries, votes, originalTitle])
        .toSorted(),
      [
        [1984, ['US'], 420, 'The Quiet Detectives'],
        [2016, ['GB'], 510, 'The Quiet Detectives'],
      ],
    );
  });

  it('says that it is unavailable when no search can be made', async () => {
    bench.tmdbServer.fail('cut');
    assert.equal((await bench.metadata().tmdb.search({ title: 'Orbit 9' })).state, 'unavailable');
  });

  it('says that it is unavailable when half of a search cannot be made: the namesake may be there', async () => {
    bench.tmdbServer.fail('wrong-schema', { match: /search\/tv/ });
    const { tmdb } = bench.metadata();
    assert.equal((await tmdb.search({ title: 'Harbour Lights' })).state, 'unavailable');
    assert.equal((await tmdb.search({ title: 'Orbit 9', kind: 'movie' })).state, 'found');
  });

  it('leaves out entries that are not as documented, not the others', async () => {
    const body = JSON.stringify({
      results: [
        { id: 'many' },
        null,
        { id: 3, title: 'Whole', original_title: 'Whole', vote_count: null, release_date: '' },
      ],
    });
    bench.tmdbServer.fail({ status: 200, body }, { match: /search\/movie/ });
    const works = found(await bench.metadata().tmdb.search({ title: 'Whole', kind: 'movie' }));
    assert.deepEqual(
      works.map(({ title, year, votes }) => [title, year, votes]),
      [['Whole', null, 0]],
    );
  });

  it('gives the address of an image that is wide enough, without asking twice', async () => {
    const { tmdb } = bench.metadata();
    const image = (width: number) => tmdb.image('/p.jpg', { of: 'poster', width });
    assert.equal(await image(300), 'https://images.invalid/t/p/w342/p.jpg');
    assert.equal(await image(2000), 'https://images.invalid/t/p/original/p.jpg');
    assert.equal(bench.tmdbServer.seen.length, 1);
  });

  it('knows the address of an image without asking when it must', async () => {
    bench.tmdbServer.fail('cut');
    const { tmdb } = bench.metadata();
    assert.equal(
      await tmdb.image('/b.jpg', { of: 'backdrop', width: 700 }),
      'https://image.tmdb.org/t/p/w780/b.jpg',
    );
  });

  it('is asked itself when it is checked', async () => {
    const { tmdb } = bench.metadata();
    for (const _ of [1, 2]) assert.equal((await tmdb.check()).state, 'found');
    assert.equal(bench.tmdbServer.seen.length, 2);
  });
});

function found<T>(lookup: Lookup<T>): T {
  assert.equal(lookup.state, 'found');
  assert.ok(lookup.state === 'found');
  return lookup.value;
}
