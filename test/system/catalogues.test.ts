import assert from 'node:assert/strict';
import { openMedium } from '../../service/scan/medium/open-medium.ts';
import type { DiscScan } from '../../service/scan/record.ts';
import { scanDisc } from '../../service/scan/scan-disc.ts';
import type { MadeItem, MadeRelease } from '../servers/discs.ts';
import type { LocalServer } from '../servers/local-server.ts';
import { startTheDiscDb } from '../servers/thediscdb.ts';
import { startTmdb, tmdbKeys } from '../servers/tmdb.ts';
import { madeFilms, madeShows } from '../servers/works.ts';
import { film, show } from './sample-discs.ts';
import { stationsOnOneBroker } from './test-station.ts';

const asking = { identity: 'ask', episode_order: 'ask' };

async function scanOf(image: string): Promise<DiscScan> {
  const medium = await openMedium(image);
  try {
    return await scanDisc(medium);
  } finally {
    await medium.close();
  }
}

/** An entry about an image, as somebody who owns the disc would write it. */
async function released(
  image: string,
  { items, ...work }: Pick<MadeRelease, 'title' | 'year' | 'type' | 'ids'> & { items: MadeItem[] },
): Promise<MadeRelease> {
  const { fingerprint, titles } = await scanOf(image);
  return {
    ...work,
    release: { slug: 'box', title: 'Box', year: 2020 },
    discs: [
      {
        contentHash: fingerprint,
        format: 'DVD',
        index: 1,
        name: 'Disc 1',
        titles: titles.map(({ number, duration, bytes }, index) => ({
          sourceFile: String(number).padStart(2, '0'),
          duration: new Date(Math.round(duration) * 1000).toISOString().slice(12, 19),
          size: bytes,
          ...(items[index] && { item: items[index] }),
        })),
      },
    ],
  };
}

const episode = (number: number, title: string): MadeItem => ({
  type: 'Episode',
  title,
  season: 'Season 1',
  episode: String(number),
});

describe('discs that catalogues know', function () {
  this.timeout(90_000);
  const start = stationsOnOneBroker();
  let tmdb: LocalServer;
  let discs: LocalServer;

  before(async () => {
    // The demo's film is shorter than any that is real.
    const short = madeFilms.map((made) => (made.id === 501 ? { ...made, minutes: 3 } : made));
    tmdb = await startTmdb({ films: short, shows: madeShows });
    discs = await startTheDiscDb({
      releases: [
        await released(show, {
          title: 'Harbour Lights',
          year: 1999,
          type: 'Series',
          ids: { tmdb: '701' },
          items: [
            { type: 'Extra', title: 'Play All' },
            episode(4, 'Wreckers'),
            episode(2, 'The Keeper'),
            episode(3, 'Three Lamps'),
            { type: 'Featurette', title: 'Lighting the Lamps' },
          ],
        }),
      ],
    });
  });
  after(async () => {
    await tmdb.stop();
    await discs.stop();
  });

  const catalogues = () => ({
    tmdb: { url: `${tmdb.url}/3`, key: tmdbKeys.v3 },
    thediscdb: { url: discs.url },
  });

  it('arrive without a question: as TheDiscDB describes them, and by a name that length confirms', async () => {
    const station = await start({ policies: asking, metadata: catalogues() });
    await station.insert(show);
    await station.insert(film);
    const jobs = [await station.ended(show), await station.ended(film)];
    assert.deepEqual(
      jobs.map(({ state, outcome, questions }) => [state, outcome, questions.length]),
      [
        ['completed', 'complete', 0],
        ['completed', 'complete', 0],
      ],
    );
    assert.deepEqual(await station.filed(), [
      'Bonus 1-02.mkv',
      'Harbour Lights (1999) - S01E02 - The Keeper.mkv',
      'Harbour Lights (1999) - S01E03 - Three Lamps.mkv',
      'Harbour Lights (1999) - S01E04 - Wreckers.mkv',
      'Lighting the Lamps.mkv',
      'The Long Meridian (2019) {tmdb-501}.mkv',
    ]);
    const [series, movie] = jobs;
    assert.deepEqual([series?.identity?.tmdb, movie?.identity?.tmdb], [701, 501]);
    assert.deepEqual(movie?.identity?.genres, ['Drama']);
    assert.equal(movie?.identity?.decidedBy, 'evidence');
  });

  it('are asked about as ever when no catalogue answers, with the reason in the evidence', async () => {
    const nowhere = { url: 'http://127.0.0.1:9' };
    const station = await start({
      policies: { ...asking, identity: 'accept' },
      metadata: { tmdb: { ...nowhere, key: tmdbKeys.v3 }, thediscdb: nowhere },
    });
    await station.insert(film);
    const job = await station.ended(film);
    assert.equal(job.outcome, 'complete');
    const said = job.identity?.evidence.map(({ says }) => says).join('\n') ?? '';
    assert.match(said, /was not asked/);
  });
});
