import assert from 'node:assert/strict';
import { open, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { onTmpfs } from '../service/organize/tmpfs.ts';
import { film, filmFiles } from './sample-discs.ts';
import {
  closeStations,
  startStation,
  stationsOnOneBroker,
  type TestStation,
} from './test-station.ts';

const PAGE = 4096;

/** Takes every byte of a disk but so many pages; tmpfs gives space by the page. */
async function fillUp(folder: string, { leave = 0 } = {}): Promise<{ free(): Promise<void> }> {
  const path = join(folder, 'filler');
  const file = await open(path, 'w');
  const block = Buffer.alloc(PAGE);
  let bytes = 0;
  try {
    for (;;) bytes += (await file.write(block, 0, PAGE, bytes)).bytesWritten;
  } catch (error) {
    assert.match(String(error), /ENOSPC/);
  } finally {
    await file.close();
  }
  await truncate(path, bytes - leave * PAGE);
  return { free: () => rm(path) };
}

/** Stations on it end before it goes. */
function onSmallDisk(
  test: Mocha.Context,
  disk: { size: string },
  story: (folder: string) => Promise<void>,
): Promise<void> {
  return onTmpfs(test, disk, async (folder) => {
    try {
      await story(folder);
    } finally {
      await closeStations();
    }
  });
}

async function assertFilmArrives(station: TestStation): Promise<void> {
  const { outcome } = await station.ended(film);
  assert.equal(outcome, 'complete');
  assert.deepEqual(await station.filed(), filmFiles);
  const calm = () =>
    station.jobsState()?.running === 0 && station.jobsState()?.problems.length === 0;
  await station.until('no job at work and no problem', calm);
  station.assertWholeStory();
}

describe('a full disk', () => {
  const start = stationsOnOneBroker();

  it('with staging holds the rip up, says so, and lets it go on when there is space', async function () {
    this.timeout(40_000);
    await onSmallDisk(this, { size: '120m' }, async (disk) => {
      const filler = await fillUp(disk, { leave: 4 });
      const station = await startStation({ folders: { staging: join(disk, 'staging') } });
      await station.insert(film);
      const { blocked } = await station.jobWhere('waiting', ({ state }) => state === 'waiting');
      assert.equal(blocked?.code, 'staging-full');
      assert.match(blocked.cause, /^Ripping needs .* in staging, free are /);
      assert.match(blocked.hint, /Free space on the disk of .*; the rip goes on by itself then/);
      await filler.free();
      await assertFilmArrives(station);
    });
  });

  it('with the library holds the filing up, says so, and lets it go on when there is space', async function () {
    this.timeout(40_000);
    await onSmallDisk(this, { size: '40m' }, async (disk) => {
      const station = await startStation({ folders: { library: join(disk, 'library') } });
      const filler = await fillUp(disk, { leave: 300 });
      await station.insert(film);
      const { blocked } = await station.jobWhere('waiting', ({ state }) => state === 'waiting');
      assert.equal(blocked?.code, 'library-full');
      assert.match(blocked.cause, /^Library "movies" is full .* are needed, .* are free/);
      assert.match(blocked.hint, /Free some space on the disk of .*; filing goes on by itself/);
      await filler.free();
      await assertFilmArrives(station);
    });
  });

  for (const leave of [0, 1])
    it(`with the state and ${leave} pages left is a problem of the station until there is space`, async function () {
      this.timeout(40_000);
      await onSmallDisk(this, { size: '2m' }, async (disk) => {
        const station = await startStation({ folders: { state: join(disk, 'state') } });
        const filler = await fillUp(disk, { leave });
        await station.insert(film);
        const problem = await station.until('the problem', () => stateFull(station));
        assert.match(problem.message, /^No space left to save /);
        assert.match(
          problem.hint,
          /Free some space on the disk of .*; everything goes on by itself/,
        );
        await filler.free();
        await assertFilmArrives(station);
      });
    });

  it('with the state does not keep the service from stopping, and nothing is lost', async function () {
    this.timeout(40_000);
    await onSmallDisk(this, { size: '2m' }, async (disk) => {
      const folders = { state: join(disk, 'state') };
      const station = await start({ folders });
      const filler = await fillUp(disk, { leave: 2 });
      await station.insert(film);
      await station.until('the problem', () => stateFull(station));
      const asked = Date.now();
      await station.stop();
      assert.ok(Date.now() - asked < 5000, `it took ${Date.now() - asked} ms`);
      await filler.free();
      await station.start();
      await assertFilmArrives(station);
    });
  });
});

/** In jobs/state, or in the drive's own state when it could not even take the disc in. */
function stateFull(station: TestStation) {
  const problems = station.jobsState()?.problems ?? [];
  const drive = station.observer.driveStates.at(-1)?.problem;
  return [...problems, ...(drive ? [drive] : [])].find(({ code }) => code === 'state-full');
}
