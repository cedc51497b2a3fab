import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DriveSighting } from '../../../../service/drives/optical/platform.ts';
import { until } from '../../../system/until.ts';
import { dvdMedia, FakeSystem, files } from './fake-system.ts';

describe('watching drives under Linux', () => {
  let system: FakeSystem;
  let watch: { stop(): Promise<void> } | undefined;
  let told: string[];
  let last: Map<string, DriveSighting>;

  beforeEach(function () {
    if (process.platform !== 'linux') this.skip();
    [told, last] = [[], new Map()];
  });
  afterEach(async () => {
    await watch?.stop();
    watch = undefined;
    await system?.remove();
  });

  async function begin(pollMs = 50): Promise<void> {
    watch = await system.platform(pollMs).watch({
      seen: (sighting) => {
        last.set(sighting.name, sighting);
        told.push(`${sighting.name} ${words(sighting)}`);
      },
      gone: (name) => told.push(`${name} gone`),
      troubled: (problem) => told.push(`trouble ${problem?.message}`),
    });
  }

  function words({ content }: DriveSighting): string {
    return content.state === 'loaded'
      ? `${content.media.type} ${content.media.label}`
      : content.state;
  }

  const hears = (line: string, limitMs = 8000) =>
    until(`"${line}" among ${told.join(', ')}`, () => told.includes(line), { limitMs });

  it('tells of the drives that are there before it resolves', async () => {
    system = await FakeSystem.create();
    await system.plug(0);
    await system.plug(1);
    await begin();
    assert.deepEqual(told, ['sr0 empty', 'sr1 empty']);
    assert.deepEqual(last.get('sr1')?.hardware, {
      serial: 'K1AB1',
      bridgeSerial: null,
      port: 'pci-0000:00:17.0-ata-4',
      vendor: 'ACME',
      model: 'BD-RE 16X',
      revision: '1.02',
    });
    assert.equal(last.get('sr1')?.passThrough, join(system.root, 'dev/sg2'));
  });

  it('hears of discs by the events of udev, not by looking', async () => {
    system = await FakeSystem.create();
    await system.plug(0);
    await begin(60_000);
    await system.listening();
    await system.tell(0, dvdMedia);
    await system.tell(0, { ...dvdMedia, ...files('LONG MERIDIAN') });
    await hears('sr0 dvd LONG MERIDIAN');
    await system.tell(0, {});
    await until('it is empty', () => told.at(-1) === 'sr0 empty');
    assert.deepEqual(told, ['sr0 empty', 'sr0 dvd null', 'sr0 dvd LONG MERIDIAN', 'sr0 empty']);
  });

  it('sees by looking what no event tells, as in containers', async () => {
    system = await FakeSystem.create(['cdrom_id']);
    await system.plug(0);
    await begin();
    await system.writeRecord(0, { ...dvdMedia, ...files('FILM') });
    await hears('sr0 dvd FILM');
    assert.deepEqual(await system.calls(), []);
  });

  it('hears of drives that come, go and change their number', async () => {
    system = await FakeSystem.create();
    await begin();
    await system.plug(0);
    await hears('sr0 empty');
    await system.unplug(0);
    await system.plug(1, { ID_SERIAL_SHORT: 'K1AB0' });
    await hears('sr1 empty');
    assert.ok(told.indexOf('sr0 gone') < told.indexOf('sr1 empty') || told.includes('sr0 gone'));
    assert.equal(last.get('sr1')?.hardware.serial, 'K1AB0');
  });

  it('starts udevadm again when it dies, and misses nothing in between', async function () {
    this.timeout(15_000);
    system = await FakeSystem.create();
    await system.plug(0);
    await system.set('crash');
    await begin(60_000);
    await system.writeRecord(0, { ...dvdMedia, ...files('MISSED') });
    await system.clear('crash');
    await hears('sr0 dvd MISSED', 12_000);
    await system.listening();
    await system.tell(0, {});
    await until('it is empty', () => told.at(-1) === 'sr0 empty', { limitMs: 12_000 });
  });

  it('asks the drive itself where there is no udev, and again while nothing is known', async function () {
    this.timeout(20_000);
    system = await FakeSystem.create(['cdrom_id', 'blkid']);
    await system.plug(0, {}, { udev: false });
    await system.answer(0, {});
    await begin();
    await hears('sr0 empty');
    await system.answer(0, dvdMedia, files('FROM DRIVE'));
    await hears('sr0 dvd FROM DRIVE', 12_000);
    const calls = await system.calls();
    assert.ok(calls.includes('cdrom_id sr0') && calls.includes('blkid -p -o udev sr0'));
  });

  it('leaves a drive in peace that is being read', async function () {
    this.timeout(20_000);
    system = await FakeSystem.create(['cdrom_id', 'blkid']);
    await system.plug(0, {}, { udev: false });
    await system.answer(0, dvdMedia, files('FILM'));
    const stat = join(system.root, 'sys/block/sr0/stat');
    let read = 0;
    const reading = setInterval(() => void writeFile(stat, `${read++} 0 0\n`), 20);
    try {
      await begin(400);
      await hears('sr0 dvd FILM', 8000);
      const before = (await system.calls()).length;
      await new Promise((resolve) => setTimeout(resolve, 6500));
      assert.equal((await system.calls()).length, before);
    } finally {
      clearInterval(reading);
    }
  });

  it('never opens an audio CD or an open tray with what would read it', async () => {
    system = await FakeSystem.create(['cdrom_id', 'blkid']);
    await system.plug(0, {}, { udev: false });
    await system.answer(0, {
      ID_CDROM_MEDIA: '1',
      ID_CDROM_MEDIA_CD: '1',
      ID_CDROM_MEDIA_TRACK_COUNT_AUDIO: '11',
    });
    await begin();
    await hears('sr0 cd null');
    assert.deepEqual(await system.calls(), ['cdrom_id sr0']);
  });

  it('holds up no drive by one that does not answer', async function () {
    this.timeout(15_000);
    system = await FakeSystem.create(['cdrom_id']);
    await system.set('hang');
    await system.plug(0, {}, { udev: false });
    await system.plug(1);
    await begin();
    await system.writeRecord(1, { ...dvdMedia, ...files('OTHER') });
    await hears('sr1 dvd OTHER', 3000);
  });

  it('leaves nobody behind who waits for an answer when it is stopped', async function () {
    this.timeout(15_000);
    system = await FakeSystem.create(['cdrom_id']);
    await system.set('hang');
    await system.plug(0, {}, { udev: false });
    await begin();
    await until('the drive is asked', async () => (await system.calls()).length > 0);
    await watch?.stop();
    assert.deepEqual(await system.children(), []);
  });

  it('needs no udevadm on a machine without drives', async () => {
    system = await FakeSystem.create();
    await begin();
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.deepEqual(told, []);
    const running = await readFile('/proc/self/task/self/children', 'utf8').catch(() => '');
    assert.ok(!running.includes('udevadm'));
  });

  it('believes the drive when udev and the kernel contradict each other for long', async function () {
    this.timeout(30_000);
    system = await FakeSystem.create(['cdrom_id', 'blkid']);
    await system.plug(0);
    await begin();
    await system.answer(0, dvdMedia, files('FROZEN UDEV'));
    await system.measure(0, 8_000_000);
    await hears('sr0 dvd FROZEN UDEV', 20_000);
  });
});
