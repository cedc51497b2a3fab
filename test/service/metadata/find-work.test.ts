import assert from 'node:assert/strict';
import { findWork } from '../../../service/metadata/find-work.ts';
import type { WorkClues } from '../../../service/metadata/rank/reasons.ts';
import { metadataBench } from './metadata-under-test.ts';

describe('Finding the work on a disc', () => {
  const bench = metadataBench();

  const cases: [string, WorkClues, string, string][] = [
    ['by name alone', { title: 'LONG MERIDIAN' }, 'clear', 'movie 501'],
    [
      'of namesakes by running time',
      { title: 'NIGHT FERRY', runtimes: [5760] },
      'clear',
      'movie 502',
    ],
    ['of namesakes, not at all', { title: 'NIGHT FERRY' }, 'twins', 'movie 503'],
    ['of shows by season', { title: 'QUIET DETECTIVES', season: 5 }, 'clear', 'tv 703'],
    ['by a title that only details know', { title: 'Umibe no Toshokan' }, 'clear', 'movie 509'],
    ['among the shows alone', { title: 'HARBOUR LIGHTS', season: 1 }, 'clear', 'tv 701'],
  ];
  for (const [name, clues, verdict, best] of cases)
    it(`works ${name}`, async () => {
      const lookup = await findWork(clues, bench.metadata());
      assert.ok(lookup.state === 'found');
      const [first] = lookup.value.ranked;
      assert.equal(`${first?.work.kind} ${first?.work.tmdb}`, best);
      assert.equal(lookup.value.verdict, verdict);
    });

  it('gives the details of the best, and asks for few', async () => {
    const lookup = await findWork({ title: 'COPPER HOLLOW', kind: sureFilm }, bench.metadata());
    assert.ok(lookup.state === 'found');
    const best = lookup.value.ranked[0]?.work;
    assert.ok(best && 'runtime' in best);
    assert.equal(best.certification, 'PG-13');
    const paths = bench.tmdbServer.seen.map(({ url }) => url.pathname);
    assert.equal(paths.filter((path) => path.includes('/search/')).length, 1);
    assert.ok(paths.length <= 6, paths.join(' '));
  });

  it('asks, rather than errs, when the details that tell namesakes apart cannot be had', async () => {
    bench.tmdbServer.fail({ status: 422 }, { match: /movie\/50/ });
    const lookup = await findWork({ title: 'NIGHT FERRY', runtimes: [5760] }, bench.metadata());
    assert.ok(lookup.state === 'found');
    assert.equal(lookup.value.verdict, 'twins');
  });

  it('passes on that nothing was found, and that nobody could be asked', async () => {
    const clues = { title: 'ZEBRA UMBRELLA' };
    assert.equal((await findWork(clues, bench.metadata())).state, 'absent');
    bench.tmdbServer.fail('cut');
    assert.equal((await findWork({ title: 'ORBIT 9' }, bench.metadata())).state, 'unavailable');
    const { tmdb } = bench.metadata({ tmdb: { key: undefined } });
    assert.equal((await findWork({ title: 'ORBIT 8' }, { tmdb })).state, 'refused');
  });

  it('is given up with the job', async () => {
    bench.tmdbServer.fail('silent');
    const signal = AbortSignal.timeout(50);
    const { tmdb } = bench.metadata();
    await assert.rejects(findWork({ title: 'ORBIT 9' }, { tmdb, signal }), {
      name: 'TimeoutError',
    });
  });
});

const sureFilm = { is: 'movie' as const, probability: 0.99 };
