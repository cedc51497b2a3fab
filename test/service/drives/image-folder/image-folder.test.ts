import assert from 'node:assert/strict';
import {
  appendFile,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { Changer } from './changer.ts';

describe('A folder of images as a drive', () => {
  let changer: Changer;
  beforeEach(async () => {
    changer = await Changer.create();
  });
  afterEach(() => changer.remove());

  it('loads an image dropped into it, under its name', async () => {
    await changer.start();
    assert.equal(changer.drive.disc, null);
    await changer.drop('The Film.ISO');
    await changer.untilTold('in The Film');
    assert.deepEqual(changer.drive.disc, {
      source: join(changer.folder, 'The Film.ISO'),
      label: 'The Film',
      media: null,
    });
  });

  it('waits until an image has stopped growing', async () => {
    await changer.start({ settleSeconds: 0.3 });
    const path = join(changer.folder, 'growing.iso');
    for (let part = 0; part < 6; part++) {
      await appendFile(path, 'x'.repeat(1000));
      await sleep(100);
      assert.deepEqual(changer.told, []);
    }
    assert.equal(changer.drive.loading, true);
    await changer.untilTold('in growing');
    assert.equal(changer.drive.loading, false);
  });

  it('waits until the last file of a folder has stopped growing', async () => {
    await changer.start({ settleSeconds: 0.3 });
    await changer.dropFolder('Show', 'VIDEO_TS');
    for (let part = 1; part <= 5; part++) {
      await sleep(100);
      await writeFile(join(changer.folder, 'Show', 'VIDEO_TS', `VTS_0${part}_1.VOB`), 'x');
      assert.deepEqual(changer.told, []);
    }
    await changer.untilTold('in Show');
  });

  it('takes an image back that goes on growing after it was loaded, until it is whole', async () => {
    await changer.start();
    await changer.drop('stalled.iso');
    await changer.untilTold('in stalled');
    await appendFile(join(changer.folder, 'stalled.iso'), 'the rest');
    await changer.until(() => changer.told.length === 3);
    assert.deepEqual(changer.told, ['in stalled', 'out stalled by person', 'in stalled']);
  });

  it('knows discs by their file tree and ignores everything else', async () => {
    await changer.dropFolder('dvd', 'VIDEO_TS');
    await changer.dropFolder('bluray', 'bdmv');
    await changer.dropFolder('bare', '.');
    await changer.dropFolder('.', 'Video_Ts');
    await changer.drop('image.img');
    for (const name of ['.hidden.iso', 'a.iso.part', 'b.iso.crdownload', 'c.iso.tmp', 'film.mkv'])
      await changer.drop(name);
    await changer.dropFolder('done', 'VIDEO_TS');
    await changer.dropFolder('copying.part', 'VIDEO_TS');
    await mkdir(join(changer.folder, 'photos'));
    await execa('mkfifo', [join(changer.folder, 'pipe.iso')]);
    await changer.start();
    await changer.until(() => changer.drive.queued === 4);
    for (let disc = 0; disc < 5; disc++) await changer.drive.eject();
    const loaded = changer.told.filter((line) => line.startsWith('in ')).sort();
    assert.deepEqual(loaded, ['in Video_Ts', 'in bare', 'in bluray', 'in dvd', 'in image']);
    assert.equal(changer.drive.queued, 0);
  });

  it('follows links to images and folders, and survives links to nowhere and in circles', async () => {
    await writeFile(join(changer.root, 'elsewhere.iso'), 'x');
    await symlink('../elsewhere.iso', join(changer.folder, 'linked.iso'));
    await symlink('nowhere', join(changer.folder, 'dangling.iso'));
    await symlink('circle.iso', join(changer.folder, 'circle.iso'));
    await changer.dropFolder('looped', 'VIDEO_TS');
    await symlink('..', join(changer.folder, 'looped', 'VIDEO_TS', 'up'));
    await symlink('looped', join(changer.folder, 'link to folder'));
    await changer.start();
    await changer.until(() => changer.drive.disc !== null && changer.drive.queued === 2);
  });

  it('loads a burst of 20 images one by one, in the order of their arrival', async () => {
    await changer.start();
    for (let n = 1; n <= 20; n++) await changer.drop(`disc ${n}.iso`);
    await changer.until(() => changer.drive.queued === 19);
    for (let n = 1; n <= 20; n++) {
      assert.equal(changer.told.at(-1), `in disc ${n}`);
      await changer.drive.eject();
    }
    assert.equal(changer.told.length, 40);
    assert.equal((await readdir(join(changer.folder, 'done'))).length, 20);
  });

  it('puts the oldest first, whatever its name', async () => {
    await changer.drop('a.iso', { age: 10 });
    await changer.drop('b.iso', { age: 20 });
    await changer.start();
    await changer.untilTold('in b');
  });

  it('never overwrites in done/', async () => {
    await changer.start();
    for (const content of ['first', 'second', 'third']) {
      await changer.drop('same.iso', { content });
      await changer.until(() => changer.drive.disc !== null);
      await changer.drive.eject();
    }
    const done = join(changer.folder, 'done');
    assert.deepEqual((await readdir(done)).sort(), ['same (2).iso', 'same (3).iso', 'same.iso']);
    assert.equal(await readFile(join(done, 'same.iso'), 'utf8'), 'first');
    assert.equal(await readFile(join(done, 'same (3).iso'), 'utf8'), 'third');
  });

  it('reports an image that a person takes away, and loads the next one', async () => {
    await changer.drop('one.iso', { age: 1 });
    await changer.drop('two.iso');
    await changer.start();
    await changer.untilTold('in one');
    await rm(join(changer.folder, 'one.iso'));
    await changer.untilTold('in two');
    assert.deepEqual(changer.told, ['in one', 'out one by person', 'in two']);
  });

  it('ejects what is gone already, and nothing, without complaint', async () => {
    await changer.start();
    await changer.drive.eject();
    await changer.drop('one.iso');
    await changer.untilTold('in one');
    await rm(join(changer.folder, 'one.iso'));
    await changer.drive.eject();
    assert.equal(changer.drive.disc, null);
    assert.equal(changer.told.filter((line) => line.startsWith('out')).length, 1);
  });

  it('does not eject the next disc when it is asked for the last one again', async () => {
    await changer.drop('one.iso', { age: 1 });
    await changer.drop('two.iso');
    await changer.start();
    await changer.untilTold('in one');
    const source = changer.drive.disc?.source ?? '';
    await changer.drive.eject(source);
    await changer.drive.eject(source);
    assert.equal(changer.drive.disc?.label, 'two');
  });

  it('keeps the disc in when it cannot be ejected, and says why', async () => {
    await changer.start({ ejectTo: 'done-folder' });
    await changer.drop('one.iso');
    await changer.untilTold('in one');
    await writeFile(join(changer.folder, 'done'), 'in the way');
    await assert.rejects(changer.drive.eject(), {
      code: 'eject-failed',
      message: /^one\.iso cannot be moved to done: ENOTDIR/,
      hint: /eject: remember/,
    });
    assert.equal(changer.drive.disc?.label, 'one');
  });

  it('says that its folder is missing, and goes on by itself when it is back', async () => {
    await changer.drop('one.iso');
    await changer.start();
    await changer.untilTold('in one');
    const away = join(changer.root, 'away');
    await rename(changer.folder, away);
    await changer.until(() => changer.drive.problem !== null);
    assert.equal(changer.drive.problem?.code, 'drive-unavailable');
    assert.match(changer.drive.problem?.hint ?? '', /mount the disk/);
    await rename(away, changer.folder);
    await changer.until(() => changer.drive.problem === null);
    assert.deepEqual(changer.told, ['in one', 'out one by person', 'in one']);
  });

  it('loads hostile names and keeps them in the folder', async () => {
    const names = [
      '..iso.iso',
      '-rf.iso',
      "'; rm.iso",
      'line\nbreak.iso',
      '\u202Egnp.iso',
      '__proto__.iso',
    ];
    for (const name of names) if (!name.startsWith('.')) await changer.drop(name);
    await changer.start();
    await changer.until(() => changer.drive.queued === 4);
    for (let disc = 0; disc < 5; disc++) await changer.drive.eject();
    assert.deepEqual(await readdir(changer.folder), ['done']);
    assert.equal((await readdir(join(changer.folder, 'done'))).length, 5);
  });

  it('tells nothing after it was stopped', async () => {
    await changer.start();
    await changer.drop('one.iso');
    await changer.drive.stop();
    await sleep(300);
    assert.deepEqual(changer.told, []);
  });
});

describe('A folder of images after a restart', () => {
  let changer: Changer;
  beforeEach(async () => {
    changer = await Changer.create();
  });
  afterEach(() => changer.remove());

  it('loads the same image at once, even when an older one arrived', async () => {
    await changer.drop('loaded.iso');
    await changer.start();
    await changer.untilTold('in loaded');
    await changer.drop('older.iso', { age: 100 });
    await changer.until(() => changer.drive.queued === 1);
    await changer.start({ settleSeconds: 0.4 });
    assert.deepEqual(changer.told, ['in loaded']);
    await changer.until(() => changer.drive.queued === 1);
  });

  it('lets an image settle again that changed in between', async () => {
    await changer.drop('one.iso');
    await changer.start();
    await changer.untilTold('in one');
    await changer.drive.stop();
    await changer.drop('one.iso', { content: 'more than before' });
    await changer.start();
    assert.deepEqual(changer.told, []);
    await changer.untilTold('in one');
  });

  it('goes on with the next image when it was killed between moving one and loading the next', async () => {
    await changer.drop('one.iso', { age: 1 });
    await changer.drop('two.iso');
    await changer.start();
    await changer.untilTold('in one');
    await changer.drive.stop();
    await mkdir(join(changer.folder, 'done'));
    await rename(join(changer.folder, 'one.iso'), join(changer.folder, 'done', 'one.iso'));
    await changer.start();
    await changer.untilTold('in two');
    assert.deepEqual(changer.told, ['in two']);
  });

  it('does not load again what was ejected and remembered', async () => {
    await changer.drop('one.iso', { age: 1 });
    await changer.drop('two.iso');
    await changer.start({ ejectTo: 'remember' });
    await changer.untilTold('in one');
    await changer.drive.eject();
    assert.deepEqual(changer.told, ['in one', 'out one by eject', 'in two']);
    await changer.start({ ejectTo: 'remember' });
    assert.deepEqual(changer.told, ['in two']);
    await changer.drive.eject();
    assert.equal(changer.drive.disc, null);
    assert.deepEqual((await readdir(changer.folder)).sort(), ['one.iso', 'two.iso']);
  });

  it('loads a remembered image again when it was replaced by another', async () => {
    await changer.drop('one.iso');
    await changer.start({ ejectTo: 'remember' });
    await changer.untilTold('in one');
    await changer.drive.eject();
    await changer.drop('one.iso', { content: 'another disc' });
    await changer.until(() => changer.told.filter((line) => line === 'in one').length === 2);
  });

  it('refuses a damaged memory instead of ripping everything again', async () => {
    await mkdir(join(changer.root, 'state'));
    await writeFile(join(changer.root, 'state', 'images.json'), '{"v":1');
    await assert.rejects(changer.start(), { code: 'state-damaged' });
  });
});

describe('A read-only folder of images', () => {
  it('remembers what was ejected instead of moving it', async function () {
    const changer = await Changer.create();
    const mounted = await mountReadOnly(changer);
    if (!mounted) {
      console.log('      skipped: this needs the right to mount');
      await changer.remove();
      this.skip();
    }
    try {
      await changer.start();
      await changer.untilTold('in one');
      await changer.drive.eject();
      assert.deepEqual(changer.told, ['in one', 'out one by eject', 'in two']);
      await changer.start();
      assert.deepEqual(changer.told, ['in two']);
    } finally {
      await changer.drive.stop();
      await execa('umount', [changer.folder]);
      await changer.remove();
    }
  });
});

async function mountReadOnly(changer: Changer): Promise<boolean> {
  const run = (...args: string[]) => execa('mount', args, { reject: false });
  if ((await run('-t', 'tmpfs', 'none', changer.folder)).exitCode !== 0) return false;
  await changer.drop('one.iso', { age: 1 });
  await changer.drop('two.iso');
  return (await run('-o', 'remount,ro', changer.folder)).exitCode === 0;
}
