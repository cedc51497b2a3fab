import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Medium } from '../../../../service/scan/medium/medium.ts';
import type { BlurayScan } from '../../../../service/scan/record.ts';
import { identify } from '../../../../service/tools/mkv-contents.ts';
import type { AuthoredBluray } from '../../../authoring/bluray/author-bluray.ts';
import { authoredBlurayOrSkip } from '../../../authoring/bluray/authored-bluray.ts';
import { failReads } from '../dvd/faulty-medium.ts';
import { jobFor, ripDisc, tools } from '../rip-disc.ts';
import { countClipReads } from './counted-reads.ts';
import { blurayScanOf, titleOf } from './scan-of.ts';
import { clipFile } from './stream-hashes.ts';

describe('ripping a Blu-ray disc', () => {
  let disc: AuthoredBluray;
  let scan: BlurayScan;
  let staging: string;

  before(async function () {
    disc = await authoredBlurayOrSkip(this, 'series');
    if (!(await tools.find('mkvmerge'))) {
      console.log('skipped: needs mkvtoolnix');
      this.skip();
    }
    scan = await blurayScanOf(disc.images.metadata);
  });
  beforeEach(async () => {
    staging = await mkdtemp(join(tmpdir(), 'bluray-rip-'));
  });
  afterEach(() => rm(staging, { recursive: true, force: true }));

  /** True for reads over a sector in the middle of a clip. */
  function middleOf(clip: string) {
    const bad = Math.floor(bytesOf(clip) / 4096) * 2048;
    return (path: string, from: number, to: number) =>
      path === `BDMV/STREAM/${clip}.M2TS` && from <= bad && bad < to && to - from !== 8 * 6144;
  }

  function bytesOf(clip: string): number {
    const items = scan.titles.flatMap(({ items }) => items);
    return Math.max(...items.filter((item) => item.clip === clip).map(({ bytes }) => bytes));
  }

  const statesOf = (job: {
    titles: { wanted: boolean; state: string; error: { code: string } | null }[];
  }) => job.titles.filter(({ wanted }) => wanted).map(({ state, error }) => error?.code ?? state);

  it('fails the titles that need a damaged clip alone, and reads it once', async () => {
    const reads = new Map<string, number>();
    const { result, job, folder } = await ripDisc({
      job: jobFor(scan, [1, 4, 10, 800]),
      staging,
      wrap: (medium) => countClipReads(reads)(failReads(medium, 'read-error', middleOf('00005'))),
    });
    assert.deepEqual(result, { end: 'done' });
    assert.deepEqual(statesOf(job), ['ripped', 'read-error', 'ripped', 'read-error']);
    const failed = job.titles.find(({ number }) => number === 4);
    assert.match(failed?.error?.message ?? '', /^Sector \d+ of clip 00005 cannot be read/);
    assert.deepEqual((await readdir(folder)).sort(), ['t01.mkv', 't10.mkv']);
    const tries = (reads.get('BDMV/STREAM/00005.M2TS') ?? 0) / bytesOf('00005');
    assert.ok(tries < 2.5, `read ${tries} times`);
    assert.ok(
      (reads.get('BDMV/STREAM/00002.M2TS') ?? 0) < bytesOf('00002') / 2,
      'needed by no good title',
    );
  });

  it('gets over a drive that only fails at long reads', async () => {
    const isLongRead = (path: string, from: number, to: number) =>
      to - from > 2048 && middleOf('00002')(path, from, to);
    const { job } = await ripDisc({
      job: jobFor(scan, [2]),
      staging,
      wrap: (medium) => failReads(medium, 'read-error', isLongRead),
    });
    assert.deepEqual(statesOf(job), ['ripped']);
  });

  it('fails a title whose stream lost its sync, and names encryption', async () => {
    const garble = (value: number) => (medium: Medium) => ({
      ...medium,
      async read(path: string, position: number, into: Buffer) {
        await medium.read(path, position, into);
        const isCopy = path.endsWith('00002.M2TS') && into.length > 8 * 6144;
        if (isCopy) for (let at = 0; at < 6144; at++) into[at] = value;
      },
    });
    for (const [value, code] of [
      [0, 'read-error'],
      [0xff, 'encrypted'],
    ] as const) {
      const { job } = await ripDisc({ job: jobFor(scan, [1, 2]), staging, wrap: garble(value) });
      assert.deepEqual(statesOf(job), ['ripped', code]);
    }
  });

  it('keeps what was finished when the disc is taken out', async () => {
    const { result, job, transitions } = await ripDisc({
      job: jobFor(scan, [1, 2, 3, 10]),
      staging,
      wrap: (medium) => failReads(medium, 'disc-removed', middleOf('00002')),
    });
    assert.deepEqual(result, { end: 'done' });
    assert.deepEqual(statesOf(job), ['ripped', 'disc-removed', 'disc-removed', 'disc-removed']);
    assert.ok(transitions.includes('t03 pending>failed'));
  });

  it('stops at once when it is cancelled, and can be taken up again', async () => {
    const stop = new AbortController();
    const onChange = () => setTimeout(() => stop.abort(), 20);
    const first = await ripDisc({ job: jobFor(scan, [1, 2, 3]), staging, stop, onChange });
    assert.ok(first.result.end === 'failed');
    assert.equal(first.result.problem.code, 'cancelled');
    assert.ok(first.job.titles.every(({ state }) => state !== 'failed'));
    assert.ok((await readdir(first.folder)).every((name) => name.endsWith('.mkv')));
    assert.deepEqual((await ripDisc({ job: first.job, staging })).result, { end: 'done' });
  });

  it('goes on after a crash with what is missing', async () => {
    const job = jobFor(scan, [1, 2, 10]);
    const folder = join(staging, job.id);
    await mkdir(join(folder, 'rip', 'BDMV', 'STREAM'), { recursive: true });
    for (const name of ['t01.mkv', 't02.mkv.part', 'rip/BDMV/STREAM/00002.m2ts'])
      await writeFile(join(folder, name), 'left by the crash');
    for (const title of job.titles) if (title.number <= 2) title.state = 'ripping';
    const reads = new Map<string, number>();
    const ripped = await ripDisc({ job, staging, wrap: countClipReads(reads) });
    assert.deepEqual(ripped.result, { end: 'done' });
    assert.equal(ripped.transitions[0], 't01 ripping>ripped');
    assert.deepEqual((await readdir(folder)).sort(), ['t01.mkv', 't02.mkv', 't10.mkv']);
    assert.ok((reads.get('BDMV/STREAM/00001.M2TS') ?? 0) < bytesOf('00001'), 'read what was there');
  });

  it('does not begin without the space it needs', async () => {
    const { result } = await ripDisc({
      job: jobFor(scan, [4]),
      staging,
      freeSpace: async () => 1_000_000,
    });
    assert.ok(result.end === 'blocked');
    assert.equal(result.code, 'staging-full');
    const needed = 2 * (bytesOf('00004') + bytesOf('00005')) + 64 * 1024 * 1024;
    assert.ok(result.cause.includes(`(${needed} bytes)`), result.cause);
  });

  it('waits for mkvmerge: nothing else is exact', async () => {
    const withoutMkvmerge = {
      run: tools.run,
      find: async (name: Parameters<typeof tools.find>[0]) =>
        name === 'mkvmerge' ? null : tools.find(name),
    };
    const { result } = await ripDisc({ job: jobFor(scan, [1]), staging, tools: withoutMkvmerge });
    assert.ok(result.end === 'blocked');
    assert.equal(result.code, 'tool-missing');
  });

  it('keeps the wanted languages, and forced subtitles and some sound in any case', async () => {
    const job = jobFor(scan, [1, 2]);
    job.set.tracks = { audio: ['fr'], subtitles: ['de'] };
    const { folder } = await ripDisc({ job, staging });
    const mkvmerge = (await tools.find('mkvmerge'))?.path ?? '';
    const program = { run: tools.run, mkvmerge, signal: new AbortController().signal };
    const { tracks } = await identify(program, join(folder, 't01.mkv'));
    assert.deepEqual(
      tracks.map(({ type }) => type),
      ['video', 'audio'],
    );
  });

  it('reads nothing of a disc that is protected', async function () {
    const { folder } = await authoredBlurayOrSkip(this, 'protected');
    const found = await blurayScanOf(folder);
    const { result, transitions } = await ripDisc({ job: jobFor(found, [1]), staging });
    assert.ok(result.end === 'failed');
    assert.equal(result.problem.code, 'encrypted');
    assert.match(result.problem.message, /AACS/);
    assert.deepEqual(transitions, []);
  });

  it('plays only the stretch between IN and OUT of a clip', async function () {
    const film = await authoredBlurayOrSkip(this, 'film');
    const filmScan = await blurayScanOf(film.images.udf);
    const { result, folder, progress } = await ripDisc({ job: jobFor(filmScan, [120]), staging });
    assert.deepEqual(result, { end: 'done' });
    const title = titleOf(filmScan, 120);
    const whole = titleOf(filmScan, 100).items[0]?.bytes ?? 0;
    assert.ok(title.bytes < whole, `${title.bytes} of ${whole}`);
    assert.equal(progress.at(-1)?.bytesDone, title.bytes);
    const mkvmerge = (await tools.find('mkvmerge'))?.path ?? '';
    const program = { run: tools.run, mkvmerge, signal: new AbortController().signal };
    const { duration } = await identify(program, join(folder, 't120.mkv'));
    assert.ok(Math.abs((duration ?? 0) - title.duration) < 0.1);
  });

  it('fails a title whose clips have different tracks with clear words, and nothing else', async function () {
    const film = await authoredBlurayOrSkip(this, 'film');
    const job = jobFor(await blurayScanOf(film.images.udf), [110, 130]);
    const ripped = await ripDisc({ job, staging });
    assert.deepEqual(statesOf(ripped.job), ['ripped', 'tool-failed']);
    const { message } = ripped.job.titles.find(({ number }) => number === 130)?.error ?? {};
    assert.equal(
      message,
      'The clips of title 130 have different tracks, and mkvmerge cannot join them',
    );
  });

  describe('from a folder', () => {
    it('uses the backup of a damaged playlist, and links that it removes again', async () => {
      const copy = join(staging, 'disc', 'Copied show');
      await cp(disc.folder, copy, { recursive: true });
      await writeFile(join(copy, 'BDMV', 'PLAYLIST', '00001.mpls'), 'MPLS0200 and nothing');
      const found = await blurayScanOf(copy);
      assert.deepEqual(found.damaged, ['PLAYLIST/00001.MPLS is damaged; its backup is used']);
      const { result, folder } = await ripDisc({ job: jobFor(found, [1]), staging });
      assert.deepEqual(result, { end: 'done' });
      assert.deepEqual(await readdir(folder), ['t01.mkv']);
      assert.ok((await readdir(join(copy, 'BDMV', 'STREAM'))).includes('00001.m2ts'));
    });

    it('reads names in any case', async () => {
      const copy = join(staging, 'disc', 'lower');
      await cp(disc.folder, join(copy, 'x'), { recursive: true });
      await cp(join(copy, 'x', 'BDMV'), join(copy, 'bdmv'), { recursive: true });
      await rm(join(copy, 'x'), { recursive: true });
      await cp(clipFile(disc.folder, '00001'), join(copy, 'bdmv', 'STREAM', '00001.M2TS'));
      await rm(join(copy, 'bdmv', 'STREAM', '00001.m2ts'));
      const { result } = await ripDisc({ job: jobFor(await blurayScanOf(copy), [1]), staging });
      assert.deepEqual(result, { end: 'done' });
    });

    it('fails a title whose clip is gone', async () => {
      const copy = join(staging, 'disc', 'incomplete');
      await cp(disc.folder, copy, { recursive: true });
      const found = await blurayScanOf(copy);
      const stolen = async (medium: Medium) => {
        await rm(clipFile(copy, '00002'));
        return medium;
      };
      const { job } = await ripDisc({
        job: jobFor(found, [1, 2]),
        staging,
        scanDisc: async (medium) => {
          await stolen(medium);
          return found;
        },
      });
      assert.deepEqual(statesOf(job), ['ripped', 'read-error']);
    });
  });
});
