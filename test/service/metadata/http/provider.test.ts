import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { Lookup } from '../../../../service/metadata/lookup.ts';
import type { Fault } from '../../../servers/local-server.ts';
import { tmdbKeys } from '../../../servers/tmdb.ts';
import { metadataBench } from '../metadata-under-test.ts';

describe('A provider of metadata', () => {
  const bench = metadataBench();

  it('is told who asks', async () => {
    await bench.metadata().tmdb.film(501);
    assert.match(
      String(bench.tmdbServer.seen[0]?.headers['user-agent']),
      /^Discflow\/\d+\.\d+\.\d+ \(https:\/\/\S+\)$/,
    );
  });

  const lasting: [string, Fault, RegExp, number][] = [
    ['trouble of its own', { status: 500 }, /^TMDB has trouble of its own \(HTTP 500\)$/, 3],
    ['a gateway in between', { status: 503 }, /HTTP 503/, 3],
    ['too many requests', { status: 429 }, /^TMDB asks for fewer requests \(HTTP 429\)$/, 3],
    [
      'a request to come back in an hour',
      { status: 429, headers: { 'retry-after': '3600' } },
      /HTTP 429/,
      1,
    ],
    [
      'a request to come back tomorrow',
      { status: 503, headers: { 'retry-after': new Date(Date.now() + 86_400_000).toUTCString() } },
      /HTTP 503/,
      1,
    ],
    ['silence', 'silent', /^TMDB cannot be reached: it does not answer in time$/, 3],
    ['a cut connection', 'cut', /^TMDB cannot be reached: it cut the connection$/, 3],
    ['half an answer', 'half', /^TMDB cannot be reached: /, 3],
    ['malformed JSON', 'malformed-json', /^TMDB gives answers that cannot be read$/, 1],
    ['JSON of another schema', 'wrong-schema', /^TMDB gives answers that cannot be read$/, 1],
    ['an endless answer', 'endless', /^TMDB answers without end$/, 1],
    ['a refused question', { status: 422 }, /^TMDB refuses the question \(HTTP 422\)$/, 1],
    ['a bad request', { status: 400 }, /HTTP 400/, 1],
  ];
  for (const [name, fault, words, tries] of lasting)
    it(`that gives ${name} is unavailable, after ${tries === 1 ? 'one try' : 'three tries'}`, async () => {
      bench.tmdbServer.fail(fault);
      const lookup = await bench.metadata().tmdb.film(501);
      assert.ok(lookup.state === 'unavailable');
      assert.equal(lookup.problem.code, 'metadata-unavailable');
      assert.match(lookup.problem.message, words);
      assert.equal(bench.tmdbServer.seen.length, tries);
      assert.deepEqual(await cacheFiles(), []);
      assert.deepEqual(bench.told, []);
    });

  const passing: [string, Fault][] = [
    ['trouble of its own', { status: 500 }],
    ['too many requests', { status: 429 }],
    ['silence', 'silent'],
    ['a cut connection', 'cut'],
    ['half an answer', 'half'],
  ];
  for (const [name, fault] of passing)
    it(`that gives ${name} once is asked again`, async () => {
      bench.tmdbServer.fail(fault, { times: 1 });
      assert.equal((await bench.metadata().tmdb.film(501)).state, 'found');
      assert.equal(bench.tmdbServer.seen.length, 2);
    });

  it('is asked again when it says so: Retry-After in seconds', async () => {
    bench.tmdbServer.fail({ status: 429, headers: { 'retry-after': '1' } }, { times: 1 });
    assert.equal((await bench.metadata().tmdb.film(501)).state, 'found');
    const [pause = 0] = pauses();
    assert.ok(pause >= 950, `${pause} ms`);
  });

  it('is asked again when it says so: Retry-After as a date', async () => {
    const soon = new Date(Math.ceil((Date.now() + 1) / 1000) * 1000).toUTCString();
    bench.tmdbServer.fail({ status: 503, headers: { 'retry-after': soon } }, { times: 1 });
    assert.equal((await bench.metadata().tmdb.film(501)).state, 'found');
    const second = bench.tmdbServer.seen[1]?.at ?? 0;
    assert.ok(second >= Date.parse(soon) - 50, `${second - Date.parse(soon)} ms`);
  });

  it('that cannot be connected to is unavailable, not reached', async () => {
    const { tmdb } = bench.metadata({ tmdb: { url: 'http://127.0.0.1:9/3' } });
    const lookup = await tmdb.film(501);
    assert.ok(lookup.state === 'unavailable');
    assert.equal(lookup.reached, false);
    assert.equal(lookup.problem.message, 'TMDB cannot be reached: it refuses connections');
  });

  it('that is switched off is not asked', async () => {
    const { tmdb, discs } = bench.metadata({
      tmdb: { enabled: false },
      thediscdb: { enabled: false },
    });
    assert.deepEqual(await tmdb.film(501), { state: 'off' });
    assert.deepEqual(await discs.byContentHash('A'.repeat(32)), { state: 'off' });
    assert.equal(bench.tmdbServer.seen.length + bench.discServer.seen.length, 0);
  });

  it('is asked once for equal questions under way', async () => {
    bench.tmdbServer.fail({ delay: 50 });
    const { tmdb } = bench.metadata();
    const lookups = await Promise.all([tmdb.film(501), tmdb.film(501), tmdb.film(501)]);
    assert.deepEqual(lookups.map(titleOf), Array(3).fill('The Long Meridian'));
    assert.equal(bench.tmdbServer.seen.length, 1);
  });

  it('is left at once by who gives up, and goes on for the others', async () => {
    bench.tmdbServer.fail({ delay: 150 });
    const { tmdb } = bench.metadata();
    const giveUp = new AbortController();
    const first = tmdb.film(501, { signal: giveUp.signal });
    const second = tmdb.film(501);
    setTimeout(() => giveUp.abort(new Error('enough')), 20);
    const begun = Date.now();
    await assert.rejects(first, { message: 'enough' });
    assert.ok(Date.now() - begun < 140);
    assert.equal(titleOf(await second), 'The Long Meridian');
    assert.equal(bench.tmdbServer.seen.length, 1);
  });

  it('is not asked by who has given up before', async () => {
    const lookup = bench
      .metadata()
      .tmdb.film(501, { signal: AbortSignal.abort(new Error('over')) });
    await assert.rejects(lookup, { message: 'over' });
    assert.equal(bench.tmdbServer.seen.length, 0);
  });

  it('is not retried for who gives up in between', async () => {
    bench.tmdbServer.fail({ status: 429, headers: { 'retry-after': '1' } });
    const lookup = bench.metadata().tmdb.film(501, { signal: AbortSignal.timeout(100) });
    await assert.rejects(lookup, { name: 'TimeoutError' });
    await sleep(1200);
    assert.equal(bench.tmdbServer.seen.length, 1);
  });

  it('is left alone after five failures, and tried again later', async () => {
    const { tmdb } = bench.metadata({ halfOpenAfter: 200 });
    bench.tmdbServer.fail('wrong-schema', { times: 5 });
    for (const id of [1, 2, 3, 4, 5]) await tmdb.film(id);
    const lookup = await tmdb.film(501);
    assert.ok(lookup.state === 'unavailable');
    assert.equal(lookup.problem.message, 'TMDB was down a moment ago');
    assert.equal(bench.tmdbServer.seen.length, 5);
    await sleep(220);
    assert.equal((await tmdb.film(501)).state, 'found');
  });

  it('gets no more requests in a second than agreed, whoever asks', async () => {
    const [one, other] = [bench.metadata(), bench.metadata({ language: 'de' })];
    const asked = Array.from({ length: 20 }, (_, id) => [one.tmdb.film(id), other.tmdb.film(id)]);
    await Promise.all(asked.flat());
    const times = bench.tmdbServer.seen.map(({ at }) => at);
    const [first = 0] = times;
    assert.equal(times.length, 40);
    assert.ok(times.filter((at) => at < first + 900).length <= 30);
  });

  describe('with a key', () => {
    it('takes that of v3 in the query and the token of v4 as a bearer', async () => {
      for (const key of [tmdbKeys.v3, tmdbKeys.v4, ` ${tmdbKeys.v4}\n`]) {
        const { tmdb } = bench.metadata({ tmdb: { key }, cache_days: 0 });
        assert.equal((await tmdb.film(501)).state, 'found');
      }
      const [v3, v4] = bench.tmdbServer.seen;
      assert.equal(v3?.headers.authorization, undefined);
      assert.equal(v4?.url.searchParams.has('api_key'), false);
    });

    it('that is missing says where to get one, once, and asks nothing', async () => {
      const { tmdb } = bench.metadata({ tmdb: { key: undefined } });
      const lookups = [await tmdb.film(501), await tmdb.show(701)];
      for (const lookup of lookups) {
        assert.ok(lookup.state === 'refused');
        assert.equal(lookup.problem.code, 'metadata-key-missing');
        assert.match(lookup.problem.hint, /themoviedb\.org\/settings\/api.*metadata\.tmdb\.key/);
      }
      assert.deepEqual(bench.told, [['metadata-tmdb', 'metadata-key-missing']]);
      assert.equal(bench.tmdbServer.seen.length, 0);
    });

    for (const key of ['f'.repeat(32), 'eyJx.y.z', 'two words', 'ключ'])
      it(`that is refused says so once and asks no further: ${key}`, async () => {
        const { tmdb } = bench.metadata({ tmdb: { key } });
        for (const id of [501, 502]) {
          const lookup = await tmdb.film(id);
          assert.ok(lookup.state === 'refused');
          assert.equal(lookup.problem.code, 'metadata-key-refused');
        }
        assert.deepEqual(bench.told, [['metadata-tmdb', 'metadata-key-refused']]);
        assert.ok(bench.tmdbServer.seen.length <= 1);
        assert.deepEqual(await cacheFiles(), []);
      });

    it('that is accepted again after all ends the attention', async () => {
      const { tmdb } = bench.metadata();
      bench.tmdbServer.fail({ status: 403 }, { times: 1 });
      await tmdb.film(501);
      await tmdb.check();
      assert.deepEqual(bench.told, [
        ['metadata-tmdb', 'metadata-key-refused'],
        ['metadata-tmdb', null],
      ]);
    });

    it('keeps it out of outcomes, attentions, cache names and cache contents', async () => {
      for (const key of [tmdbKeys.v3, tmdbKeys.v4])
        for (const fault of [{ status: 500 }, 'cut', 'wrong-schema', { status: 401 }] as const) {
          bench.tmdbServer.reset();
          bench.tmdbServer.fail(fault, { match: /movie\/501/ });
          const { tmdb } = bench.metadata({ tmdb: { key } });
          const said = inspect([await tmdb.film(501), await tmdb.show(701)], { depth: 9 });
          const files = await cacheFiles();
          const kept = await Promise.all(
            files.map((file) => readFile(join(bench.state, 'metadata/tmdb', file), 'utf8')),
          );
          assert.ok(![said, ...files, ...kept].join().includes(key.slice(0, 12)));
        }
    });
  });

  describe('behind its cache', () => {
    it('is asked once for what it knows and for what it does not', async () => {
      for (const { tmdb } of [bench.metadata(), bench.metadata()]) {
        assert.equal(titleOf(await tmdb.film(501)), 'The Long Meridian');
        assert.equal((await tmdb.film(999)).state, 'absent');
      }
      assert.equal(bench.tmdbServer.seen.length, 2);
      const names = await cacheFiles();
      assert.equal(names.length, 2);
      for (const name of names) assert.match(name, /^[0-9a-f]{64}\.json$/);
    });

    it('is asked anew in another language', async () => {
      await bench.metadata().tmdb.film(501);
      const lookup = await bench.metadata({ language: 'de' }).tmdb.film(501);
      assert.equal(titleOf(lookup), 'Der lange Meridian');
    });

    it('serves what is out of date when the provider is away', async () => {
      const { tmdb } = bench.metadata({ cache_days: 0 });
      await tmdb.film(501);
      bench.tmdbServer.fail('cut');
      assert.equal(titleOf(await tmdb.film(501)), 'The Long Meridian');
      assert.equal(bench.tmdbServer.seen.length, 4);
    });

    it('works without a cache when the folder cannot be made', async () => {
      await writeFile(join(bench.state, 'metadata'), '');
      assert.equal((await bench.metadata().tmdb.film(501)).state, 'found');
    });
  });

  async function cacheFiles(): Promise<string[]> {
    return readdir(join(bench.state, 'metadata/tmdb')).catch(() => []);
  }

  function pauses(): number[] {
    const times = bench.tmdbServer.seen.map(({ at }) => at);
    return times.slice(1).map((at, index) => at - (times[index] ?? 0));
  }
});

function titleOf(lookup: Lookup<{ title: string }>): string | null {
  return lookup.state === 'found' ? lookup.value.title : null;
}
