import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
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

  it('move with the disc when it turns out to be another show', async () => {
    await mkdir(join(folder.path, 'state'));
    await filed.record(seasonJob('Harbour Lights', 1, [1]));
    await filed.record(seasonJob('Long Meridian', 1, [1]));
    assert.deepEqual(filed.taken('Harbour Lights', 1), []);
    assert.deepEqual(filed.taken('Long Meridian', 1), [1]);
  });
});
