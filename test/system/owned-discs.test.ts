import assert from 'node:assert/strict';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { JobSnapshot } from '../../service/contract/job.ts';
import { DriveState } from '../../service/contract/station.ts';
import { openQuestions } from '../../service/review/open-questions.ts';
import { startAedes, type TestBroker } from '../brokers.ts';
import {
  assertWholeStory,
  closeStations,
  endedJob,
  filesIn,
  film,
  filmFiles,
  jobWhere,
  show,
  startStation,
  type TestStation,
  until,
} from './test-station.ts';

/** A file that somebody has put into the film library, as Jellyfin has it. */
async function own({ library }: TestStation): Promise<string> {
  const path = join(library, 'Movies', 'Long Meridian (2019)', 'Long Meridian (2019) - DVD.mkv');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, 'a film');
  return path;
}

function questionOf(job: JobSnapshot) {
  return openQuestions(job).find(({ kind }) => kind === 'owned') ?? assert.fail('nobody is asked');
}

const isAsking = (job: JobSnapshot) =>
  job.state === 'review_needed' && openQuestions(job).some(({ kind }) => kind === 'owned');

const putBack = ({ discs }: TestStation, image: string) =>
  rename(join(discs, 'done', basename(image)), join(discs, basename(image)));

function driveOf({ observer }: TestStation): DriveState | null {
  const text = observer.retained.get('drive/images/state');
  return text === undefined ? null : DriveState.parse(JSON.parse(text));
}

describe('a disc whose film is in the library', () => {
  let broker: TestBroker;
  before(async () => {
    broker = await startAedes();
  });
  afterEach(closeStations);
  after(() => broker.stop());

  it('frees the drive while somebody is asked, and is ripped when it comes back wanted', async function () {
    this.timeout(60_000);
    const station = await startStation({ broker, policies: { answer_seconds: 0.5 } });
    const { requests } = station.observer;
    const path = await own(station);
    await station.insert(film);
    const asking = await jobWhere(station, 'asking', isAsking);
    assert.deepEqual(
      asking.owned?.files.map((file) => [file.path, file.resolution]),
      [[path, 'sd']],
    );
    assert.deepEqual(await filesIn(station.staging), []);
    await until('the drive to be empty', () => driveOf(station)?.state === 'empty', { station });
    await station.insert(show);
    assert.equal((await endedJob(station, show)).outcome, 'complete');
    await station.kill();
    await station.start();
    const { id: review, rev } = questionOf(asking);
    await requests.request('review/answer', { review, rev, answer: { choose: 'rip' } });
    const needed = await jobWhere(station, 'waiting', ({ state }) => state === 'waiting');
    assert.deepEqual([needed.id, needed.blocked?.code], [asking.id, 'disc-needed']);
    await putBack(station, film);
    const ended = await endedJob(station, film);
    assert.deepEqual(
      [ended.id, ended.outcome, ended.owned?.verdict],
      [asking.id, 'complete', 'rip'],
    );
    assertWholeStory(station);
  });

  it('is left alone when nobody wants it, now and the next time', async function () {
    this.timeout(60_000);
    const station = await startStation({ broker });
    const { requests } = station.observer;
    await own(station);
    await station.insert(film);
    const asking = await jobWhere(station, 'asking', isAsking);
    assert.equal(driveOf(station)?.state, 'waiting');
    const { id: review, rev } = questionOf(asking);
    await requests.request('review/answer', { review, rev, answer: { accept: true } });
    const ended = await endedJob(station, film);
    assert.deepEqual([ended.state, ended.outcome], ['completed', 'nothing']);
    assert.match(ended.owned?.says ?? '', /is in library "movies" already/);
    await until('the drive to be empty', () => driveOf(station)?.state === 'empty', { station });
    await putBack(station, film);
    const again = await endedJob(station, film, 2);
    assert.deepEqual(
      [again.id, again.outcome, again.owned?.decidedBy],
      [ended.id, 'nothing', 'remembered'],
    );
    await requests.request('job/retry', { job: ended.id });
    await jobWhere(station, 'waiting', ({ blocked }) => blocked?.code === 'disc-needed');
    await putBack(station, film);
    assert.equal((await endedJob(station, film, 3)).outcome, 'complete');
    assertWholeStory(station);
  });

  it('is asked about when it arrived itself before, and ripped again if it is wanted', async function () {
    this.timeout(60_000);
    const station = await startStation({ broker, policies: { duplicate_disc: 'ask' } });
    const { requests } = station.observer;
    await station.insert(film);
    const first = await endedJob(station, film);
    assert.deepEqual(await filesIn(station.library), filmFiles);
    await station.insert(film, 'the same.iso');
    const asking = await jobWhere(station, 'asking', isAsking);
    assert.deepEqual([asking.owned?.by, asking.owned?.job], ['disc', first.id]);
    const { id: review, rev } = questionOf(asking);
    await requests.request('review/answer', { review, rev, answer: { choose: 'rip' } });
    assert.equal((await endedJob(station, 'the same.iso')).outcome, 'complete');
    assertWholeStory(station);
  });
});

describe('a drive that was told what comes next', () => {
  let broker: TestBroker;
  before(async () => {
    broker = await startAedes();
  });
  afterEach(closeStations);
  after(() => broker.stop());

  it('takes it for the next disc alone, also over a kill, and asks nothing about that', async function () {
    this.timeout(60_000);
    const station = await startStation({ broker, policies: { identity: 'ask' } });
    const { requests } = station.observer;
    const said = { drive: 'images', identity: { title: 'Meridian, Ho!', year: 1931 } };
    await requests.request('drive/arm', said);
    const isArmed = () => driveOf(station)?.armed === 'Meridian, Ho! (1931)';
    await until('the drive to say so', isArmed, { station });
    await station.kill();
    await station.start();
    await station.insert(film);
    const job = await endedJob(station, film);
    const { title, year, kind, decidedBy } = job.identity ?? {};
    assert.deepEqual([title, year, kind, decidedBy], ['Meridian, Ho!', 1931, 'movie', 'person']);
    assert.deepEqual(job.questions, []);
    await until('nothing to be announced', () => driveOf(station)?.armed === null, { station });
    await station.insert(show);
    await jobWhere(station, 'asking', ({ questions }) => questions.length > 0);
  });

  it('refuses what it cannot be told, and forgets on demand', async function () {
    this.timeout(30_000);
    const { observer } = await startStation({ broker });
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
