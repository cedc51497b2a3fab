import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobEvent } from '../../service/contract/event.ts';
import type { JobSnapshot } from '../../service/contract/job.ts';
import { until } from '../system/until.ts';
import { scratchIn } from './discs.ts';
import { type Scene, type SceneDrive, setScene } from './scene.ts';

/** An emulated processor is ten times slower, and tests of other things may run beside. */
const LIMIT_MS = 180_000;
/** Longer than everything that a drive, the kernel or udev does late. */
const QUIET_MS = 7_000;
const SLOW = { bytesPerSecond: 250_000 };

describe('real discs in optical drives', function () {
  this.timeout(4 * LIMIT_MS);
  let scene: Scene;

  before(async function () {
    scene = await setScene(this);
  });
  afterEach(async function () {
    if (scene) await scene.log.print(`${this.currentTest?.title}: ${this.currentTest?.state}`);
    if (this.currentTest?.state !== 'failed') return;
    console.log(jobs().map(({ disc, state, blocked, error }) => ({ disc, state, blocked, error })));
    console.log(await scene.station.said());
  });
  after(async () => {
    scene?.log.printDelays();
    await scene?.end();
  });

  const wait = <T>(
    what: string,
    look: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  ) => until(what, look, { limitMs: LIMIT_MS });
  const jobs = () => [...scene.station.observer.jobs.values()];
  const job = (label: string, holds: (job: JobSnapshot) => boolean = () => true) =>
    wait(`the job of ${label}`, () =>
      jobs().find((each) => each.disc.label === label && holds(each)),
    );
  const ended = (label: string, attempt = 1) =>
    job(label, (each) => each.endedAt !== null && each.attempt >= attempt);
  /** What the station said of a job, each transition once. */
  const eventsOf = ({ id }: JobSnapshot): JobEvent[] =>
    scene.station.observer.events.filter((event) => event.job === id && event.replayed !== true);
  const states = (events: readonly JobEvent[]) =>
    events.flatMap(({ event_type, to }) => (event_type === 'job-state' ? to : []));
  const titleStates = (events: readonly JobEvent[], id: string) =>
    events.flatMap(({ event_type, title, to }) =>
      event_type === 'title-state' && title === id ? to : [],
    );
  const trayOpens = ({ trayIsOpen, id }: SceneDrive) => wait(`${id}: an open tray`, trayIsOpen);
  const stateOf = ({ id }: SceneDrive) => {
    const said = scene.station.observer.retained.get(`drive/${id}/state`);
    return said === undefined ? undefined : JSON.parse(said).state;
  };

  it('a disc goes the whole way to the library, once, and is let out', async () => {
    const { left, discs, station } = scene;
    await left.lay(discs.morning);
    const { id, outcome } = await ended(discs.morning.label);
    assert.equal(outcome, 'complete');
    await trayOpens(left);
    const [first, ...others] = jobs();
    assert.deepEqual(others, []);
    assert.equal(first?.id, id);
    const events = eventsOf(first);
    assert.equal(events.filter(({ event_type }) => event_type === 'job-created').length, 1);
    assert.deepEqual(states(events), [
      'identifying',
      'ripping',
      'matching',
      'organizing',
      'completed',
    ]);
    assert.deepEqual(
      await station.libraryFiles(),
      [1, 2, 3].map((n) => `Morning Show - S01E0${n}.mkv`),
    );
    assert.deepEqual(station.observer.faults, []);
  });

  it('the tray stays open while the service looks, and a disc that it takes back in is left alone', async () => {
    const { left, station } = scene;
    const before = station.observer.events.length;
    await station.discflow('drives');
    await sleep(QUIET_MS);
    assert.equal(await left.trayIsOpen(), true);
    await left.pushTray();
    await wait('a disc that is left alone', () => stateOf(left) === 'waiting');
    await sleep(QUIET_MS);
    assert.deepEqual(station.observer.events.slice(before), []);
    assert.equal(jobs().length, 1);
  });

  it('after an eject by command the next disc is taken at once', async () => {
    const { left, discs, station } = scene;
    await station.discflow('eject left');
    assert.equal(await left.trayIsOpen(), true);
    await left.lay(discs.spring);
    assert.equal((await ended(discs.spring.label)).outcome, 'complete');
    await trayOpens(left);
  });

  it('a slow disc pulled out in mid-read goes on where it was, in another drive', async () => {
    const { left, right, discs, station } = scene;
    const { label } = discs.noon;
    await left.lay(discs.noon, SLOW);
    await job(label, ({ titles }) => titles[0]?.state === 'ripped');
    const eject = station.observer.requests.request('drive/eject', { drive: 'left' });
    await assert.rejects(eject, { code: 'drive-busy' });
    await left.pull();
    const { id, titles } = await ended(label);
    const missing = titles.filter(({ state }) => state === 'failed');
    assert.ok(missing.length > 0);
    for (const { error } of missing) assert.equal(error?.code, 'disc-removed');
    const before = station.observer.events.length;
    await right.lay(discs.noon);
    await job(label, ({ outcome, endedAt }) => outcome === 'complete' && endedAt !== null);
    const after = station.observer.events.slice(before).filter((event) => event.job === id);
    for (const title of titles) {
      const read = titleStates(after, title.id).filter((to) => to === 'ripping').length;
      assert.equal(read, missing.includes(title) ? 1 : 0, `${title.id} was read ${read} times`);
    }
    await trayOpens(right);
  });

  it('a scratch costs one title, and nothing of the disc in the other drive', async () => {
    const { left, right, discs } = scene;
    await left.lay(discs.evening, { badSectors: await scratchIn(discs.evening, 2) });
    await right.lay(discs.winter);
    const [scratched, sound] = [await ended(discs.evening.label), await ended(discs.winter.label)];
    assert.equal(sound.outcome, 'complete');
    assert.equal(scratched.outcome, 'partial');
    assert.deepEqual(
      scratched.titles.map(({ state }) => state),
      ['completed', 'failed', 'completed'],
    );
    await trayOpens(left);
    await trayOpens(right);
  });

  it('the eject button works on a disc that somebody has mounted', async () => {
    const { left, discs, machine } = scene;
    const { label } = discs.night;
    await left.lay(discs.night, SLOW);
    // Before anything is ripped: beside a rip from a slow disc it could take until that has ended.
    await machine.run(
      'mkdir -p /mnt/disc && until mount -o ro /dev/sr0 /mnt/disc; do sleep 1; done',
    );
    await job(label, (each) => each.titles.some(({ state }) => state === 'ripping'));
    await left.pressButton().catch(() => undefined);
    await trayOpens(left);
    await wait('an empty drive', () => ['empty', 'open'].includes(stateOf(left)));
    // Whoever let the disc out may have unmounted it.
    await machine.run('umount /mnt/disc 2>/dev/null || true');
    await left.lay(discs.night);
    assert.equal((await job(label, (each) => each.outcome === 'complete')).state, 'completed');
    await trayOpens(left);
  });

  it('one disc in both drives is read once, the other waits', async () => {
    const { left, right, discs } = scene;
    const { label } = discs.summer;
    await left.lay(discs.summer, SLOW);
    await job(label, (each) => each.state === 'ripping');
    await right.lay(discs.summer);
    await wait('a waiting drive', () => stateOf(right) === 'waiting');
    const { outcome, drive } = await ended(label);
    assert.equal(outcome, 'complete');
    assert.equal(drive, 'left');
    await trayOpens(left);
    await trayOpens(right);
    const read = jobs().filter((each) => each.disc.label === label && each.owned === null);
    assert.equal(read.length, 1);
  });

  it('a drive that is plugged in later is used, and one that vanishes takes its disc with it', async () => {
    const { discs, station, plugInAnother } = scene;
    const { label } = discs.autumn;
    const third = await plugInAnother();
    await third.lay(discs.autumn, SLOW);
    const { drive } = await job(label, (each) => each.state === 'ripping');
    assert.ok(!['left', 'right'].includes(drive));
    const availability = () => station.observer.retained.get(`drive/${drive}/availability`);
    assert.equal(availability(), 'online');
    await third.unplug();
    await wait('a drive that is not available', () => availability() === 'offline');
    await job(label, ({ state }) => state !== 'ripping');
  });

  it('without udev discs are seen by polling, and drives are known by their ports', async () => {
    const { left, discs, station, machine } = scene;
    await station.stop();
    await machine.run(`
      kill $(pidof systemd-udevd); rm -rf /run/udev
      echo 0 >/sys/module/block/parameters/events_dfl_poll_msecs`);
    await station.start();
    await left.lay(discs.autumn);
    const { drive } = await job(discs.autumn.label, ({ outcome }) => outcome === 'complete');
    assert.equal(drive, 'left');
    await trayOpens(left);
  });
});
