import assert from 'node:assert/strict';
import { copyFile, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JobSnapshot } from '../../service/contract/job.ts';
import { temporaryFolder } from '../service/jobs/fixtures.ts';
import { show, showFiles } from './sample-discs.ts';
import { stationsOnOneBroker } from './test-station.ts';

const samples = fileURLToPath(
  new URL('../../examples/discs/references/Harbour Lights/Season 01', import.meta.url),
);
const EPISODES = 6;

/** Gives the subtitles of the sample season the numbers of episodes so many places behind. */
async function label(folder: string, places: number): Promise<void> {
  const season = join(folder, 'Harbour Lights', 'Season 01');
  await rm(season, { recursive: true, force: true });
  await mkdir(season, { recursive: true });
  for (const name of (await readdir(samples)).filter((one) => one.endsWith('.en.srt'))) {
    const episode = Number(/E(\d+)/.exec(name)?.[1]);
    const number = ((episode - 1 + places) % EPISODES) + 1;
    await copyFile(join(samples, name), join(season, `Harbour Lights - S01E0${number}.en.srt`));
  }
}

const named = (...episodes: number[]) => [
  'Bonus 1-05.mkv',
  ...episodes.map((number) => `Harbour Lights - S01E0${number}.mkv`),
];

describe('a series that was filed by its order', () => {
  const start = stationsOnOneBroker();
  let references: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeEach(async () => {
    references = await temporaryFolder();
  });
  afterEach(() => references.remove());

  it('gets the right names when there are references, except where a person has said what it is', async function () {
    this.timeout(90_000);
    const station = await start({ references: { folders: [references.path] } });
    const { requests } = station.observer;
    await station.insert(show);
    const { id: job, titles } = await station.ended(show);
    assert.deepEqual(await station.filed(), showFiles);
    const rematch = () => requests.request('job/rematch', { job }, { timeout: 60_000 });
    assert.match((await rematch()).says, /no references/);
    const bonus = titles.find(({ role }) => role === 'extra')?.filed?.path ?? '';
    const before = await stat(bonus);

    await label(references.path, 3);
    const refiled = await rematch();
    assert.deepEqual([refiled.result, refiled.titles], ['refiled', ['t02', 't03', 't04']]);
    assert.equal((await station.ended(show, 2)).outcome, 'complete');
    assert.deepEqual(await station.filed(), named(4, 5, 6));
    assert.equal((await stat(bonus)).ino, before.ino);
    assert.deepEqual(station.reads(2), []);
    const { findings } = await requests.request('job/explain', { job });
    assert.match(findings?.titles[0]?.ranked[0]?.explained[0]?.says ?? '', /subtitle times agree/);
    const again = await rematch();
    assert.deepEqual([again.result, again.says], ['unchanged', 'Nothing changed']);

    const match = { kind: 'episode' as const, season: 1, episodes: [1] };
    await requests.request('job/amend', { job, assignment: [{ title: 't02', match }] });
    await station.ended(show, 3);
    assert.equal((await rematch()).result, 'unchanged');
    assert.deepEqual(await station.filed(), named(1, 5, 6));
    await label(references.path, 0);
    assert.deepEqual((await rematch()).titles, ['t03', 't04']);
    assert.equal((await station.ended(show, 4)).outcome, 'complete');
    assert.deepEqual(await station.filed(), showFiles);
    station.assertWholeStory();
  });

  it('is matched before it is filed again when the service is killed in between', async function () {
    this.timeout(90_000);
    const station = await start({ references: { folders: [references.path] } });
    const { requests, jobs } = station.observer;
    await station.insert(show);
    const { id: job } = await station.ended(show);
    await label(references.path, 3);
    const asked = requests.request('job/rematch', { job }, { timeout: 60_000 });
    asked.catch(() => undefined);
    await station.until('files to be taken back', () => jobs.get(job)?.attempt === 2);
    await station.kill();
    await station.start();
    const isOver = () => jobs.get(job)?.endedAt != null;
    const isBack = ({ blocked, titles }: JobSnapshot) =>
      blocked?.code === 'undone' && titles.filter(({ state }) => state === 'matched').length === 3;
    await station.jobWhere('taken back', (one) => one.endedAt !== null || isBack(one));
    if (!isOver()) await requests.request('job/retry', { job });
    assert.equal((await station.ended(show, 2)).outcome, 'complete');
    assert.deepEqual(await station.filed(), named(4, 5, 6));
  });
});
