import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobState } from '../../service/contract/job.ts';
import { startAedes, type TestBroker } from '../brokers.ts';
import { film } from '../system/sample-discs.ts';
import { closeStations, startStation, type TestStation } from '../system/test-station.ts';

describe('a disc that stays in its drive', () => {
  let broker: TestBroker;
  before(async () => {
    broker = await startAedes();
  });
  afterEach(closeStations);
  after(() => broker.stop());

  const is =
    ({ observer }: TestStation, state: JobState) =>
    () =>
      [...observer.jobs.values()].some((job) => job.state === state);

  it('keeps its job after a restart, ended as it was, and begins anew only when put in again', async function () {
    this.timeout(60_000);
    const station = await startStation({ broker, policies: { eject: false } });
    const { observer, discs } = station;
    await station.insert(film);
    await station.until('it is read', is(station, 'ripping'));
    const [job = ''] = observer.jobs.keys();
    await observer.requests.request('job/cancel', { job });
    await station.until('it is cancelled', is(station, 'cancelled'));
    await station.kill();
    await station.start();
    await sleep(1500);
    assert.deepEqual([...observer.jobs.keys()], [job]);
    assert.equal(observer.jobs.get(job)?.state, 'cancelled');
    assert.equal(observer.driveStates.at(-1)?.job, job);
    await rename(join(discs, basename(film)), join(station.data, 'aside.iso'));
    await station.until('the drive is empty', () => observer.driveStates.at(-1)?.state === 'empty');
    await station.insert(film);
    await station.until('it arrived', is(station, 'completed'));
    assert.deepEqual([...observer.jobs.keys()], [job]);
  });
});
