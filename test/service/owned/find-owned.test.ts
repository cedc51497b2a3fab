import assert from 'node:assert/strict';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Identity } from '../../../service/contract/identity.ts';
import type { Title } from '../../../service/contract/title.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { sidecarPath } from '../../../service/organize/sidecar.ts';
import { findOwned } from '../../../service/owned/find-owned.ts';
import { LibraryItems } from '../../../service/owned/library-items.ts';
import { FiledWorks } from '../../../service/store/filed-works.ts';
import { someDisc, someIdentity, someJob, someTitle, temporaryFolder } from '../jobs/fixtures.ts';

const film: Partial<Identity> = { kind: 'movie', title: 'Long Meridian', year: 2019 };
const show: Partial<Identity> = { kind: 'tv', title: 'Harbour Lights', year: 1999, season: 1 };

function episode(number: number, season = 1, change: Partial<Title> = {}): Title {
  const said = { probability: 1, decidedBy: 'remembered', evidence: [] } as const;
  const match = { kind: 'episode' as const, season, episodes: [number], name: null };
  return someTitle(number, { match: { ...match, ...said, evidence: [] }, ...change });
}

describe('what is in a library already', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let works: FiledWorks;
  let heights: Map<string, number>;
  let asked: string[];

  beforeEach(async () => {
    folder = await temporaryFolder();
    works = new FiledWorks(join(folder.path, 'works'));
    [heights, asked] = [new Map(), []];
    for (const root of ['movies', 'kids', 'tv']) await mkdir(join(folder.path, root));
  });
  afterEach(() => folder.remove());

  const put = async (path: string, content = 'x'): Promise<string> => {
    const whole = join(folder.path, path);
    await mkdir(dirname(whole), { recursive: true });
    await writeFile(whole, content);
    return whole;
  };

  const find = (identity: Partial<Identity>, titles: Title[] = [], fingerprint = 'F'.repeat(32)) =>
    findOwned(
      { disc: { ...someDisc, fingerprint }, identity: someIdentity(identity), titles },
      {
        libraries: [
          { id: 'movies', kind: 'movie', root: join(folder.path, 'movies') },
          { id: 'kids', kind: 'movie', root: join(folder.path, 'kids') },
          { id: 'tv', kind: 'tv', root: join(folder.path, 'tv') },
        ],
        items: new LibraryItems(),
        filed: (said) => works.find(said),
        heightOf: async (path) => {
          asked.push(path);
          return heights.get(path) ?? null;
        },
      },
    );

  const films: [how: string, path: string, sure: boolean][] = [
    ['by our own name', 'movies/Long Meridian (2019)/Long Meridian (2019).mkv', true],
    ['by Jellyfin’s', 'movies/Long Meridian (2019) [tmdbid-501]/Long Meridian.mkv', true],
    ['by Plex’', 'movies/Long Meridian (2019) {tmdb-501}/Long Meridian (2019).mp4', true],
    ['by its number under another title', 'kids/Der lange Meridian (2019) {tmdb-501}/x.mkv', true],
    ['by a file in the root, as Kodi takes it', 'movies/Long.Meridian.2019.1080p.BluRay.mkv', true],
    ['by a shelf of its first letter', 'movies/L/Long Meridian (2019)/film.mkv', true],
    ['by its name without a year', 'movies/Long Meridian/Long Meridian.mkv', false],
    ['by a year that is one off', 'movies/Long Meridian (2018)/Long Meridian.mkv', false],
    ['as a copy of its disc', 'movies/Long Meridian (2019)/VIDEO_TS/VIDEO_TS.IFO', true],
  ];
  for (const [how, path, sure] of films)
    it(`is a film ${how}, ${sure ? 'for sure' : 'as far as its name tells'}`, async () => {
      await put(path);
      const found = await find({ ...film, tmdb: 501 });
      assert.equal(found?.files.length, 1);
      assert.equal(found?.sure, sure);
      assert.match(
        found?.says ?? '',
        /^Long Meridian \(2019\) is in library "(movies|kids)" already/,
      );
    });

  const others: [what: string, path: string][] = [
    ['of another year', 'movies/Long Meridian (1987)/Long Meridian (1987).mkv'],
    ['of another number', 'movies/Long Meridian (2019) {tmdb-77}/Long Meridian (2019).mkv'],
    ['of another name', 'movies/Long Meridian 2 (2019)/Long Meridian 2 (2019).mkv'],
    ['of which a trailer is there', 'movies/Long Meridian (2019)/Long Meridian-trailer.mkv'],
    ['of which extras are there', 'movies/Long Meridian (2019)/Featurettes/Making of.mkv'],
    ['of which an empty folder is left', 'movies/Long Meridian (2019)/poster.jpg'],
    ['that is a show', 'tv/Long Meridian (2019)/Season 01/Long Meridian - S01E01.mkv'],
  ];
  for (const [what, path] of others)
    it(`is not a film ${what}`, async () => {
      await put(path);
      assert.equal(await find({ ...film, tmdb: 501 }), null);
    });

  it('is every wanted episode, or it is not', async () => {
    await put('tv/Harbour Lights (1999)/Season 01/Harbour Lights - S01E01-E02.mkv');
    await put('tv/Harbour Lights (1999)/Season 01/Harbour Lights - S01E03.mkv');
    const wanted = [episode(1), episode(2), episode(3)];
    const unwanted = episode(4, 1, { wanted: false });
    assert.equal((await find(show, [...wanted, unwanted]))?.files.length, 2);
    assert.equal(await find(show, [...wanted, episode(4)]), null);
    assert.equal(await find(show, [episode(1, 2)]), null);
  });

  it('is no series of which nobody knows yet which episodes the disc holds', async () => {
    await put('tv/Harbour Lights (1999)/Season 01/Harbour Lights - S01E01.mkv');
    assert.equal(await find({ ...show, disc: 1 }, [someTitle(1), someTitle(2)]), null);
  });

  /** A job that has filed its titles to these places. */
  async function filedJob(
    identity: Partial<Identity>,
    paths: readonly string[],
    change: Partial<JobDocument> = {},
  ): Promise<JobDocument> {
    const titles: Title[] = [];
    for (const [index, path] of paths.entries()) {
      const filed = { library: 'tv', path: await put(path) };
      const kind = identity.kind === 'tv' ? {} : { kind: 'movie' as const };
      const { match } = episode(index + 1);
      const said = match && { ...match, ...kind };
      titles.push(someTitle(index + 1, { state: 'completed', filed, match: said }));
    }
    const job = someJob({
      identity: someIdentity(identity),
      titles,
      state: 'completed',
      outcome: 'complete',
      ...change,
    });
    await works.record(job, null);
    return job;
  }

  it('is what another pressing of the same disc of a set has brought, for a person to say', async () => {
    const twin = { ...show, disc: 2 };
    const paths = ['tv/any/where/1.mkv', 'tv/any/where/2.mkv'];
    const job = await filedJob(twin, paths);
    const found = await find(twin, [someTitle(1), someTitle(2)]);
    assert.deepEqual([found?.job, found?.files.length, found?.sure], [job.id, 2, false]);
    assert.equal(await find({ ...twin, disc: 3 }, [someTitle(1)]), null);
    await rm(join(folder.path, 'tv/any/where/2.mkv'));
    assert.equal(await find(twin, [someTitle(1), someTitle(2)]), null);
  });

  it('is a film that a template of one’s own has put anywhere, with what its disc was', async () => {
    const job = await filedJob({ ...film, edition: 'Extended' }, ['movies/0815.mkv']);
    const found = await find(film);
    assert.deepEqual(
      [found?.job, found?.files[0]?.resolution, found?.files[0]?.edition, found?.files[0]?.bytes],
      [job.id, 'sd', 'Extended', 1],
    );
  });

  it('is nothing that came from this very disc', async () => {
    const job = await filedJob(film, ['movies/Long Meridian (2019)/Long Meridian (2019).mkv']);
    const path = job.titles[0]?.filed?.path ?? '';
    const provenance = {
      filedAt: job.updatedAt,
      job: job.id,
      disc: { kind: 'dvd', fingerprint: job.disc.fingerprint },
      identity: { edition: null },
    };
    await writeFile(sidecarPath(path), JSON.stringify(provenance));
    assert.equal(await find(film, [], job.disc.fingerprint ?? ''), null);
    assert.equal((await find(film))?.job, job.id);
  });

  it('is looked into for the size of its picture only where its name does not tell', async () => {
    const dark = await put('movies/Long Meridian (2019)/Long Meridian (2019).mkv');
    await put('kids/Long Meridian (2019)/Long Meridian (2019) - 2160p.mkv');
    heights.set(dark, 800);
    const found = await find(film);
    assert.deepEqual(found?.files.map(({ resolution }) => resolution).sort(), ['1080p', '2160p']);
    assert.deepEqual(asked, [dark]);
  });

  it('follows links to folders, and takes one to nowhere for nothing', async () => {
    await put('elsewhere/Long Meridian (2019).mkv');
    await symlink(join(folder.path, 'elsewhere'), join(folder.path, 'movies/Long Meridian (2019)'));
    await symlink('/nowhere/at/all', join(folder.path, 'kids/Long Meridian (2019)'));
    assert.equal((await find(film))?.files.length, 1);
  });

  it('is nothing that is no film and no series', async () => {
    await put('movies/Long Meridian (2019)/Long Meridian (2019).mkv');
    assert.equal(await find({ ...film, kind: 'extras' }), null);
    assert.equal(await find({ ...film, title: '…' }), null);
  });
});

describe('the list of a library', () => {
  it('is made once for many discs, and does not hold up anything else meanwhile', async function () {
    this.timeout(30_000);
    const folder = await temporaryFolder();
    const names = Array.from({ length: 5000 }, (_, index) => `Film ${index} (2001)`);
    await Promise.all(names.map((name) => mkdir(join(folder.path, name))));
    const items = new LibraryItems({ mostEntries: 4000 });
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    const [one, other] = await Promise.all([items.in(folder.path), items.in(folder.path)]);
    clearInterval(beat);
    assert.equal(one, other);
    assert.equal(one.length, 4000);
    assert.ok(longest < 200, `the event loop stood still for ${longest} ms`);
    await folder.remove();
  });
});
