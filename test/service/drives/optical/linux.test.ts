import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findContainer } from '../../../../service/drives/optical/linux/container.ts';
import {
  findHolders,
  parseMounts,
} from '../../../../service/drives/optical/linux/drive-holders.ts';
import { missingRight } from '../../../../service/drives/optical/linux/drive-rights.ts';
import type { DriveSighting } from '../../../../service/drives/optical/platform.ts';
import { dvdMedia, FakeSystem, files } from './fake-system.ts';

const { signal } = new AbortController();

describe('optical drives under Linux', () => {
  let system: FakeSystem;
  beforeEach(async function () {
    if (process.platform !== 'linux') this.skip();
    system = await FakeSystem.create();
    await system.plug(0);
  });
  afterEach(() => system?.remove());

  const only = async (): Promise<DriveSighting> =>
    (await system.platform().list())[0] ?? assert.fail('no drive');

  it('are listed with what is in them', async () => {
    await system.tell(0, { ...dvdMedia, ...files('FILM') });
    await system.measure(0, 8_000_000);
    const { device, content } = await only();
    assert.equal(device, join(system.root, 'dev/sr0'));
    assert.equal(content.state === 'loaded' && content.media.bytes, 4_096_000_000);
  });

  it('are listed in the order of their numbers, also those that only take commands', async () => {
    for (const number of [10, 2]) await system.plug(number);
    const bare = join(system.root, 'sys/class/scsi_generic/sg9/device');
    await mkdir(bare, { recursive: true });
    await writeFile(join(bare, 'type'), '5\n');
    const drives = await system.platform().list();
    assert.deepEqual(
      drives.map(({ name }) => name),
      ['sr0', 'sr2', 'sr10', 'sg9'],
    );
    assert.match(drives[3]?.problem?.message ?? '', /lacks the driver "sr_mod"/);
  });

  it('say themselves what is in them when they are looked at closely', async () => {
    await system.tell(0, { ...dvdMedia, ...files('TAKEN OUT') });
    await system.answer(0, {});
    assert.equal((await system.platform().look('sr0'))?.content.state, 'empty');
    await system.answer(0, dvdMedia);
    const seen = await system.platform().look('sr0');
    assert.equal(seen?.content.state === 'loaded' && seen.content.media.label, 'TAKEN OUT');
    assert.equal(await system.platform().look('sr5'), null);
  });

  it('open by eject', async () => {
    await system.tell(0, dvdMedia);
    await system.platform().eject(await only(), { force: false, signal });
    assert.equal((await only()).content.state, 'empty');
    assert.deepEqual(await system.calls(), ['eject sr0']);
  });

  it('open by force after they are unlocked, through the device for commands', async () => {
    await system.tell(0, dvdMedia);
    await system.set('locked');
    await assert.rejects(system.platform().eject(await only(), { force: false, signal }), {
      code: 'eject-failed',
      message: /sr0 did not open: eject ended with exit code 1: eject: unable to eject$/,
    });
    await system.platform().eject(await only(), { force: true, signal });
    assert.equal((await only()).content.state, 'empty');
    const calls = await system.calls();
    assert.deepEqual(calls.slice(1), ['eject -i off sr0', 'sg_prevent --allow sg1', 'eject sr0']);
  });

  it('are not waited for when the service ends', async () => {
    await system.set('hang');
    const stop = new AbortController();
    const opening = system.platform().eject(await only(), { force: true, signal: stop.signal });
    setTimeout(() => stop.abort(), 200);
    await assert.rejects(opening, { code: 'cancelled' });
    assert.deepEqual(await system.children(), []);
  });

  it('open by SCSI commands when eject cannot', async () => {
    await system.set('broken');
    await system.platform().eject(await only(), { force: true, signal });
    assert.equal((await system.calls()).at(-1), 'sg_start --eject sg1');
  });

  it('say which program is missing to open them', async () => {
    const bare = await FakeSystem.create([]);
    await assert.rejects(bare.platform().eject(await only(), { force: false, signal }), {
      code: 'tool-missing',
      hint: /apt install eject/,
    });
    await bare.remove();
  });

  it('name a missing device, the container option for it, and a missing group', async () => {
    const inside = { root: system.root, container: 'docker' };
    const outside = { root: system.root, container: null };
    assert.equal(await missingRight(join(system.root, 'dev/sr0'), outside), null);
    await rm(join(system.root, 'dev/sg1'));
    const node = await missingRight(join(system.root, 'dev/sg1'), inside);
    assert.match(node?.hint ?? '', /--device=\S+sg1.*--device-cgroup-rule='c 21:\* rmw'/);
    if (process.getuid?.() === 0)
      return console.log('      (root may do everything: no group is missing)');
    await chmod(join(system.root, 'dev/sr0'), 0);
    await writeFile(join(system.root, 'etc/group'), `optical:x:${process.getgid?.()}:\n`);
    assert.match(
      (await missingRight(join(system.root, 'dev/sr0'), outside))?.hint ?? '',
      /usermod -aG optical/,
    );
    assert.match(
      (await missingRight(join(system.root, 'dev/sr0'), inside))?.hint ?? '',
      /--group-add \d+/,
    );
  });

  it('tell what a machine or a container lacks for them', async () => {
    assert.deepEqual(await system.platform().missing(), []);
    await writeFile(join(system.root, '.dockerenv'), '');
    await rm(join(system.root, 'run/udev/data/b11:0'));
    const hints = (await system.platform().missing()).map(({ hint }) => hint);
    assert.deepEqual(hints, ['Give the container the data of udev: -v /run/udev:/run/udev:ro.']);
  });

  it('know the marks of containers', async () => {
    const environment = {};
    assert.equal(await findContainer(system.root, environment), null);
    assert.equal(await findContainer(system.root, { container: 'lxc' }), 'lxc');
    await mkdir(join(system.root, 'proc/1'), { recursive: true });
    await writeFile(join(system.root, 'proc/1/cgroup'), '0::/kubepods/pod1/abc\n');
    assert.equal(await findContainer(system.root, environment), 'kubepods');
  });
});

describe('who holds a drive', () => {
  const devices = { number: '11:0', paths: ['/dev/sr0', '/dev/sg1'] };

  it('are mounts, by device number or path, with blanks in their names', () => {
    const mountinfo = [
      '22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw',
      '90 22 11:0 / /media/anna/MY\\040FILM ro,nosuid shared:5 - udf /dev/sr0 ro',
      '91 22 0:55 / /mnt/other rw - fuse /dev/sr0 rw',
      '92 22 11:1 / /mnt/second ro - udf /dev/sr1 ro',
      'broken',
      '',
    ];
    assert.deepEqual(parseMounts(mountinfo.join('\n'), devices), [
      '/media/anna/MY FILM',
      '/mnt/other',
    ]);
  });

  it('are processes that have it or a folder on it open, but not we and our children', async function () {
    if (process.platform !== 'linux') return this.skip();
    const system = await FakeSystem.create();
    const proc = join(system.root, 'proc');
    const process_ = async (pid: number, name: string, parent: number, link: string) => {
      await mkdir(join(proc, String(pid), 'fd'), { recursive: true });
      await writeFile(join(proc, String(pid), 'comm'), `${name}\n`);
      await writeFile(join(proc, String(pid), 'stat'), `${pid} (${name} x) S ${parent} 0`);
      await symlink(link, join(proc, String(pid), 'fd', '3'));
    };
    await process_(100, 'vlc', 1, '/dev/sr0');
    await process_(101, 'bash', 1, '/media/film/VIDEO_TS');
    await process_(102, 'node', process.pid, '/dev/sr0');
    await process_(103, 'cat', 1, '/media/film2/x');
    await writeFile(
      join(proc, 'self/mountinfo'),
      '90 22 11:0 / /media/film ro - udf /dev/sr0 ro\n',
    );
    assert.deepEqual(await findHolders(proc, devices), [
      { kind: 'mount', path: '/media/film' },
      { kind: 'process', pid: 100, program: 'vlc' },
      { kind: 'process', pid: 101, program: 'bash' },
    ]);
    await system.remove();
  });

  it('are found on this machine, too', async function () {
    if (process.platform !== 'linux') return this.skip();
    const system = await FakeSystem.create();
    const path = join(system.folder, 'events');
    // The shell between us and it makes it a stranger's process.
    const shell = spawn('sh', ['-c', `tail -f '${path}' & echo $!; wait`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const pid = await new Promise<number>((resolve) => {
      shell.stdout.once('data', (text: Buffer) => resolve(Number(text)));
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const holders = await findHolders('/proc', { number: '11:99', paths: [path] });
    process.kill(pid, 'SIGKILL');
    assert.deepEqual(holders, [{ kind: 'process', pid, program: 'tail' }]);
    await system.remove();
  });
});
