import assert from 'node:assert/strict';
import { mosquittoVersion, startAedes, startMosquitto, type TestBroker } from '../brokers.ts';
import { film, filmFiles, show, showFiles } from './sample-discs.ts';
import { distinctSeqs, retainedOn } from './station.ts';
import { closeStations, opened, startStation, type TestStation } from './test-station.ts';

/** The station's last event is the end of its job: then nothing is under way any more. */
async function allHeard(station: TestStation, jobs: number): Promise<void> {
  const ejected = () =>
    distinctSeqs(station.observer.events.filter(({ event_type }) => event_type === 'disc-ejected'))
      .length === jobs;
  const ended = () => [...station.observer.jobs.values()].every(({ endedAt }) => endedAt !== null);
  await station.until('every event', () => ejected() && ended());
}

async function assertRetained(station: TestStation, broker: TestBroker): Promise<void> {
  const complete = async () => {
    const found = await retainedOn(broker.url, station.observer.topics.root);
    const wanted = ['info', 'status', 'jobs/state', 'drive/images/state', 'review/queue'];
    const jobs = [...station.observer.jobs.keys()].map((id) => `job/${id}/state`);
    return [...wanted, ...jobs].every((topic) => found.has(topic));
  };
  await station.until('every retained topic to be back', complete);
}

describe('a broker', () => {
  afterEach(closeStations);

  for (const { name, start } of [
    { name: 'aedes', start: () => startAedes() },
    { name: 'mosquitto', start: () => startMosquitto() },
  ])
    it(`(${name}) that is killed in mid-rip loses no event, and has every state again`, async function () {
      this.timeout(60_000);
      if (name === 'mosquitto' && mosquittoVersion() === null) this.skip();
      const broker = await opened(start());
      const station = await startStation({ broker });
      await station.insert(show);
      await station.insert(film);
      const reading = () => station.observer.events.some(({ to }) => to === 'ripping');
      await station.until('a title to be read', reading);
      await broker.restart();
      assert.equal((await station.ended(show)).outcome, 'complete');
      assert.equal((await station.ended(film)).outcome, 'complete');
      await allHeard(station, 2);
      assert.deepEqual(await station.filed(), [...filmFiles, ...showFiles].sort());
      await assertRetained(station, broker);
      station.assertWholeStory();
    });

  it('that is away at the start, and the whole time of a job, gets every event later', async function () {
    this.timeout(60_000);
    // No event is accepted before the observer listens again.
    let observing = false;
    const allows = async (topic: string) => {
      if (topic.endsWith('/event')) while (!observing) await new Promise(setImmediate);
      return true;
    };
    const broker = await opened(startAedes({ allows }));
    try {
      const station = await startStation({ broker });
      const { client } = station.observer;
      await station.stop();
      await broker.kill();
      await station.start({ connected: false });
      await station.insert(film);
      const arrived = async () => (await station.filed()).length === filmFiles.length;
      await station.until('the files', arrived);
      await broker.restart();
      await station.until('the observer', () => client.connected);
      await client.subscribeAsync(`${station.observer.topics.root}/#`, { qos: 1 });
      observing = true;
      assert.equal((await station.ended(film)).outcome, 'complete');
      await allHeard(station, 1);
      await assertRetained(station, broker);
      station.assertWholeStory();
      assert.ok(station.observer.events.every(({ replayed }) => replayed));
    } finally {
      observing = true;
    }
  });
});
