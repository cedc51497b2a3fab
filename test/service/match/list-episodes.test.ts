import assert from 'node:assert/strict';
import { listEpisodes } from '../../../service/match/list-episodes.ts';
import { metadataBench } from '../metadata/metadata-under-test.ts';

describe('the episodes that a disc may hold', () => {
  const bench = metadataBench();
  const listed = async (season: number | null, show = 701) =>
    (await listAll(season, show)).episodes;
  const listAll = (season: number | null, show = 701) =>
    listEpisodes(bench.metadata().tmdb, { show, season }, { signal: AbortSignal.timeout(10_000) });

  it('are those of its season, with the place on DVD of the order that knows most of them', async () => {
    const episodes = await listed(1);
    assert.deepEqual(
      episodes.map(({ season, episode, name, runtime, dvd }) => [
        season,
        episode,
        name,
        runtime,
        dvd,
      ]),
      [
        [1, 1, 'High Water', 2940, 1],
        [1, 2, 'The Pilot', 2940, 0],
        [1, 3, 'Two Lamps', 2940, 2],
        [1, 4, 'Salvage', 2940, 3],
        [1, 5, 'Fog', 2940, 4],
        [1, 6, 'A Letter from Sunderland', 2940, 5],
      ],
    );
  });

  it('are those of all seasons but the specials when nobody knows the season', async () => {
    const episodes = await listed(null);
    assert.deepEqual(
      episodes.map(({ season, episode }) => `${season}/${episode}`),
      ['1/1', '1/2', '1/3', '1/4', '1/5', '1/6', '2/1', '2/2', '2/3', '2/4'],
    );
  });

  it('come with every title of their show', async () => {
    const { titles } = await listAll(1);
    for (const title of ['Harbour Lights', 'Lichter im Hafen', 'Harbor Lights'])
      assert.ok(titles.includes(title), title);
  });

  it('are specials when it is their disc', async () => {
    assert.deepEqual(
      (await listed(0)).map(({ name }) => name),
      ['The Christmas Tide'],
    );
  });

  it('are none when the show is not known', async () => {
    assert.deepEqual(await listed(null, 999_999), []);
    assert.deepEqual(await listed(1, 999_999), []);
  });
});
