import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SECTOR_BYTES } from '../../../service/scan/medium/medium.ts';
import type { DvdScan, DvdTitle } from '../../../service/scan/record.ts';
import type { AuthoredDisc } from '../../authoring/author-dvd.ts';
import { authoredDiscOrSkip } from '../../authoring/authored-disc.ts';
import { countReads, failReads } from './dvd/faulty-medium.ts';
import { jobFor, ripDisc, scanOf, tools } from './rip-disc.ts';

describe('the rip step', () => {
  let disc: AuthoredDisc;
  let scan: DvdScan;
  let staging: string;

  before(async function () {
    disc = await authoredDiscOrSkip(this, 'tv');
    if (!(await tools.find('mkvmerge'))) {
      console.log('skipped: needs mkvtoolnix');
      this.skip();
    }
    scan = await scanOf(disc.image);
  });
  beforeEach(async () => {
    staging = await mkdtemp(join(tmpdir(), 'rip-'));
  });
  afterEach(() => rm(staging, { recursive: true, force: true }));

  /** True for reads over the first sector of a title's last cell. */
  function lastCellOf(number: number) {
    const title = titleOf(number);
    const path = `VIDEO_TS/VTS_0${title.titleSet}_1.VOB`;
    const bad = (title.cells.at(-1)?.firstSector ?? 0) * SECTOR_BYTES;
    return (file: string, from: number, to: number) => file === path && from <= bad && bad < to;
  }

  function titleOf(number: number): DvdTitle {
    const title = scan.titles.find((each) => each.number === number);
    assert.ok(title);
    return title;
  }

  it('moves each title once, reads the next while it muxes, and counts every byte', async () => {
    const { result, transitions, progress, folder } = await ripDisc({
      job: jobFor(scan, [1, 3]),
      staging,
    });
    assert.deepEqual(result, { end: 'done' });
    assert.deepEqual(transitions.slice(0, 2), ['t01 pending>ripping', 't03 pending>ripping']);
    // They are made side by side: either may be ready first.
    assert.deepEqual(transitions.slice(2).sort(), ['t01 ripping>ripped', 't03 ripping>ripped']);
    const bytesTotal = titleOf(1).bytes + titleOf(3).bytes;
    const end = { title: 't03', index: 2, count: 2, bytesDone: bytesTotal, bytesTotal };
    assert.deepEqual(progress.at(-1), end);
    assert.ok(progress.some(({ title, index }) => title === 't01' && index === 1));
    assert.deepEqual((await readdir(folder)).sort(), ['t01.mkv', 't03.mkv']);
  });

  it('goes on after a crash with what is missing', async () => {
    const job = jobFor(scan, [1, 2, 3, 5]);
    const folder = join(staging, job.id);
    await mkdir(join(folder, 'rip'), { recursive: true });
    const whole = ['t01.mkv', 't05.mkv'];
    for (const name of [...whole, 't02.mkv.part', 'rip/t02.vob'])
      await writeFile(join(folder, name), 'left by the crash');
    const states = { 1: 'ripping', 2: 'ripping', 3: 'ripped', 5: 'ripped' } as const;
    for (const title of job.titles) {
      title.state = states[title.number as keyof typeof states] ?? 'pending';
      if (title.state === 'ripped') title.file = join(folder, `${title.id}.mkv`);
    }
    const reads = new Map<string, number>();
    const ripped = await ripDisc({ job, staging, wrap: (medium) => countReads(medium, reads) });
    const { transitions } = ripped;
    assert.deepEqual(transitions.slice(0, 2), ['t01 ripping>ripped', 't03 ripped>pending']);
    assert.deepEqual(transitions.slice(2).sort(), [
      't02 ripping>ripped',
      't03 pending>ripping',
      't03 ripping>ripped',
    ]);
    assert.deepEqual((await readdir(folder)).sort(), ['t01.mkv', 't02.mkv', 't03.mkv', 't05.mkv']);
    const sectors = (titleOf(2).bytes + titleOf(3).bytes) / SECTOR_BYTES;
    assert.ok(reads.size < sectors * 1.1, 'read what was there');
  });

  it('needs no disc when everything is there', async () => {
    const job = jobFor({ ...scan, source: '/nowhere.iso' }, [1]);
    const folder = join(staging, job.id);
    await mkdir(folder);
    await writeFile(join(folder, 't01.mkv'), 'whole');
    for (const title of job.titles) if (title.wanted) title.state = 'ripping';
    assert.deepEqual((await ripDisc({ job, staging })).result, { end: 'done' });
  });

  it('fails a title with a bad sector alone, and names the sector', async () => {
    const { result, job, folder } = await ripDisc({
      job: jobFor(scan, [1, 2, 3]),
      staging,
      wrap: (medium) => failReads(medium, 'read-error', lastCellOf(2)),
    });
    assert.deepEqual(result, { end: 'done' });
    assert.deepEqual(
      job.titles.slice(0, 3).map(({ state }) => state),
      ['ripped', 'failed', 'ripped'],
    );
    const sector = titleOf(2).cells.at(-1)?.firstSector;
    const { code, message } = job.titles[1]?.error ?? {};
    assert.equal(code, 'read-error');
    assert.ok(message?.startsWith(`Sector ${sector} of title set 1 cannot be read`), message);
    assert.deepEqual((await readdir(folder)).sort(), ['t01.mkv', 't03.mkv']);
  });

  it('gets over a drive that only fails at long reads', async () => {
    const { job } = await ripDisc({
      job: jobFor(scan, [2]),
      staging,
      wrap: (medium) =>
        failReads(
          medium,
          'read-error',
          (file, from, to) => to - from > SECTOR_BYTES && lastCellOf(2)(file, from, to),
        ),
    });
    assert.equal(job.titles[1]?.state, 'ripped');
  });

  it('fails when every wanted title does', async () => {
    const { result } = await ripDisc({
      job: jobFor(scan, [2]),
      staging,
      wrap: (medium) => failReads(medium, 'read-error', lastCellOf(2)),
    });
    assert.ok(result.end === 'failed');
    assert.deepEqual([result.problem.code, result.transient], ['read-error', false]);
  });

  it('keeps what was finished when the disc is taken out', async () => {
    const { result, job, transitions } = await ripDisc({
      job: jobFor(scan, [1, 2, 3, 5]),
      staging,
      wrap: (medium) => failReads(medium, 'disc-removed', lastCellOf(2)),
    });
    assert.deepEqual(result, { end: 'done' });
    const wanted = job.titles.filter((title) => title.wanted);
    assert.deepEqual(
      wanted.map(({ state, error }) => error?.code ?? state),
      ['ripped', 'disc-removed', 'disc-removed', 'disc-removed'],
    );
    assert.ok(transitions.includes('t03 pending>failed'));
  });

  it('waits for the disc when there is none', async () => {
    const job = jobFor({ ...scan, source: join(staging, 'gone.iso') }, [1]);
    const { result } = await ripDisc({ job, staging });
    assert.ok(result.end === 'blocked');
    assert.equal(result.code, 'disc-needed');
    assert.equal(result.hint, 'Put SMALL_SHOW_S1_D1 back in; what is missing is read then.');
  });

  it('waits for the disc when another one is there', async () => {
    const job = jobFor({ ...scan, fingerprint: '0'.repeat(32) }, [1]);
    const { result, transitions } = await ripDisc({ job, staging });
    assert.ok(result.end === 'blocked');
    assert.equal(result.cause, 'Another disc (SMALL_SHOW_S1_D1) is in the drive');
    assert.deepEqual(transitions, []);
  });

  it('stops at once when it is cancelled, and can be taken up again', async () => {
    const stop = new AbortController();
    const job = jobFor(scan, [1, 2, 3]);
    const started = Date.now();
    const onChange = () => setTimeout(() => stop.abort(), 20);
    const first = await ripDisc({ job, staging, stop, onChange });
    assert.ok(Date.now() - started < 3000);
    assert.ok(first.result.end === 'failed');
    assert.equal(first.result.problem.code, 'cancelled');
    assert.ok(first.job.titles.every(({ state }) => state !== 'failed'));
    const left = await readdir(first.folder);
    assert.ok(left.every((name) => name.endsWith('.mkv')));
    const second = await ripDisc({ job: first.job, staging });
    assert.deepEqual(second.result, { end: 'done' });
  });

  it('does not begin without the space it needs', async () => {
    const { result, transitions } = await ripDisc({
      job: jobFor(scan, [1]),
      staging,
      freeSpace: async () => 1_000_000,
    });
    assert.ok(result.end === 'blocked');
    assert.equal(result.code, 'staging-full');
    const needed = 2 * titleOf(1).bytes + 64 * 1024 * 1024;
    assert.ok(result.cause.includes(`(${needed} bytes)`), result.cause);
    assert.ok(result.cause.endsWith('free are 0.0 GB (1000000 bytes)'), result.cause);
    assert.deepEqual(transitions, []);
  });

  it('waits for space when the disk fills up on the way', async function () {
    const small = join(staging, 'small');
    await mkdir(small);
    try {
      const size = `size=${Math.round(titleOf(1).bytes * 2.6)}`;
      await tools.run('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', small]);
    } catch {
      console.log('skipped: mounting a small disk needs root');
      return this.skip();
    }
    try {
      const plenty = async () => 1e12;
      const job = jobFor(scan, [1, 2, 3]);
      const { result, job: after } = await ripDisc({ job, staging: small, freeSpace: plenty });
      assert.ok(result.end === 'blocked');
      assert.equal(result.code, 'staging-full');
      const states = after.titles.slice(0, 3).map(({ state }) => state);
      assert.ok(states.includes('pending') && !states.includes('failed'), states.join());
      await tools.run('mount', ['-o', 'remount,size=200m', small]);
      const again = await ripDisc({ job: after, staging: small, freeSpace: plenty });
      assert.deepEqual(again.result, { end: 'done' });
      assert.ok(again.job.titles.slice(0, 3).every(({ state }) => state === 'ripped'));
    } finally {
      await tools.run('umount', [small]);
    }
  });

  it('waits for a program that makes MKV files', async () => {
    const nothing = { run: tools.run, find: async () => null };
    const { result } = await ripDisc({ job: jobFor(scan, [1]), staging, tools: nothing });
    assert.ok(result.end === 'blocked');
    assert.equal(result.code, 'tool-missing');
  });

  it('has nothing to do when no title is wanted', async () => {
    const { result } = await ripDisc({ job: jobFor(scan, []), staging });
    assert.ok(result.end === 'failed');
    assert.equal(result.problem.code, 'nothing-to-rip');
  });
});
