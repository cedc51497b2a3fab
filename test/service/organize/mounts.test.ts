import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createOrganizeStep } from '../../../service/organize/organize-step.ts';
import { undoFilings } from '../../../service/organize/undo.ts';
import { type Bench, type BenchInit, bench, everything, film } from './fixture.ts';
import { bind, onTmpfs, overlay, unmount } from './tmpfs.ts';

const NAME = 'The Matrix (1999) {tmdb-603}';
const FILM = `${NAME}/${NAME}.mkv`;
const big = Buffer.alloc(6 * 1024 * 1024, 'film');

const benches: { close(): Promise<void> }[] = [];

/** A bench that is closed after the test, however it ends. */
async function opened(init: BenchInit): Promise<Bench> {
  const rig = await bench(init);
  benches.push(rig);
  return rig;
}

/** A bench whose movie library is on a disk that can be unmounted and mounted again. */
async function onDisk(
  disk: string,
  content: Buffer,
): Promise<Bench & { mountAgain(): Promise<void> }> {
  const mountPoint = `${disk}-mounted`;
  await mkdir(mountPoint, { recursive: true });
  await bind(disk, mountPoint);
  const rig = await opened({
    titles: [film()],
    moviesRoot: mountPoint,
    contents: { t01: content },
  });
  benches.push({
    close: async () => {
      await unmount(mountPoint).catch(() => undefined);
      await rm(mountPoint, { recursive: true, force: true });
    },
  });
  return { ...rig, mountAgain: () => bind(disk, mountPoint) };
}

describe('A library on a disk of its own', () => {
  afterEach(async () => {
    for (const rig of benches.splice(0).reverse()) await rig.close();
  });

  it('that is a layer of a container takes files, though folders have another device there', async function () {
    await onTmpfs(this, { size: '2m' }, async (disk) => {
      const [lower, moviesRoot] = [`${disk}-lower`, `${disk}-root`];
      await mkdir(lower);
      await mkdir(moviesRoot);
      benches.push({
        close: async () => {
          await unmount(moviesRoot).catch(() => undefined);
          for (const folder of [lower, moviesRoot]) await rm(folder, { recursive: true });
        },
      });
      await overlay(lower, disk, moviesRoot).catch(() => this.skip());
      const content = Buffer.from('film');
      const rig = await opened({ titles: [film()], moviesRoot, contents: { t01: content } });
      assert.deepEqual(await createOrganizeStep(rig.options)(rig.context), { end: 'done' });
      assert.deepEqual(await readFile(join(moviesRoot, FILM)), content);
      // While something is mounted on the disk it cannot be unmounted.
      for (const each of benches.splice(0).reverse()) await each.close();
    });
  });

  it('that is full makes the job wait with figures, and goes on when space is freed', async function () {
    await onTmpfs(this, { size: '1m' }, async (moviesRoot) => {
      const content = Buffer.alloc(600 * 1024, 'film');
      const rig = await opened({ titles: [film()], moviesRoot, contents: { t01: content } });
      const run = createOrganizeStep(rig.options);
      await writeFile(join(moviesRoot, 'filler'), Buffer.alloc(700 * 1024));
      const result = await run(rig.context);
      assert.equal(result.end === 'blocked' && result.code, 'library-full');
      assert.match(
        result.end === 'blocked' ? result.cause : '',
        /614\.4 kB are needed, 3\d\d\.\d kB are free/,
      );
      assert.equal(rig.context.job().titles[0]?.state, 'matched');
      await rm(join(moviesRoot, 'filler'));
      assert.deepEqual(await run(rig.context), { end: 'done' });
      assert.deepEqual(await readFile(join(moviesRoot, FILM)), content);
    });
  });

  it('that fills up while we copy makes the job wait and leaves no half file', async function () {
    await onTmpfs(this, { size: '1m' }, async (moviesRoot) => {
      const content = Buffer.alloc(1200 * 1024, 'film');
      const rig = await opened({ titles: [film()], moviesRoot, contents: { t01: content } });
      const run = createOrganizeStep({ ...rig.options, freeSpace: async () => 1e12 });
      const result = await run(rig.context);
      assert.equal(result.end === 'blocked' && result.code, 'library-full');
      assert.deepEqual(await everything(moviesRoot), ['.discflow-library.json', NAME]);
      assert.deepEqual(await readFile(rig.context.job().titles[0]?.file ?? ''), content);
    });
  });

  it('that is not mounted makes the job wait; nothing is written to its mount point', async function () {
    await onTmpfs(this, { size: '16m' }, async (disk) => {
      const rig = await onDisk(disk, big);
      const run = createOrganizeStep(rig.options);
      await unmount(rig.movies.root);
      const result = await run(rig.context);
      assert.equal(result.end === 'blocked' && result.code, 'library-unavailable');
      assert.deepEqual(await readdir(rig.movies.root), []);
      await rig.mountAgain();
      assert.deepEqual(await run(rig.context), { end: 'done' });
      assert.deepEqual(await readFile(join(rig.movies.root, FILM)), big);
    });
  });

  it('that is unmounted in mid-copy makes the job wait, and it goes on when it is back', async function () {
    await onTmpfs(this, { size: '16m' }, async (disk) => {
      const rig = await onDisk(disk, big);
      let mounted = true;
      const context = {
        ...rig.context,
        progress: ({ bytesDone }: { bytesDone: number }) => {
          if (!mounted || bytesDone < 2_000_000) return;
          mounted = false;
          execFileSync('umount', ['-l', rig.movies.root]);
        },
      };
      const run = createOrganizeStep(rig.options);
      const result = await run(context);
      assert.equal(mounted, false);
      assert.equal(result.end === 'blocked' && result.code, 'library-unavailable');
      assert.deepEqual(await readdir(rig.movies.root), []);
      await rig.mountAgain();
      assert.deepEqual(await run(rig.context), { end: 'done' });
      const sidecar = `${NAME}/.${NAME}.discflow.json`;
      assert.deepEqual(
        await everything(rig.movies.root),
        ['.discflow-library.json', sidecar, FILM].sort(),
      );
      assert.deepEqual(await readFile(join(rig.movies.root, FILM)), big);
    });
  });

  it('gives a file back to staging by a verified copy', async function () {
    await onTmpfs(this, { size: '16m' }, async (moviesRoot) => {
      const rig = await opened({ titles: [film()], moviesRoot, contents: { t01: big } });
      await createOrganizeStep(rig.options)(rig.context);
      const undo = { ...rig.options, context: rig.context };
      const full = await undoFilings({ ...undo, freeSpace: async () => 1000 });
      assert.equal(full.end === 'blocked' && full.code, 'staging-full');
      assert.deepEqual(await readFile(join(moviesRoot, FILM)), big);
      assert.deepEqual(await undoFilings(undo), { end: 'done' });
      const file = rig.context.job().titles[0]?.file ?? '';
      assert.deepEqual(await readFile(file), big);
      assert.deepEqual(await readdir(dirname(file)), ['t01.mkv']);
      assert.deepEqual(await everything(moviesRoot), ['.discflow-library.json']);
    });
  });

  it('does not take folders that are on yet another disk', async function () {
    await onTmpfs(this, { size: '1m' }, async (other) => {
      const rig = await opened({ titles: [film()] });
      await mkdir(join(rig.movies.root, NAME));
      await bind(other, join(rig.movies.root, NAME));
      const result = await createOrganizeStep(rig.options)(rig.context);
      assert.match(result.end === 'blocked' ? result.cause : '', /lies on another file system/);
      assert.deepEqual(await readdir(other), []);
      await unmount(join(rig.movies.root, NAME));
    });
  });
});
