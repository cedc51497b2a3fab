import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { JobSnapshot } from '../../service/contract/job.ts';
import type { ProblemCode } from '../../service/contract/problem.ts';
import { authoredBlurayOrSkip } from '../authoring/bluray/authored-bluray.ts';
import { scrambleStreams } from '../authoring/bluray/scramble-streams.ts';
import { scrambleImage } from '../authoring/disc-faults.ts';
import { callsTo, installStandIn, setScenario } from '../makemkv/install.ts';
import type { ScenarioInput } from '../makemkv/scenario.ts';
import { film, filmFiles, show, showFiles } from './sample-discs.ts';
import {
  insertInto,
  type StationOptions,
  stationsOnOneBroker,
  type TestStation,
} from './test-station.ts';

const main = fileURLToPath(new URL('../../dist/service/main.js', import.meta.url));
const [oldKey, newKey] = [`T-${'old0'.repeat(15)}`, `T-${'new1'.repeat(15)}`];
/** Without a key nothing goes. */
const licence = { trial: 'over' as const, dvdIsFree: false, expiredKeys: [oldKey] };

describe('encrypted discs', function () {
  this.timeout(120_000);
  let scratch: string;
  let program: string;
  const start = stationsOnOneBroker();
  let [film1, show1] = ['', ''];
  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'discflow-makemkv-'));
    [film1, show1] = [join(scratch, 'film.iso'), join(scratch, 'show.iso')];
    await scrambleImage({ image: film, output: film1 });
    await scrambleImage({ image: show, output: show1 });
    program = join(scratch, 'program');
  });
  beforeEach(() => rm(program, { recursive: true, force: true }));
  after(() => rm(scratch, { recursive: true, force: true }));

  /** Two drives, and a MakeMKV with what is to happen. */
  async function stationWith(
    scenario: ScenarioInput,
    { makemkv }: Pick<StationOptions, 'makemkv'> = {},
  ): Promise<TestStation> {
    const makemkvcon = await installStandIn({ folder: program, scenario });
    const drive = { settle_seconds: 0.2 };
    const station = await start({
      drives: [
        { id: 'left', folder: 'discs', ...drive },
        { id: 'right', folder: 'right', ...drive },
      ],
      tools: { makemkvcon },
      ...(makemkv && { makemkv }),
    });
    await mkdir(join(station.data, 'right'), { recursive: true });
    return station;
  }

  const insertRight = ({ data }: TestStation, image: string) =>
    insertInto(join(data, 'right'), image, basename(image));

  /** A damaged title is tried twice, and every try opens the disc anew. */
  const ended = (station: TestStation, image: string, attempt = 1) =>
    station.ended(image, attempt, 60_000);

  const blockedBy =
    (code: ProblemCode) =>
    ({ state, blocked }: JobSnapshot) =>
      state === 'waiting' && blocked?.code === code;

  /** Types it into a pipe, as a person would. */
  async function enterKey({ data }: TestStation, key: string): Promise<void> {
    await execa(process.execPath, [main, '--data', data, 'key', '-'], { input: key });
  }

  /** Neither key is anywhere but in the folder of MakeMKV. */
  async function assertNoKeys({ data, observer, service }: TestStation): Promise<void> {
    const said = [service.said(), JSON.stringify([...observer.retained]), await callsTo(program)];
    said.push(JSON.stringify(observer.events));
    for (const file of await readdir(data, { recursive: true, withFileTypes: true })) {
      const path = join(file.parentPath, file.name);
      if (file.isFile() && !/\.(iso|mkv)$/.test(path) && !path.includes('/state/makemkv/'))
        // What the service is replacing at this moment is gone when it is opened.
        said.push(await readFile(path, 'utf8').catch(() => ''));
    }
    for (const text of said.flat())
      assert.ok(!/old0old0|new1new1/.test(text), `a key is in: ${text.slice(0, 300)}`);
  }

  it('arrive when MakeMKV is there, and their films are named as those of others', async () => {
    const station = await stationWith({});
    await station.insert(film1);
    assert.equal((await ended(station, film1)).outcome, 'complete');
    assert.deepEqual(await station.filed(), filmFiles);
    station.assertWholeStory();
  });

  it('of Blu-ray arrive, too', async function () {
    const disc = await authoredBlurayOrSkip(this, 'film');
    const folder = join(scratch, 'BLURAY');
    await scrambleStreams(disc.folder, folder);
    const station = await stationWith({});
    await rename(folder, join(station.discs, 'BLURAY'));
    const { outcome, titles, disc: found } = await ended(station, 'BLURAY');
    assert.equal(found.kind, 'bluray');
    assert.equal(outcome, 'complete');
    const wanted = titles.filter((title) => title.wanted);
    assert.equal((await station.filed()).length, wanted.length);
    const calls = await callsTo(program);
    assert.ok(
      calls.some((call) => /mkv file:\S*BLURAY/.test(call)),
      calls.join('\n'),
    );
    station.assertWholeStory();
  });

  it('wait for a key, once for all, while others go on; a key that is entered ends it', async () => {
    const station = await stationWith({ licence });
    await enterKey(station, oldKey);
    await station.insert(film1);
    const { blocked, drive } = await station.jobWhere('waiting', blockedBy('makemkv-key'));
    assert.equal(drive, 'left');
    assert.match(blocked?.hint ?? '', /"discflow key".*topic 1053/);
    await insertRight(station, show1);
    await station.jobWhere(
      'waiting too',
      (job) => job.drive === 'right' && blockedBy('makemkv-key')(job),
    );
    const problems = () => station.jobsState()?.problems.map(({ code }) => code) ?? [];
    await station.until('one attention', () => problems().includes('makemkv-key'));
    assert.deepEqual(problems(), ['makemkv-key']);
    assert.deepEqual(await readdir(station.discs), ['film.iso'], 'the disc stays');
    await enterKey(station, newKey);
    for (const image of [film1, show1])
      assert.equal((await ended(station, image)).outcome, 'complete');
    assert.deepEqual(await station.filed(), [...filmFiles, ...showFiles].sort());
    await station.until('no attention', () => problems().length === 0);
    await assertNoKeys(station);
    station.assertWholeStory();
  });

  it('hold up no unencrypted disc in another drive, and go on with a key in a secret file', async () => {
    const secret = join(scratch, 'secret');
    await writeFile(secret, oldKey);
    const station = await stationWith({ licence }, { makemkv: { key_file: secret } });
    await station.insert(film1);
    await station.jobWhere('waiting', blockedBy('makemkv-key'));
    await insertRight(station, show);
    assert.equal((await ended(station, show)).outcome, 'complete');
    assert.deepEqual(await station.filed(), showFiles);
    await writeFile(secret, `${newKey}\n`);
    assert.equal((await ended(station, film1)).outcome, 'complete');
    await assertNoKeys(station);
    station.assertWholeStory();
  });

  it('wait for a newer program, and go on as soon as it is there', async () => {
    const station = await stationWith({ program: { version: '1.17.1', tooOld: true } });
    await station.insert(film1);
    const { blocked } = await station.jobWhere('waiting', blockedBy('makemkv-outdated'));
    assert.match(blocked?.hint ?? '', /Update MakeMKV/);
    await installStandIn({ folder: program });
    assert.equal((await ended(station, film1)).outcome, 'complete');
    station.assertWholeStory();
  });

  it('go on after a restart, which is how a container gets a newer program', async () => {
    const station = await stationWith({ program: { tooOld: true } });
    await station.insert(film1);
    await station.jobWhere('waiting', blockedBy('makemkv-outdated'));
    await station.kill();
    await setScenario(program, {});
    await station.start();
    assert.equal((await ended(station, film1)).outcome, 'complete');
    station.assertWholeStory();
  });

  it('with read errors are partial, and another drive reads only what is missing', async () => {
    const faults = [{ kind: 'read-errors' as const, on: { source: '/discs/', title: 3 } }];
    const station = await stationWith({ faults });
    await station.insert(show1);
    const first = await ended(station, show1);
    assert.deepEqual([first.state, first.outcome], ['completed', 'partial']);
    const damaged = first.titles.filter(({ state }) => state === 'failed');
    assert.deepEqual(
      damaged.map(({ number, error, filed }) => [number, error?.code, filed]),
      [[3, 'read-error', null]],
    );
    const there = await station.filed();
    assert.equal(there.length, showFiles.length - 1);
    assert.ok(there.every((name) => showFiles.includes(name)));
    const before = station.reads();
    await insertRight(station, show1);
    const second = await ended(station, show1, 2);
    assert.deepEqual([second.id, second.drive], [first.id, 'right']);
    assert.deepEqual([second.state, second.outcome], ['completed', 'complete']);
    assert.deepEqual(await station.filed(), showFiles);
    assert.equal(station.reads().slice(before.length).length, 1);
    station.assertWholeStory();
  });

  it('bring up warnings before it is too late: the end of the trial, and a newer version once', async () => {
    const scenario = { program: { newer: '1.19.0' }, licence: { daysLeft: 3 } };
    const station = await stationWith(scenario);
    const problems = () => station.jobsState()?.problems.map(({ code }) => code) ?? [];
    await station.until('a newer version', () => problems().includes('makemkv-newer'));
    await station.insert(film1);
    assert.equal((await ended(station, film1)).outcome, 'complete');
    await station.until('the end of the trial', () => problems().includes('makemkv-key-ending'));
    await station.stop();
    const before = (await callsTo(program)).length;
    const asked = async () =>
      (await callsTo(program)).slice(before).some((call) => call.endsWith('disc:9999'));
    await station.start();
    await station.until('it is asked again', asked);
    await station.until('an answer', () => station.service.said().includes('MakeMKV was found'));
    assert.ok(!problems().includes('makemkv-newer'), 'told once per version');
  });
});
