import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobSnapshot } from '../../service/contract/job.ts';
import { relabelImage, scrambleImage, truncateImage } from '../authoring/disc-faults.ts';
import { assertValidComponent } from '../service/organize/hostile-text.ts';
import { acceptDefaults } from './accept-defaults.ts';
import { film, filmFiles, show, showFiles } from './sample-discs.ts';
import { stationsOnOneBroker, type TestStation } from './test-station.ts';

const SECTOR = 2048;

/** Overwrites the first sector of the first or of all files of this kind: "VMG" has the list of titles. */
async function garble(output: string, kind: 'VMG' | 'VTS', which: 'first' | 'all'): Promise<void> {
  const image = await readFile(film);
  const mark = Buffer.from(`DVDVIDEO-${kind}`);
  for (let at = image.indexOf(mark); at !== -1; at = image.indexOf(mark, at + SECTOR)) {
    if (at % SECTOR === 0) image.fill(0xa5, at, at + SECTOR);
    if (which === 'first') break;
  }
  await writeFile(output, image);
}

function endOf({ state, outcome, error }: JobSnapshot): string {
  return [state, outcome, error?.code].filter(Boolean).join(' ');
}

const fine = 'completed complete';
const unreadable = 'failed nothing disc-unreadable';

describe('bad discs', () => {
  const start = stationsOnOneBroker();
  let scratch: string;
  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'discflow-bad-'));
  });
  after(() => rm(scratch, { recursive: true, force: true }));

  it('that are none end with a clear error each, and the drive goes on', async function () {
    this.timeout(60_000);
    const station = await start();
    const { discs } = station;
    await writeFile(join(discs, 'empty.iso'), '');
    await writeFile(join(discs, 'noise.iso'), randomBytes(1 << 20));
    await writeFile(join(discs, 'zeros.img'), '');
    await truncate(join(discs, 'zeros.img'), 100 << 20);
    await mkdir(join(discs, 'empty folder', 'VIDEO_TS'), { recursive: true });
    await mkdir(join(discs, 'noise folder', 'VIDEO_TS'), { recursive: true });
    await writeFile(join(discs, 'noise folder', 'VIDEO_TS', 'VIDEO_TS.IFO'), randomBytes(9000));
    await mkdir(join(discs, 'holiday photos'));
    await truncateImage({ image: film, output: join(discs, 'only the start.iso') }, 0.02);
    const names = ['empty.iso', 'noise.iso', 'zeros.img', 'empty folder', 'noise folder'];
    const ends: Record<string, string> = {};
    for (const name of [...names, 'only the start.iso']) {
      const job = await station.ended(name);
      ends[name] = endOf(job);
      assert.ok(job.error?.message && job.error.hint, name);
    }
    assert.deepEqual(ends, {
      'empty.iso': 'failed nothing not-a-disc',
      'noise.iso': 'failed nothing not-a-disc',
      'zeros.img': 'failed nothing not-a-disc',
      'empty folder': 'failed nothing not-a-disc',
      'noise folder': 'failed nothing disc-unreadable',
      'only the start.iso': 'failed nothing disc-unreadable',
    });
    await station.insert(film);
    assert.equal(endOf(await station.ended(film)), 'completed complete');
    await station.until(
      'all but the photos in done/',
      async () => (await readdir(discs)).sort().join() === 'done,holiday photos',
    );
    station.assertWholeStory();
  });

  it('of which the end is missing give what is whole, and the rest when they come back whole', async function () {
    this.timeout(60_000);
    const station = await start();
    const half = join(scratch, 'half.iso');
    await truncateImage({ image: show, output: half }, 0.7);
    await station.insert(half, 'show.iso');
    const first = await station.ended('show.iso');
    assert.equal(endOf(first), 'completed partial');
    const there = await station.filed();
    assert.ok(there.length > 0 && there.length < showFiles.length, there.join());
    const missing = first.titles.filter(({ state }) => state === 'failed');
    for (const { error } of missing) assert.ok(error?.message && error.hint);
    const before = station.reads();
    await station.insert(show, 'show.iso');
    const second = await station.ended('show.iso', 2);
    assert.equal(second.id, first.id);
    assert.equal(endOf(second), 'completed complete');
    assert.deepEqual(await station.filed(), showFiles);
    const again = station.reads().slice(before.length);
    assert.equal(again.length, showFiles.length - there.length);
    station.assertWholeStory();
  });

  it('with broken structure are read by its backup, or end with a clear error', async function () {
    this.timeout(60_000);
    const station = await start({ policies: { duplicate_disc: 'again' } });
    const variants = [
      { name: 'list broken', end: fine, make: (to: string) => garble(to, 'VMG', 'first') },
      { name: 'titles broken', end: fine, make: (to: string) => garble(to, 'VTS', 'first') },
      { name: 'list lost', end: unreadable, make: (to: string) => garble(to, 'VMG', 'all') },
      { name: 'titles lost', end: unreadable, make: (to: string) => garble(to, 'VTS', 'all') },
      {
        name: 'encrypted',
        end: 'failed nothing encrypted',
        make: (to: string) => scrambleImage({ image: film, output: to }),
      },
      { name: 'whole', end: fine, make: (to: string) => copyFile(film, to) },
    ];
    for (const { name, end, make } of variants) {
      const image = join(scratch, `${name}.iso`);
      await make(image);
      await station.insert(image);
      assert.equal(endOf(await station.ended(image)), end, name);
    }
    station.assertWholeStory();
  });

  it('with hostile labels and file names get safe names inside the library', async function () {
    this.timeout(90_000);
    const station = await start({ policies: { duplicate_disc: 'again' } });
    const answers = acceptDefaults(station);
    for (const [label, name] of hostile) {
      const image = join(scratch, 'hostile.iso');
      await relabelImage({ image: film, output: image }, label);
      await station.insert(image, name);
      assert.equal(endOf(await station.ended(name)), 'completed complete', name);
    }
    await answers.stop();
    await assertInside(station);
    assert.equal((await station.filed()).length, hostile.length * filmFiles.length);
    station.assertWholeStory();
  });
});

const hostile: readonly [label: string | Buffer, fileName: string][] = [
  ['../../x', 'x\\..\\..\\x.iso'],
  ['/etc/passwd', '-rf $(touch x).iso'],
  ['CON', 'aux.iso'],
  [Buffer.from([1, 2, 10, 13, 27, 91, 49, 109, 0, 65]), 'a\nb\u001b[1m.iso'],
  ['\u202Egnp.exe', '\u202Egnp.iso'],
  [Buffer.alloc(32, 0), `${'é'.repeat(125)}.iso`],
  [Buffer.alloc(32, 0xff), '{title}%2e%2e{{x}}.iso'],
];

/** Every file is below its library under a name that any file system takes, and nothing lies elsewhere. */
async function assertInside({ data, library, observer }: TestStation): Promise<void> {
  assert.deepEqual((await readdir(data)).sort(), [
    'discflow.yaml',
    'discs',
    'library',
    'staging',
    'state',
  ]);
  const root = await realpath(library);
  for (const { titles } of observer.jobs.values())
    for (const { filed } of titles) {
      if (filed === null) continue;
      const path = await realpath(filed.path);
      assert.ok(path.startsWith(`${root}/Movies/`), path);
      for (const part of path.slice(root.length + 1).split('/')) assertValidComponent(part);
    }
}
