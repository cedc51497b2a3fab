import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { FiledEpisodes } from '../../../service/store/filed-episodes.ts';
import { someJob, someTitle, temporaryFolder } from '../jobs/fixtures.ts';

const said = { probability: 1, decidedBy: 'person', evidence: [] } as const;

function seasonJob(title: string, season: number, episodes: number[]): JobDocument {
  const identity = { kind: 'tv', title, year: null, season: null, disc: 1 } as const;
  return someJob({
    identity: {
      ...identity,
      edition: null,
      tmdb: null,
      genres: [],
      certification: null,
      originalLanguage: null,
      ...said,
      evidence: [],
    },
    titles: episodes.map((episode, index) =>
      someTitle(index + 1, {
        state: 'completed',
        match: { kind: 'episode', season, episodes: [episode], name: null, ...said, evidence: [] },
      }),
    ),
  });
}

describe('the episodes that were filed', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let path: string;
  let filed: FiledEpisodes;

  beforeEach(async () => {
    folder = await temporaryFolder();
    path = join(folder.path, 'state', 'episodes.json');
    filed = new FiledEpisodes(path);
    await filed.start();
  });
  afterEach(() => folder.remove());

  async function afterRestart(): Promise<FiledEpisodes> {
    const again = new FiledEpisodes(path);
    await again.start();
    return again;
  }

  it('are known after a restart, whatever the case of the show', async () => {
    await mkdir(join(folder.path, 'state'));
    await filed.record(seasonJob('Harbour Lights', 1, [1, 2]));
    assert.deepEqual((await afterRestart()).taken('HARBOUR LIGHTS', 1), [1, 2]);
  });

  it('are written at the next try when the disk could not take them', async () => {
    const job = seasonJob('Harbour Lights', 1, [1, 2]);
    await assert.rejects(filed.record(job));
    await mkdir(join(folder.path, 'state'));
    await filed.record(job);
    assert.deepEqual((await afterRestart()).taken('Harbour Lights', 1), [1, 2]);
  });

  it('are forgotten where they were taken back, also of another season than the first', async () => {
    await mkdir(join(folder.path, 'state'));
    const job = seasonJob('Harbour Lights', 2, [3, 4]);
    await filed.record(job);
    for (const title of job.titles) title.state = 'matched';
    await filed.record(job);
    assert.deepEqual(filed.taken('Harbour Lights', 2), []);
  });

  it('know the discs of a set, also one that ends a season and begins the next', async () => {
    await mkdir(join(folder.path, 'state'));
    const job = seasonJob('Harbour Lights', 1, [9, 10]);
    for (const title of seasonJob('Harbour Lights', 2, [1]).titles)
      job.titles.push({ ...title, id: 't09' });
    await filed.record(job);
    assert.deepEqual(
      (await afterRestart()).discs('harbour lights').map(({ disc, episodes }) => [disc, episodes]),
      [
        [1, [9, 10].map((episode) => ({ season: 1, episode }))],
        [1, [{ season: 2, episode: 1 }]],
      ],
    );
  });

  it('are read from a file of an earlier version, which knew no disc numbers', async () => {
    await mkdir(join(folder.path, 'state'));
    const seasons = { 'harbour lights/1': { abc: [1, 2] } };
    await writeFile(path, JSON.stringify({ v: 1, seasons }));
    const again = await afterRestart();
    assert.deepEqual(again.taken('Harbour Lights', 1), [1, 2]);
    assert.equal(again.discs('Harbour Lights')[0]?.disc, null);
  });

  it('move with the disc when it turns out to be another show', async () => {
    await mkdir(join(folder.path, 'state'));
    await filed.record(seasonJob('Harbour Lights', 1, [1]));
    await filed.record(seasonJob('Long Meridian', 1, [1]));
    assert.deepEqual(filed.taken('Harbour Lights', 1), []);
    assert.deepEqual(filed.taken('Long Meridian', 1), [1]);
  });
});
