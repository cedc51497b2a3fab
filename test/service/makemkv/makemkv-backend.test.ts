import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { execa } from 'execa';
import type { Problem } from '../../../service/contract/problem.ts';
import type { JobDocument } from '../../../service/jobs/document.ts';
import { reopen } from '../../../service/jobs/outcomes.ts';
import { scanDvd } from '../../../service/scan/dvd/scan-dvd.ts';
import type { Medium } from '../../../service/scan/medium/medium.ts';
import { openMedium } from '../../../service/scan/medium/open-medium.ts';
import { readStructure } from '../../../service/scan/read-structure.ts';
import { damagedStructure } from '../../../service/scan/structure.ts';
import { identify } from '../../../service/tools/mkv-contents.ts';
import type { ScenarioInput } from '../../makemkv/scenario.ts';
import { sampleDiscs } from '../identify/job-under-test.ts';
import { jobFor, type Ripped, scanOf, tools } from '../rip/rip-disc.ts';
import { QUICK, type StandInStation, standInStation } from './stand-in-station.ts';

const ALL = [1, 2, 3];

describe('ripping an encrypted disc through MakeMKV', function () {
  this.timeout(120_000);
  let station: StandInStation;
  beforeEach(async () => {
    station = await standInStation({ disc: sampleDiscs.series });
  });
  afterEach(() => station.end());

  function states({ job }: Ripped): string {
    const wanted = job.titles.filter((title) => title.wanted);
    return wanted.map(({ id, state }) => `${id} ${state}`).join(', ');
  }

  function errorOf({ job }: Ripped, number: number) {
    const { error } = job.titles.find((title) => title.number === number) ?? {};
    assert.ok(error);
    return error;
  }

  const allRipped = 't01 ripped, t02 ripped, t03 ripped';

  it('files every title under its own name, and tells of each once', async () => {
    const ripped = await station.rip(ALL);
    assert.deepEqual(ripped.result, { end: 'done' });
    assert.equal(states(ripped), allRipped);
    assert.deepEqual((await readdir(ripped.folder)).sort(), ['t01.mkv', 't02.mkv', 't03.mkv']);
    const once = ripped.transitions.filter((line) => line.includes('ripping>ripped'));
    assert.equal(once.length, 3);
    const done = ripped.progress.map(({ bytesDone }) => bytesDone);
    assert.deepEqual(
      done,
      done.toSorted((a, b) => a - b),
    );
  });

  for (const names of ['equal', 'gaps'] as const)
    it(`knows the titles although their names are ${names === 'equal' ? 'all the same' : 'numbered with gaps'}`, async () => {
      const ripped = await station.rip(ALL, { names });
      assert.equal(states(ripped), allRipped);
    });

  it('keeps a damaged title apart, says what was lost, and reads only that one next time', async () => {
    const damaged: ScenarioInput = { faults: [{ kind: 'read-errors', on: { title: 2 } }] };
    const first = await station.rip(ALL, damaged);
    assert.deepEqual(first.result, { end: 'done' });
    assert.equal(states(first), 't01 ripped, t02 failed, t03 ripped');
    const { code, message, hint } = errorOf(first, 2);
    assert.equal(code, 'read-error');
    assert.match(message, /^Title 2 is damaged: 4 read errors \(VTS_\d\d_1\.VOB at byte \d+\)/);
    assert.ok(
      message.endsWith(`What could be read is in ${first.folder}/t02.damaged.mkv`),
      message,
    );
    assert.match(hint, /in this or another drive: only what is damaged is read then/);
    assert.ok((await readdir(first.folder)).includes('t02.damaged.mkv'));

    const again = structuredClone<JobDocument>(first.job);
    again.state = 'completed';
    reopen(again);
    const second = await station.rip(ALL, {}, { job: again });
    assert.equal(states(second), allRipped);
    assert.deepEqual(second.transitions, ['t02 pending>ripping', 't02 ripping>ripped']);
    assert.deepEqual((await readdir(second.folder)).sort(), ['t01.mkv', 't02.mkv', 't03.mkv']);
  });

  it('keeps the languages that are wanted', async () => {
    const job = jobFor(await scanOf(station.image), [1]);
    job.set.tracks = { audio: ['fr'], subtitles: [] };
    const ripped = await station.rip([], {}, { job });
    const mkvmerge = await tools.find('mkvmerge');
    assert.ok(mkvmerge);
    const { signal } = new AbortController();
    const program = { run: tools.run, mkvmerge: mkvmerge.path, signal };
    const found = await identify(program, `${ripped.folder}/t01.mkv`);
    assert.deepEqual(
      found.tracks.map(({ type, language }) => [type, language]),
      [
        ['video', 'und'],
        ['audio', 'fre'],
      ],
    );
    assert.deepEqual(await readdir(ripped.folder), ['t01.mkv']);
  });

  it('leaves no program behind when it is cancelled', async () => {
    await station.end();
    station = await standInStation({ disc: sampleDiscs.series, pace: 0.5 });
    const stop = new AbortController();
    const begun = (job: JobDocument) =>
      job.titles.some(({ state }) => state === 'ripping') && stop.abort();
    const { result } = await station.rip(ALL, {}, { stop, onChange: begun });
    assert.ok(result.end === 'failed');
    assert.equal(result.problem.code, 'cancelled');
    const { stdout } = await execa('ps', ['-eo', 'args']);
    assert.ok(!stdout.includes(station.image), stdout);
  });

  it('rips a disc whose structure only MakeMKV can read', async () => {
    const scanDisc = () => Promise.reject(damagedStructure('made unreadable'));
    const medium = await openMedium(station.image);
    await medium.close();
    const readers = { openMedium, scanDisc, makemkv: station.makemkv };
    const { signal } = new AbortController();
    const { scan, medium: none } = await readStructure(station.image, readers, { signal });
    assert.ok(scan.structure === 'makemkv');
    assert.equal(none, null);
    const ours = await scanOf(station.image);
    assert.equal(scan.fingerprint, ours.fingerprint);
    const number = scan.titles[1]?.number ?? 0;
    const ripped = await station.rip([], {}, { job: jobFor(scan, [number]), scanDisc });
    assert.deepEqual(ripped.result, { end: 'done' });
  });

  it('goes on with MakeMKV where an open disc turns out to be scrambled', async () => {
    const open = async (medium: Medium) => ({ ...(await scanDvd(medium)), encryption: null });
    const ripped = await station.rip([1, 2], {}, { scanDisc: open });
    assert.equal(states(ripped), 't01 ripped, t02 ripped');
    const again = ripped.transitions.filter((line) => line.endsWith('failed>pending'));
    assert.equal(again.length, 2);
  });

  it('loses only the titles that a crash, a short file or a missing one concerns', async () => {
    const faults: ScenarioInput['faults'] = [
      { kind: 'crash', on: { title: 1 } },
      { kind: 'truncated', on: { title: 2 } },
      { kind: 'missing', on: { title: 3 } },
    ];
    const ripped = await station.rip([1, 2, 3, 4], { faults });
    assert.equal(states(ripped), 't01 failed, t02 failed, t03 failed, t04 ripped');
    const says = [1, 2, 3].map((number) => errorOf(ripped, number).message);
    assert.match(says[0] ?? '', /ended without a result.*SIGSEGV/);
    assert.match(says[1] ?? '', /not whole: it has \d+ bytes/);
    assert.match(says[2] ?? '', /did not save it|it is gone/);
    assert.deepEqual(await readdir(ripped.folder), ['t04.mkv']);
  });

  it('stops a title that only drips, and saves the others', async () => {
    await station.end();
    station = await standInStation({
      disc: sampleDiscs.series,
      limits: { ...QUICK, quiet: 2000, stall: 8000, leastGrowth: 1024 * 1024 },
    });
    const told: (string | undefined)[] = [];
    const report = (_: string, problem: Problem | null) => told.push(problem?.code);
    const faults: ScenarioInput['faults'] = [{ kind: 'drip', on: { title: 2 } }];
    const ripped = await station.rip([2, 3], { faults }, { report });
    assert.deepEqual([told[0], told.at(-1)], ['timeout', undefined]);
    assert.equal(states(ripped), 't02 failed, t03 ripped');
    assert.match(errorOf(ripped, 2).message, /hung and was stopped/);
    assert.equal(errorOf(ripped, 2).code, 'timeout');
  });

  it('says no longer that nothing is read when the job was cancelled for that', async () => {
    await station.end();
    station = await standInStation({
      disc: sampleDiscs.series,
      limits: { ...QUICK, quiet: 1000, leastGrowth: 1024 * 1024 },
    });
    const stop = new AbortController();
    const told: (string | undefined)[] = [];
    const report = (_: string, problem: Problem | null) => {
      told.push(problem?.code);
      stop.abort();
    };
    const faults: ScenarioInput['faults'] = [{ kind: 'drip', on: { title: 2 } }];
    await station.rip([2, 3], { faults }, { report, stop });
    assert.deepEqual(told, ['timeout', undefined]);
  });

  it('keeps what was finished when the disc is taken out', async () => {
    const ripped = await station.rip(ALL, { faults: [{ kind: 'removed', on: { title: 2 } }] });
    assert.equal(states(ripped), 't01 ripped, t02 failed, t03 failed');
    assert.equal(errorOf(ripped, 3).code, 'disc-removed');
  });

  it('does not believe an exit code of 0', async () => {
    const ripped = await station.rip(ALL, { faults: [{ kind: 'lies', on: { command: 'mkv' } }] });
    assert.equal(states(ripped), 't01 failed, t02 failed, t03 failed');
    assert.match(errorOf(ripped, 1).message, /ended without a result.*exit code 0/);
  });

  /** What concerns the whole disc gives its titles back, and says what a person has to do. */
  const whole: [
    what: string,
    scenario: ScenarioInput,
    end: 'blocked' | 'failed',
    code: string,
    hint: RegExp,
  ][] = [
    [
      'a question about space',
      { faults: [{ kind: 'question', code: 5038 }] },
      'blocked',
      'staging-full',
      /Free space/,
    ],
    [
      'a question about a file',
      { faults: [{ kind: 'question', code: 5001 }] },
      'failed',
      'makemkv-question',
      /cannot answer/,
    ],
    [
      'a staging disk that cannot be written',
      { faults: [{ kind: 'write-error' }] },
      'blocked',
      'staging-unavailable',
      /The disc is fine/,
    ],
    [
      'a folder that cannot be written',
      { faults: [{ kind: 'create-error' }] },
      'blocked',
      'staging-unavailable',
      /The disc is fine/,
    ],
    [
      'a drive that is not made for the disc',
      { faults: [{ kind: 'libredrive' }] },
      'failed',
      'drive-unsuited',
      /LibreDrive/,
    ],
    [
      'a disc that is too new',
      { faults: [{ kind: 'volume-key' }] },
      'failed',
      'disc-keys-missing',
      /wait some days/,
    ],
    [
      'a disc that cannot be read',
      { faults: [{ kind: 'unreadable' }] },
      'failed',
      'read-error',
      /Clean the disc/,
    ],
    [
      'a disc without titles',
      { faults: [{ kind: 'no-titles' }] },
      'failed',
      'disc-unreadable',
      /Clean the disc/,
    ],
    [
      'a drive without rights',
      { faults: [{ kind: 'no-access' }] },
      'failed',
      'drive-unavailable',
      /cdrom/,
    ],
    ['a program that hangs', { faults: [{ kind: 'hang' }] }, 'failed', 'timeout', /another drive/],
    [
      'a program that is too old',
      { program: { tooOld: true } },
      'blocked',
      'makemkv-outdated',
      /Update MakeMKV/,
    ],
    [
      'a trial that is over',
      { licence: { trial: 'over', dvdIsFree: false } },
      'blocked',
      'makemkv-key',
      /discflow key/,
    ],
  ];
  for (const [what, scenario, end, code, hint] of whole)
    it(`says what to do about ${what}`, async () => {
      const { result, job } = await station.rip(ALL, scenario);
      assert.equal(result.end, end);
      const problem = result.end === 'failed' ? result.problem : result;
      assert.ok('code' in problem && 'hint' in problem);
      assert.equal(problem.code, code);
      assert.match(problem.hint, hint);
      const wanted = job.titles.filter((title) => title.wanted);
      assert.deepEqual(
        wanted.map(({ state }) => state),
        ['pending', 'pending', 'pending'],
      );
    });
});
