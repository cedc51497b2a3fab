import assert from 'node:assert/strict';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobSnapshot } from '../../service/contract/job.ts';
import { StationInfo } from '../../service/contract/station.ts';
import { type OpticalStation, startOpticalStation } from './optical-station.ts';
import { film, filmFiles, show } from './sample-discs.ts';
import { filesIn } from './told.ts';
import { until } from './until.ts';

describe('a station with optical drives', function () {
  this.timeout(90_000);
  let station: OpticalStation;
  before(function () {
    if (process.platform !== 'linux') this.skip();
  });
  afterEach(() => station?.stop());

  const jobs = () => [...station.observer.jobs.values()];
  const jobOf = (label: string, holds: (job: JobSnapshot) => boolean = () => true) =>
    until(
      `a job of ${label} as wanted; there are ${JSON.stringify(jobs().map(({ disc, state, error }) => [disc, state, error]))}`,
      () => jobs().find((job) => job.disc.label === label && holds(job)),
      { limitMs: 60_000 },
    );
  const hasEnded = ({ endedAt }: JobSnapshot) => endedAt !== null;
  const isEmpty = (number: number) => () => station.state(number)?.state === 'empty';

  it('takes a disc to the library, lets it out, and takes the next one at once', async () => {
    station = await startOpticalStation(1);
    await station.insert(0, film, 'LONG_MERIDIAN');
    const job = await jobOf('LONG_MERIDIAN', hasEnded);
    assert.deepEqual([job.outcome, job.drive], ['complete', station.id(0)]);
    await until('it is out', isEmpty(0), { limitMs: 20_000 });
    assert.deepEqual(await filesIn(join(station.library, 'Movies')), filmFiles);
    await station.insert(0, show, 'HARBOUR_LIGHTS');
    await until('the next one', () => jobs().length === 2, { limitMs: 20_000 });
    assert.deepEqual(station.observer.faults, []);
    const ejects = (await station.system.calls()).filter((call) => call.startsWith('eject'));
    assert.deepEqual(ejects, ['eject sr0']);
  });

  it('leaves a disc alone whose tray closed by itself', async () => {
    station = await startOpticalStation(1);
    await station.insert(0, film, 'LONG_MERIDIAN');
    await jobOf('LONG_MERIDIAN', hasEnded);
    await until('it is out', isEmpty(0), { limitMs: 20_000 });
    await station.insert(0, film, 'LONG_MERIDIAN');
    await until('it is back', () => station.state(0)?.state === 'waiting');
    await sleep(1500);
    assert.equal(jobs().length, 1);
    assert.equal(station.state(0)?.disc, 'LONG_MERIDIAN');
  });

  const untouched: Record<string, [Record<string, string>, string, RegExp]> = {
    'a music CD': [
      { ID_CDROM_MEDIA_CD_R: '1', ID_CDROM_MEDIA_TRACK_COUNT_AUDIO: '12' },
      'Audio CD',
      /^This is a music CD/,
    ],
    'a blank disc': [
      { ID_CDROM_MEDIA_DVD_R: '1', ID_CDROM_MEDIA_STATE: 'blank' },
      'Blank disc',
      /^The disc is blank/,
    ],
  };
  for (const [name, [media, label, message]] of Object.entries(untouched))
    it(`recognises ${name}, says so, and lets it out without opening it`, async () => {
      station = await startOpticalStation(1);
      // A folder instead of a device would be taken for a disc by whatever opens it.
      const device = join(station.system.root, 'dev/sr0');
      await rm(device);
      await mkdir(join(device, 'VIDEO_TS'), { recursive: true });
      await station.system.tell(0, { ID_CDROM_MEDIA: '1', ...media });
      const job = await jobOf(label, hasEnded);
      assert.deepEqual([job.state, job.outcome], ['completed', 'nothing']);
      assert.match(job.error?.message ?? '', message);
      await until('it is out', isEmpty(0), { limitMs: 20_000 });
    });

  it('reads a disc that is in two drives once; the second waits and is let out', async () => {
    station = await startOpticalStation(2);
    await station.insert(0, film, 'LONG_MERIDIAN');
    await jobOf('LONG_MERIDIAN');
    await station.insert(1, film, 'LONG_MERIDIAN');
    await until('the second one waits', () => station.state(1)?.state === 'waiting');
    await jobOf('LONG_MERIDIAN', (job) => hasEnded(job) && job.owned === null);
    await until('both are out', () => isEmpty(0)() && isEmpty(1)(), { limitMs: 30_000 });
    assert.deepEqual(await filesIn(join(station.library, 'Movies')), filmFiles);
  });

  it('announces drives that come and go while it runs, under a name of their own', async () => {
    station = await startOpticalStation(0);
    await station.system.plug(3);
    const said = (level: string) => station.observer.retained.get(level);
    const id = await until('it is announced', () => {
      const info = said('info');
      return info && StationInfo.parse(JSON.parse(info)).drives[0]?.id;
    });
    assert.match(id, /^bd-re-16x-[0-9a-f]{6}$/);
    const first = await until('it is said to be there', () => said(`drive/${id}/availability`));
    assert.equal(first, 'online');
    assert.deepEqual(
      station.observer.driveStates.flatMap(({ problem }) => problem ?? []),
      [],
      'a drive that is there is never said to be unplugged',
    );
    await station.system.unplug(3);
    await until('it is gone', () => said(`drive/${id}/availability`) === 'offline');
    await station.system.plug(5, { ID_SERIAL_SHORT: 'K1AB3' });
    await until('it is back', () => said(`drive/${id}/availability`) === 'online');
    assert.match(said(`drive/${id}/attributes`) ?? '', /dev\/sr5"/);
  });

  it('keeps the disc and says who holds it when it does not come out', async () => {
    station = await startOpticalStation(1);
    await station.system.mount(0, '/media/film');
    await station.system.set('mounted');
    await station.insert(0, film, 'LONG_MERIDIAN');
    await until('it is in', () => station.state(0)?.disc === 'LONG_MERIDIAN', { limitMs: 20_000 });
    await jobOf('LONG_MERIDIAN', hasEnded);
    const problem = await until(
      'the problem is shown',
      () =>
        /"eject-failed".*?it is mounted at \/media\/film/.exec(
          station.observer.retained.get('jobs/state') ?? '',
        ),
      { limitMs: 60_000 },
    );
    assert.ok(problem);
    await station.system.clear('mounted');
    await station.system.mount(0, null);
    await station.observer.requests.request('drive/eject', { drive: station.id(0) });
    await until('it is out', isEmpty(0), { limitMs: 20_000 });
  });

  it('takes a disc that stayed in over a restart for the same, and one that was exchanged for another', async () => {
    station = await startOpticalStation(1, {
      policies: { claim_seconds: 0, identity: 'accept', eject: false },
    });
    await station.insert(0, film, 'LONG_MERIDIAN');
    const { id } = await jobOf('LONG_MERIDIAN', hasEnded);
    await station.restart();
    await until('it is in', () => station.state(0)?.job === id);
    assert.equal(jobs().length, 1);
  });
});
