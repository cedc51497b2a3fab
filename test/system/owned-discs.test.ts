import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { JobSnapshot } from '../../service/contract/job.ts';
import { openQuestions } from '../../service/review/open-questions.ts';
import { film, filmFiles, show } from './sample-discs.ts';
import { stationsOnOneBroker, type TestStation } from './test-station.ts';

/** A file that somebody has put into the film library, as Jellyfin has it. */
async function own({ library }: TestStation): Promise<string> {
  const path = join(library, 'Movies', 'Long Meridian (2019)', 'Long Meridian (2019) - DVD.mkv');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, 'a film');
  return path;
}

const isAsking = (job: JobSnapshot) =>
  job.state === 'review_needed' && openQuestions(job).some(({ kind }) => kind === 'owned');

describe('a disc whose film is in the library', () => {
  const start = stationsOnOneBroker();

  it('frees the drive while somebody is asked, and is ripped when it comes back wanted', async function () {
    this.timeout(60_000);
    const station = await start({ policies: { answer_seconds: 0.5 } });
    const path = await own(station);
    await station.insert(film);
    const asking = await station.jobWhere('asking', isAsking);
    assert.deepEqual(
      asking.owned?.files.map((file) => [file.path, file.resolution]),
      [[path, 'sd']],
    );
    assert.deepEqual(await station.staged(), []);
    await station.until('the drive to be empty', () => station.driveState()?.state === 'empty');
    await station.insert(show);
    assert.equal((await station.ended(show)).outcome, 'complete');
    await station.kill();
    await station.start();
    await station.answer(asking, 'owned', { choose: 'rip' });
    const needed = await station.jobWhere('waiting', ({ state }) => state === 'waiting');
    assert.deepEqual([needed.id, needed.blocked?.code], [asking.id, 'disc-needed']);
    await station.putBack(film);
    const ended = await station.ended(film);
    assert.deepEqual(
      [ended.id, ended.outcome, ended.owned?.verdict],
      [asking.id, 'complete', 'rip'],
    );
    station.assertWholeStory();
  });

  it('is left alone when nobody wants it, now and the next time', async function () {
    this.timeout(60_000);
    const station = await start();
    const { requests } = station.observer;
    await own(station);
    await station.insert(film);
    const asking = await station.jobWhere('asking', isAsking);
    assert.equal(station.driveState()?.state, 'waiting');
    await station.answer(asking, 'owned', { accept: true });
    const ended = await station.ended(film);
    assert.deepEqual([ended.state, ended.outcome], ['completed', 'nothing']);
    assert.match(ended.owned?.says ?? '', /is in library "movies" already/);
    await station.until('the drive to be empty', () => station.driveState()?.state === 'empty');
    await station.putBack(film);
    const again = await station.ended(film, 2);
    assert.deepEqual(
      [again.id, again.outcome, again.owned?.decidedBy],
      [ended.id, 'nothing', 'remembered'],
    );
    await requests.request('job/retry', { job: ended.id });
    await station.jobWhere('waiting', ({ blocked }) => blocked?.code === 'disc-needed');
    await station.putBack(film);
    assert.equal((await station.ended(film, 3)).outcome, 'complete');
    station.assertWholeStory();
  });

  it('is asked about when it arrived itself before, and ripped again if it is wanted', async function () {
    this.timeout(60_000);
    const station = await start({ policies: { duplicate_disc: 'ask' } });
    await station.insert(film);
    const first = await station.ended(film);
    assert.deepEqual(await station.filed(), filmFiles);
    await station.insert(film, 'the same.iso');
    const asking = await station.jobWhere('asking', isAsking);
    assert.deepEqual([asking.owned?.by, asking.owned?.job], ['disc', first.id]);
    await station.answer(asking, 'owned', { choose: 'rip' });
    assert.equal((await station.ended('the same.iso')).outcome, 'complete');
    station.assertWholeStory();
  });
});

describe('a drive that was told what comes next', () => {
  const start = stationsOnOneBroker();

  it('takes it for the next disc alone, also over a kill, and asks nothing about that', async function () {
    this.timeout(60_000);
    const station = await start({ policies: { identity: 'ask' } });
    const { requests } = station.observer;
    const said = { drive: 'images', identity: { title: 'Meridian, Ho!', year: 1931 } };
    await requests.request('drive/arm', said);
    const isArmed = () => station.driveState()?.armed === 'Meridian, Ho! (1931)';
    await station.until('the drive to say so', isArmed);
    await station.kill();
    await station.start();
    await station.insert(film);
    const job = await station.ended(film);
    const { title, year, kind, decidedBy } = job.identity ?? {};
    assert.deepEqual([title, year, kind, decidedBy], ['Meridian, Ho!', 1931, 'movie', 'person']);
    assert.deepEqual(job.questions, []);
    await station.until('nothing to be announced', () => station.driveState()?.armed === null);
    await station.insert(show);
    await station.jobWhere('asking', ({ questions }) => questions.length > 0);
  });

  it('refuses what it cannot be told, and forgets on demand', async function () {
    this.timeout(30_000);
    const { observer } = await start();
    const { requests } = observer;
    const arm = (body: object) =>
      requests.request('drive/arm', { drive: 'images', identity: null, ...body });
    await assert.rejects(arm({ drive: 'other', identity: {} }), { code: 'unknown-drive' });
    await assert.rejects(arm({ identity: {} }), { code: 'bad-request' });
    await assert.rejects(arm({ identity: { title: 'x' }, library: 'none' }), {
      code: 'unknown-library',
    });
    await assert.rejects(arm({ identity: { title: 'x' }, loaded: true }), {
      code: 'not-possible-now',
    });
    await arm({ identity: { title: 'One' } });
    const { armed } = await arm({ identity: { title: 'Two' }, add: true });
    assert.deepEqual(
      armed.map(({ identity }) => identity.title),
      ['One', 'Two'],
    );
    assert.deepEqual((await arm({})).armed, []);
  });
});
