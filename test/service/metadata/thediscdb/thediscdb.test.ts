import assert from 'node:assert/strict';
import type { Lookup } from '../../../../service/metadata/lookup.ts';
import { RestDisc } from '../../../../service/metadata/thediscdb/answers.ts';
import type { KnownDisc } from '../../../../service/metadata/thediscdb/known-disc.ts';
import { readRestDisc } from '../../../../service/metadata/thediscdb/read-disc.ts';
import { discIds, hashes, madeReleases } from '../../../servers/discs.ts';
import { restAnswer } from '../../../servers/thediscdb.ts';
import { metadataBench } from '../metadata-under-test.ts';

for (const rest of [true, false])
  describe(`TheDiscDB ${rest ? 'by REST' : 'without REST, by GraphQL'}`, () => {
    const bench = metadataBench({ rest });
    const asked = () => bench.discServer.seen.map(({ method, url }) => `${method} ${url.pathname}`);

    it('knows a film disc by its content hash', async () => {
      const [disc, ...others] = found(await bench.metadata().discs.byContentHash(hashes.film));
      assert.deepEqual(others, []);
      assert.deepEqual(
        { ...disc, titles: undefined },
        {
          title: 'The Long Meridian',
          year: 2019,
          kind: 'movie',
          externalIds: { tmdb: 501, imdb: 'tt9900501', tvdb: null },
          release: {
            slug: '2019-blu-ray',
            title: 'Blu-ray',
            year: 2019,
            region: 'A',
            locale: 'en-us',
            upc: '000000000501',
          },
          disc: {
            index: 1,
            name: 'Movie Disc',
            format: 'bluray',
            contentHash: hashes.film,
            globalDiscId: discIds.film,
          },
          titles: undefined,
        },
      );
      assert.deepEqual(
        disc?.titles.map(({ sourceFile, number, duration, item }) => [
          sourceFile,
          number,
          duration,
          item?.type ?? null,
        ]),
        [
          ['00800.mpls', 800, 7451, 'main-movie'],
          ['00002.mpls(1)', 2, 130, 'trailer'],
          ['00012.m2ts', 100_012, 840, 'featurette'],
          ['00013.mpls', 13, 210, 'deleted-scene'],
          ['00999.mpls', 999, 30, null],
        ],
      );
    });

    it('reads what people have typed in for episodes', async () => {
      const [disc] = found(await bench.metadata().discs.byContentHash(hashes.series));
      assert.equal(disc?.disc.index, 1);
      assert.deepEqual(
        disc?.titles.map(({ item }) => [item?.season, item?.episodes, item?.playAll]),
        [
          [1, [1, 2, 3], true],
          [1, [1], false],
          [1, [2], false],
          [1, [3, 4], false],
          [2, [31, 32, 33, 34, 35, 36], false],
          [0, [1], false],
          [null, [], true],
          [null, [], false],
        ],
      );
      assert.equal(disc?.titles[7]?.duration, null);
      assert.equal(disc?.titles[7]?.item?.type, 'other');
    });

    it('knows a disc by its GlobalDiscId, and by a hash in lower case', async () => {
      const { discs } = bench.metadata();
      const [film] = found(await discs.byGlobalDiscId(discIds.film.toLowerCase()));
      assert.equal(film?.title, 'The Long Meridian');
      const [series] = found(await discs.byGlobalDiscId(discIds.series));
      assert.equal(series?.disc.contentHash, hashes.series);
      const [second] = found(await discs.byContentHash(hashes.seriesSecond.toLowerCase()));
      assert.equal(second?.disc.name, 'Series 1, Disc 2');
    });

    it('does not know an unknown disc, and is not asked for it again', async () => {
      const { discs } = bench.metadata();
      for (const _ of [1, 2])
        assert.deepEqual(await discs.byContentHash(hashes.unknown), { state: 'absent' });
      assert.deepEqual(asked(), [`GET /api/dischash/${hashes.unknown}`, 'POST /graphql']);
    });

    it('is not asked for what is no hash', async () => {
      const { discs } = bench.metadata();
      for (const hash of ['', 'xyz', '../../graphql', 'A'.repeat(31), `${hashes.film}0`])
        assert.deepEqual(await discs.byContentHash(hash), { state: 'absent' });
      assert.deepEqual(await discs.byGlobalDiscId('A'.repeat(36)), { state: 'absent' });
      assert.deepEqual(asked(), []);
    });

    it('is there when it is checked', async () => {
      assert.equal((await bench.metadata().discs.check()).state, 'found');
    });
  });

describe('TheDiscDB', () => {
  const bench = metadataBench();
  const paths = () => bench.discServer.seen.map(({ url }) => url.pathname);

  it('is believed that a disc is unknown once its REST has told of another', async () => {
    const { discs } = bench.metadata();
    await discs.byContentHash(hashes.film);
    assert.deepEqual(await discs.byContentHash(hashes.unknown), { state: 'absent' });
    assert.ok(!paths().includes('/graphql'));
  });

  for (const fault of ['wrong-schema', 'malformed-json'] as const)
    it(`is asked by GraphQL when its REST answers with ${fault}`, async () => {
      bench.discServer.fail(fault, { match: /api/ });
      const [disc] = found(await bench.metadata().discs.byContentHash(hashes.film));
      assert.equal(disc?.title, 'The Long Meridian');
    });

  it('is asked by GraphQL when its REST has trouble of its own', async () => {
    bench.discServer.fail({ status: 500 }, { match: /api/ });
    assert.equal((await bench.metadata().discs.byContentHash(hashes.film)).state, 'found');
  });

  it('is not believed when its REST tells of another disc than was asked for', async () => {
    const body = JSON.stringify(restAnswer(madeReleases, hashes.series));
    bench.discServer.fail({ status: 200, body }, { match: /api/ });
    const [disc] = found(await bench.metadata().discs.byContentHash(hashes.film));
    assert.equal(disc?.title, 'The Long Meridian');
  });

  for (const type of ['constructor', '__proto__', 'toString'])
    it(`takes "${type}" for no kind of work`, () => {
      const answer = RestDisc.parse({ media: { title: 'Long Meridian', type }, titles: [] });
      assert.equal(readRestDisc(answer).kind, null);
    });

  it('reads no more titles of an answer than a disc can have', () => {
    const titles = Array.from({ length: 100_000 }, () => ({ source_file: '00800.mpls' }));
    const answer = RestDisc.parse({ media: { title: 'Long Meridian' }, titles });
    assert.equal(readRestDisc(answer).titles.length, 6000);
  });

  it('is not asked a second time when it cannot be reached', async () => {
    const { discs } = bench.metadata({ thediscdb: { url: 'http://127.0.0.1:9' } });
    const lookup = await discs.byContentHash(hashes.film);
    assert.ok(lookup.state === 'unavailable');
    assert.equal(lookup.problem.message, 'TheDiscDB cannot be reached: it refuses connections');
  });

  it('shows every release with the same disc', async () => {
    bench.discServer.fail({ status: 404 }, { match: /api/ });
    const known = found(await bench.metadata().discs.byContentHash(hashes.shared));
    assert.deepEqual(
      known.map(({ release, kind }) => [release.slug, kind]),
      [
        ['steelbook', 'movie'],
        ['anniversary', 'movie'],
      ],
    );
  });

  it('answers an error of GraphQL as one, not as an unknown disc', async () => {
    bench.discServer.fail({ status: 404 }, { match: /api/ });
    const body = JSON.stringify({ errors: [{ message: 'The field does not exist' }] });
    bench.discServer.fail({ status: 200, body }, { match: /graphql/ });
    assert.equal((await bench.metadata().discs.byContentHash(hashes.film)).state, 'unavailable');
  });

  it('that wants a sign-in says so once, and work goes on', async () => {
    bench.discServer.fail({ status: 401 });
    const { discs } = bench.metadata();
    for (const hash of [hashes.film, hashes.series]) {
      const lookup = await discs.byContentHash(hash);
      assert.ok(lookup.state === 'refused');
      assert.match(lookup.problem.hint, /metadata\.thediscdb\.enabled: false/);
    }
    assert.deepEqual(bench.told, [['metadata-thediscdb', 'metadata-key-refused']]);
    assert.equal(bench.discServer.seen.length, 1);
  });
});

function found(lookup: Lookup<KnownDisc[]>): KnownDisc[] {
  assert.equal(lookup.state, 'found');
  return lookup.state === 'found' ? lookup.value : [];
}
