import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { Response } from '../../service/contract/request.ts';
import { StationInfo } from '../../service/contract/station.ts';
import { authoredBlurayOrSkip } from '../authoring/bluray/authored-bluray.ts';
import { mosquittoVersion, startAedes, startMosquitto, type TestBroker } from '../brokers.ts';
import { acceptDefaults } from './accept-defaults.ts';
import { film, filmFiles, show, showFiles } from './sample-discs.ts';
import { retainedOn } from './station.ts';
import {
  closeStations,
  opened,
  type StationOptions,
  startStation,
  type TestStation,
} from './test-station.ts';

const login = { username: 'station', password: 'kept secret' };
const asking = { policies: { identity: 'ask', episode_order: 'ask' } };

interface Case {
  name: string;
  start: () => Promise<TestBroker>;
  options?: StationOptions;
  /** Also killed: with MQTT 5 it takes some seconds until that is said. */
  vanishes?: true;
}

const brokers: Case[] = [
  {
    name: 'mosquitto, MQTT 5',
    start: startMosquitto,
    options: { mqtt: { protocol: 5 }, client: { protocolVersion: 5 } },
    vanishes: true,
  },
  {
    name: 'mosquitto, MQTT 3.1.1',
    start: startMosquitto,
    options: { mqtt: { protocol: 4 } },
    vanishes: true,
  },
  {
    name: 'mosquitto with a login',
    start: () => startMosquitto({ login }),
    options: { mqtt: login, client: login },
  },
];

/** Two discs, from the image folder to the library, with a person who takes every default. */
async function takeTwoDiscs(station: TestStation): Promise<void> {
  const answers = acceptDefaults(station);
  await station.insert(show);
  await station.insert(film);
  const jobs = [await station.ended(show), await station.ended(film)];
  assert.deepEqual(
    jobs.map(({ state, outcome }) => `${state} ${outcome}`),
    ['completed complete', 'completed complete'],
  );
  assert.equal(await answers.stop(), 3);
  assert.equal(station.observer.reviews.size, 0);
  await station.until('no job at work', () => station.jobsState()?.running === 0);
}

async function assertArrived(station: TestStation): Promise<void> {
  assert.deepEqual(await station.filed(), [...filmFiles, ...showFiles].sort());
  const discs = () => readdir(`${station.discs}/done`).then((names) => names.length === 2);
  await station.until('both images in done/', discs);
  assert.deepEqual(await readdir(station.discs), ['done']);
  assert.deepEqual(await station.staged(), []);
}

/** What a dashboard finds that comes after everything is over. */
async function assertRetained(station: TestStation, found: Map<string, string>): Promise<void> {
  const jobs = [...station.observer.jobs.keys()].map((id) => `job/${id}/state`);
  const drive = ['attributes', 'availability', 'state'].map((level) => `drive/images/${level}`);
  assert.deepEqual(
    [...found.keys()].sort(),
    [...drive, 'info', ...jobs, 'jobs/state', 'review/queue', 'status'].sort(),
  );
  assert.equal(found.get('status'), 'online');
  assert.match(found.get('drive/images/state') ?? '', /"state":"empty"/);
  assert.match(found.get('review/queue') ?? '', /"count":0/);
  const info = StationInfo.parse(JSON.parse(found.get('info') ?? ''));
  assert.equal(info.station, station.name);
  assert.deepEqual(
    info.libraries.map(({ id }) => id),
    ['movies', 'tv'],
  );
}

/** While one disc is filed the drive shows the progress of the one that it reads. */
function assertSteadyProgress({ observer }: TestStation): void {
  for (const job of observer.jobs.keys()) {
    const shown = observer.driveStates.filter((state) => state.job === job);
    const progress = shown.flatMap((state) => state.progress ?? []);
    assert.ok(progress.length > 0);
    assert.deepEqual(
      progress,
      progress.toSorted((a, b) => a - b),
    );
  }
}

async function presence(station: TestStation, wanted: string): Promise<void> {
  const said = () => station.observer.retained.get('status') === wanted;
  await station.until(`status ${wanted}`, said);
}

describe('two discs on their way to the library', () => {
  afterEach(closeStations);

  it('arrive with the embedded broker', async function () {
    this.timeout(60_000);
    const station = await startStation(asking);
    await takeTwoDiscs(station);
    await assertArrived(station);
    assertSteadyProgress(station);
    station.assertWholeStory();
  });

  for (const { name, start, options, vanishes } of brokers)
    it(`arrive with ${name}, and it says when it comes and goes`, async function () {
      this.timeout(60_000);
      if (mosquittoVersion() === null) {
        console.log('      mosquitto is not installed: skipped');
        this.skip();
      }
      console.log(`      mosquitto ${mosquittoVersion()}`);
      const broker = await opened(start());
      const station = await startStation({ broker, ...asking, ...options });
      await takeTwoDiscs(station);
      await assertArrived(station);
      await assertRetained(
        station,
        await retainedOn(broker.url, station.observer.topics.root, options?.client),
      );
      if (vanishes) {
        await station.kill();
        await presence(station, 'offline');
        await station.start();
        await presence(station, 'online');
      }
      await station.stop();
      await presence(station, 'offline');
      station.assertWholeStory();
    });

  it('arrive as Blu-ray discs, too: one as an image of UDF 2.50, one as a folder', async function () {
    const bluray = await authoredBlurayOrSkip(this, 'series');
    const other = await authoredBlurayOrSkip(this, 'film');
    const station = await startStation();
    const { metadata } = bluray.images;
    await station.insert(metadata);
    await station.insert(other.folder);
    const jobs = [await station.ended(metadata), await station.ended(other.folder)];
    assert.deepEqual(
      jobs.map(({ disc, state, outcome }) => `${disc.kind} ${state} ${outcome}`),
      ['bluray completed complete', 'bluray completed complete'],
    );
    const [series] = jobs;
    assert.match(series?.disc.fingerprint ?? '', /^[0-9A-F]{32}$/);
    const files = await station.filed();
    const episodes = [1, 2, 3, 4].map((number) => `Small Show & Co - S01E0${number}.mkv`);
    assert.deepEqual(
      files.filter((name) => name.startsWith('Small Show')),
      episodes,
    );
    assert.ok(
      files.some((name) => name.startsWith('Le petit film')),
      files.join(),
    );
    assert.deepEqual(await station.staged(), []);
    station.assertWholeStory();
  });

  it('arrive as Blu-ray disc although the service is killed in the middle of the rip', async function () {
    const { images } = await authoredBlurayOrSkip(this, 'series');
    const broker = await opened(startAedes());
    const station = await startStation({ broker });
    await station.insert(images.metadata);
    await station.jobWhere('being ripped', ({ titles }) =>
      titles.some(({ state }) => state === 'ripping'),
    );
    await station.kill();
    await station.start();
    const job = await station.ended(images.metadata);
    assert.equal(`${job.state} ${job.outcome}`, 'completed complete');
    assert.deepEqual(await station.staged(), []);
    const episodes = (await station.filed()).filter((name) => name.includes('S01E0'));
    assert.equal(episodes.length, 4);
    station.assertWholeStory();
  });

  it('arrive although the access list forbids their events, which is said', async function () {
    this.timeout(60_000);
    if (mosquittoVersion() === null) this.skip();
    const writable = ['status', 'selftest', 'jobs/#', 'job/#', 'request/#', 'response/#'];
    const acl = [
      `user ${login.username}`,
      'topic read discflow/#',
      ...writable.map((level) => `topic readwrite discflow/+/${level}`),
    ];
    const broker = await opened(startMosquitto({ login, acl }));
    const station = await startStation({ broker, mqtt: login, client: login });
    await station.insert(film);
    const { outcome } = await station.ended(film);
    assert.equal(outcome, 'complete');
    assert.deepEqual(await station.filed(), filmFiles);
    const problem = await station.until('the problem in jobs/state', () =>
      station.jobsState()?.problems.find(({ code }) => code === 'publish-refused'),
    );
    assert.match(problem.message, /does not let this station publish on discflow\//);
    assert.match(problem.hint, /topic readwrite discflow\//);
    assert.equal(station.observer.events.length, 0);
  });

  it('are announced by a response on the topic that a request of MQTT 5 names', async function () {
    this.timeout(30_000);
    if (mosquittoVersion() === null) this.skip();
    const broker = await opened(startMosquitto());
    const client = { protocolVersion: 5 } as const;
    const station = await startStation({ broker, client });
    const { client: mqtt, topics } = station.observer;
    await mqtt.subscribeAsync('elsewhere/answers');
    const answers: unknown[] = [];
    mqtt.on('message', (topic, payload) => {
      if (topic === 'elsewhere/answers') answers.push(JSON.parse(payload.toString('utf8')));
    });
    await mqtt.publishAsync(topics.request('job/list'), '{"transaction":"one"}', {
      qos: 1,
      properties: { responseTopic: 'elsewhere/answers' },
    });
    await station.until('the answer', () => answers.length > 0);
    assert.equal(Response.parse(answers[0]).status, 'ok');
  });
});
