import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseRobotLine, type RobotLine } from '../../../service/makemkv/robot-line.ts';
import { authoredBlurayOrSkip } from '../../authoring/bluray/authored-bluray.ts';
import { scrambleStreams } from '../../authoring/bluray/scramble-streams.ts';
import { scrambleImage } from '../../authoring/disc-faults.ts';
import { runStandIn, type StandInRun } from '../../makemkv/run-stand-in.ts';
import type { ScenarioInput } from '../../makemkv/scenario.ts';
import { md5OfTracks } from '../rip/dvd/elementary-streams.ts';
import { tools } from '../rip/rip-disc.ts';
import { type Capture, capturesOrSkip } from './captures.ts';

const discs = fileURLToPath(new URL('../../../examples/discs', import.meta.url));
/** Four titles of more than 100 s, and one of 61 s. */
const show = join(discs, 'HARBOUR_LIGHTS_S1_D1.iso');
const film = join(discs, 'LONG_MERIDIAN.iso');
const robot = ['-r', '--messages=-stdout', '--progress=-same', '--noscan', '--minlength=100'];

function linesOf({ bytes }: Capture): RobotLine[] {
  return bytes
    .toString()
    .split(/\r?\n/)
    .flatMap((line) => parseRobotLine(line) ?? []);
}

const fieldsOf = ({ fields }: RobotLine) => fields.map(({ text }) => text);

function codesOf({ lines }: Pick<StandInRun, 'lines'>, ...names: string[]): string[] {
  return lines.flatMap(({ name, fields }) => (names.includes(name) ? [fields[0]?.text ?? ''] : []));
}

/** Kinds of the fields of a record: bare number, quoted text. */
function shapeOf({ name, fields }: RobotLine): string {
  return `${name}:${fields.map(({ quoted }) => (quoted ? '""' : '0')).join()}`;
}

/** What a message looks like apart from its words: its box, and how its params are written. */
function messageShape(line: RobotLine): string {
  const [code, flags, count, , , ...params] = fieldsOf(line);
  const kinds = params.map((param) =>
    param
      .replace(/\d+:\d\d:\d\d/, 'H:MM:SS')
      .replace(/^#?\d+$/, (number) => (number.startsWith('#') ? '#n' : 'n'))
      .replace(/^(?!n$|#n$|H:MM:SS$).*/s, 'text'),
  );
  return `${code} ${Number(flags) & 0xf0c} ${count} ${kinds.join()}`;
}

describe('the stand-in for makemkvcon', function () {
  this.timeout(60_000);
  let folder: string;
  before(async function () {
    if (await tools.find('mkvmerge')) return;
    console.log('skipped: needs mkvtoolnix');
    this.skip();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stand-in-test-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const info = (scenario: ScenarioInput = {}) =>
    runStandIn([...robot, 'info', `iso:${show}`], { scenario });
  async function save(scenario: ScenarioInput = {}, stuckAt?: string, env = {}) {
    const output = join(folder, 'out');
    await mkdir(output, { recursive: true });
    const args = [...robot, 'mkv', `iso:${show}`, 'all', output];
    const run = await runStandIn(args, {
      scenario,
      env,
      ...(stuckAt !== undefined && { stuckAt }),
    });
    return { ...run, output, files: (await readdir(output)).sort() };
  }

  describe('beside real output', () => {
    let captures: Capture[];
    let real: RobotLine[];
    before(async function () {
      captures = await capturesOrSkip(this);
      real = captures.flatMap(linesOf);
    });
    const capture = (number: string) => {
      const found = captures.find(({ name }) => name.startsWith(number));
      assert.ok(found);
      return linesOf(found);
    };

    it('writes records of the same shapes, and no others', async () => {
      const shapes = new Set(real.filter(({ name }) => name !== 'MSG').map(shapeOf));
      const { lines } = await save();
      for (const line of [...lines, ...(await info()).lines])
        if (line.name !== 'MSG') assert.ok(shapes.has(shapeOf(line)), shapeOf(line));
    });

    it('gives messages the params of the real ones, in their order, and their boxes', async () => {
      const shapes = new Map<string, Set<string>>();
      for (const line of real.filter(({ name }) => name === 'MSG')) {
        const code = fieldsOf(line)[0] ?? '';
        shapes.set(code, (shapes.get(code) ?? new Set()).add(messageShape(line)));
      }
      // The only real one in robot mode is of a Blu-ray, which has file names.
      shapes.get('3025')?.add('3025 0 3 n,n,n');
      const fault = (kind: 'read-errors' | 'removed' | 'unreadable' | 'no-drive' | 'question') => ({
        faults: [{ kind }],
      });
      const runs = [
        await info({ program: { newer: '1.19.0', libreDrive: true } }),
        await info(fault('unreadable')),
        await info(fault('no-drive')),
        await info({ program: { tooOld: true } }),
        await save(),
        await save(fault('question'), 'MSG:5038'),
      ];
      await rm(join(folder, 'out'), { recursive: true });
      runs.push(await save(fault('read-errors')));
      let compared = 0;
      for (const line of runs.flatMap(({ lines }) => lines)) {
        const known = shapes.get(fieldsOf(line)[0] ?? '');
        if (line.name !== 'MSG' || !known) continue;
        compared++;
        assert.ok(
          known.has(messageShape(line)),
          `${messageShape(line)}: ${[...known].join(' | ')}`,
        );
      }
      assert.ok(compared > 40, `${compared} messages`);
    });

    it('says of disc, titles and streams what real scans of DVDs say, in their order', async () => {
      const idsOf = (lines: readonly RobotLine[], name: string, at: number) =>
        lines.filter((line) => line.name === name).map((line) => Number(fieldsOf(line)[at]));
      const dvds = [...capture('04'), ...capture('05')];
      const { lines } = await info();
      for (const [name, at] of [
        ['CINFO', 0],
        ['TINFO', 1],
        ['SINFO', 2],
      ] as const) {
        const known = new Set(idsOf(dvds, name, at));
        for (const id of idsOf(lines, name, at)) assert.ok(known.has(id), `${name} ${id}`);
      }
      // Each title of a DVD names the same attributes as the real ones do.
      const always = [8, 9, 10, 11, 24, 25, 26, 27, 30, 31, 33, 49];
      const ofTitle = lines.filter(
        ({ name, fields }) => name === 'TINFO' && fields[0]?.text === '1',
      );
      assert.deepEqual(idsOf(ofTitle, 'TINFO', 1), always);
      const codes = (from: readonly RobotLine[]) =>
        new Set(from.filter(({ name }) => /INFO$/.test(name)).map((line) => fieldsOf(line).at(-2)));
      const knownCodes = new Set([...codes(real), '5090']);
      for (const code of codes(lines)) assert.ok(knownCodes.has(code), `value code ${code}`);
    });

    it('goes through the phases of a real run of four titles', async () => {
      const wanted = codesOf({ lines: capture('08') }, 'PRGT', 'PRGC');
      assert.deepEqual(codesOf(await save(), 'PRGT', 'PRGC'), wanted);
      const results = (lines: readonly RobotLine[]) =>
        codesOf({ lines }, 'MSG').filter((code) => /^50(0[345]|1[14]|3[67])$/.test(code));
      await rm(join(folder, 'out'), { recursive: true });
      assert.deepEqual(results((await save()).lines), results(capture('08')));
    });

    it('tells the drives as a real enumeration does', async () => {
      const drives = [
        { device: '/dev/sr0', source: film },
        { device: '/dev/sr1', state: 'open' as const },
      ];
      const run = await runStandIn(['-r', '--cache=1', 'info', 'disc:9999'], {
        scenario: { drives },
      });
      const codes = codesOf({ lines: capture('10') }, 'MSG', 'TCOUNT');
      assert.deepEqual(codesOf(run, 'MSG', 'TCOUNT'), codes);
      assert.equal(run.exitCode, 0);
      const rows = run.lines.filter(({ name }) => name === 'DRV').map(fieldsOf);
      assert.equal(rows.length, 16);
      assert.deepEqual(
        rows
          .slice(0, 3)
          .map(([index, state, visible, flags, , label, device]) =>
            [index, state, visible, flags, label, device].join(),
          ),
        ['0,2,999,1,LONG_MERIDIAN,/dev/sr0', '1,1,999,0,,/dev/sr1', '2,256,999,0,,'],
      );
    });

    it('refuses to work like a version that is too old', async () => {
      const run = await info({ program: { version: '1.17.1', newer: '1.17.3', tooOld: true } });
      const codes = codesOf({ lines: capture('09') }, 'MSG').filter(
        (code) => !['3338', '5042'].includes(code),
      );
      assert.deepEqual([codesOf(run, 'MSG'), run.exitCode], [codes, 253]);
    });
  });

  it('tells no progress unless it is told where to', async () => {
    const plain = ['-r', '--minlength=100', 'info', `iso:${show}`];
    const { lines, exitCode } = await runStandIn(plain);
    assert.equal(exitCode, 0);
    assert.ok(lines.length > 50 && !lines.some(({ name }) => name.startsWith('PRG')));
  });

  it('writes messages and progress where they are to go', async () => {
    const [messages, progress] = [join(folder, 'messages'), join(folder, 'progress')];
    const where = [`--messages=${messages}`, `--progress=${progress}`];
    const run = await runStandIn(['-r', ...where, 'info', `iso:${film}`]);
    assert.equal(run.text, '');
    assert.match(await readFile(messages, 'utf8'), /^MSG:1005/);
    assert.match(await readFile(progress, 'utf8'), /^PRGT:5018/);
  });

  it('numbers the kept titles only, so that indices move with the minimum length', async () => {
    const numbers = async (seconds: number) => {
      const run = await runStandIn(['-r', `--minlength=${seconds}`, 'info', `iso:${show}`]);
      const titles = run.lines.filter(
        ({ name, fields }) => name === 'TINFO' && fields[1]?.text === '24',
      );
      return titles.map(fieldsOf).map(([index, , , number]) => `${index}=${number}`);
    };
    assert.deepEqual(await numbers(10), ['0=01', '1=02', '2=03', '3=04', '4=05']);
    assert.deepEqual(await numbers(153), ['0=01', '1=02', '2=03']);
  });

  it('makes of an encrypted image the films that are on it', async () => {
    const image = join(folder, 'encrypted.iso');
    assert.ok((await scrambleImage({ image: show, output: image })) > 1000);
    const films: string[][] = [];
    for (const source of [show, image]) {
      const output = await mkdtemp(join(folder, 'out-'));
      await runStandIn([...robot, 'mkv', `iso:${source}`, '1', output]);
      const [name = ''] = await readdir(output);
      assert.equal(name, 'A1_t01.mkv');
      films.push(await md5OfTracks(join(output, name), [0, 1]));
    }
    assert.deepEqual(films[1], films[0]);
  });

  it('makes of an encrypted Blu-ray disc the films that are on it', async function () {
    const disc = await authoredBlurayOrSkip(this, 'film');
    const encrypted = join(folder, 'ENCRYPTED');
    await scrambleStreams(disc.folder, encrypted);
    const minlength = '--minlength=10';
    const films: string[][] = [];
    for (const source of [disc.folder, encrypted]) {
      const listed = await runStandIn(['-r', minlength, 'info', `file:${source}`]);
      const about = listed.lines.map((line) => [line.name, ...fieldsOf(line)].join(' '));
      assert.ok(about.includes('CINFO 1 6209 Blu-ray'), listed.text);
      const longest = about.find((row) => /^TINFO \d+ 16 0 00101.mpls$/.test(row));
      const index = /TINFO (\d+)/.exec(longest ?? '')?.[1] ?? '';
      assert.ok(about.includes(`TINFO ${index} 26 0 100,101,102,103`), about.join('\n'));
      const output = await mkdtemp(join(folder, 'out-'));
      const run = await runStandIn(['-r', minlength, 'mkv', `file:${source}`, index, output]);
      assert.deepEqual(codesOf(run, 'MSG').slice(-2), ['5005', '5036']);
      const [name = ''] = await readdir(output);
      assert.match(name, new RegExp(`^Le petit film_t0${index}\\.mkv$`));
      films.push(await md5OfTracks(join(output, name), [0, 1, 2]));
    }
    assert.deepEqual(films[1], films[0]);
  });

  it('follows name template, selection and key in its settings', async () => {
    await mkdir(join(folder, '.MakeMKV'));
    const settings = [
      'app_DefaultOutputFileName = "title{_t:N2}"',
      'app_DefaultSelectionString = "-sel:all,+sel:audio&eng"',
      `app_Key = "T-${'k'.repeat(40)}"`,
    ];
    await writeFile(join(folder, '.MakeMKV', 'settings.conf'), `${settings.join('\n')}\n`);
    await mkdir(join(folder, 'out'));
    const args = [...robot, 'mkv', `iso:${show}`, '1', join(folder, 'out')];
    const run = await runStandIn(args, { home: folder });
    assert.deepEqual(await readdir(join(folder, 'out')), ['title_t01.mkv']);
    assert.ok(!codesOf(run, 'MSG').includes('5050'), 'a key ends the trial');
  });

  it('takes a key that is over out of the settings and leaves the rest', async () => {
    const key = `T-${'k'.repeat(40)}`;
    const file = join(folder, '.MakeMKV', 'settings.conf');
    await mkdir(join(folder, '.MakeMKV'));
    await writeFile(file, `app_Java = "x"\napp_Key = "${key}"\n`);
    const scenario = { licence: { expiredKeys: [key], trial: 'over' as const, dvdIsFree: false } };
    const args = [...robot, 'info', `iso:${film}`];
    const run = await runStandIn(args, { home: folder, scenario });
    assert.deepEqual(codesOf(run, 'MSG'), ['1005', '5073', '5055', '5010']);
    assert.equal(run.exitCode, 253);
    assert.equal(await readFile(file, 'utf8'), 'app_Java = "x"\n');
  });

  it('backs a disc up by its number alone', async () => {
    const scenario = { drives: [{ device: '/dev/sr0', source: film }] };
    const backup = (source: string, to: string) =>
      runStandIn([...robot, '--decrypt', 'backup', source, join(folder, to)], { scenario });
    const wrong = await backup('dev:/dev/sr0', 'a');
    assert.deepEqual([wrong.exitCode, wrong.text], [10, '']);
    const run = await backup('disc:0', 'copy');
    const ends = codesOf(run, 'MSG').filter((code) => /^50(11|7.|8.)$/.test(code));
    assert.deepEqual(ends, ['5072', '5070', '5081']);
    assert.ok((await readdir(join(folder, 'copy', 'VIDEO_TS'))).includes('VIDEO_TS.IFO'));
    await backup('disc:0', 'copy.iso');
    assert.deepEqual(await readFile(join(folder, 'copy.iso')), await readFile(film));
  });

  interface Failing {
    scenario: ScenarioInput;
    /** Messages behind 5014, or all from 5010 back when it gets no farther. */
    says: string[];
    files: number;
    ends: number | string;
  }
  const on = { title: 3 };
  const failing: Record<string, Failing> = {
    'read errors in one title': {
      scenario: { faults: [{ kind: 'read-errors', on }] },
      says: ['2003', '2003', '2003', '2003', '2023', '5003', '5004', '5037'],
      files: 4,
      ends: 0,
    },
    'a disc that is taken out': {
      scenario: { faults: [{ kind: 'removed', on }] },
      says: ['2003', '5003', '5003', '5004', '5037'],
      files: 3,
      ends: 0,
    },
    'a file that cannot be made': {
      scenario: { faults: [{ kind: 'create-error', on }] },
      says: ['2019', '5003', '5004', '5037'],
      files: 3,
      ends: 0,
    },
    'a crash in a title': {
      scenario: { faults: [{ kind: 'crash', on }] },
      says: [],
      files: 3,
      ends: 'SIGSEGV',
    },
    'being killed': {
      scenario: { faults: [{ kind: 'killed', on }] },
      says: [],
      files: 3,
      ends: 'SIGKILL',
    },
    'silence for ever': {
      scenario: { faults: [{ kind: 'stall-silent', on }] },
      says: [],
      files: 3,
      ends: 'stuck',
    },
    'talk without a byte': {
      scenario: { faults: [{ kind: 'stall-talking', on }] },
      says: [],
      files: 3,
      ends: 'stuck',
    },
    'a file that is too short': {
      scenario: { faults: [{ kind: 'truncated', on }] },
      says: ['5005', '5036'],
      files: 4,
      ends: 0,
    },
    'a file that is not there': {
      scenario: { faults: [{ kind: 'missing', on }] },
      says: ['5005', '5036'],
      files: 3,
      ends: 0,
    },
    'exit code 0 and nothing else': {
      scenario: { faults: [{ kind: 'lies' }] },
      says: [],
      files: 0,
      ends: 0,
    },
    'equal names': { scenario: { names: 'equal' }, says: ['5001'], files: 1, ends: 'stuck' },
    'names with gaps': { scenario: { names: 'gaps' }, says: ['5005', '5036'], files: 4, ends: 0 },
    'a question about space': {
      scenario: { faults: [{ kind: 'question', code: 5038 }] },
      says: ['5038'],
      files: 0,
      ends: 'stuck',
    },
    'another region': {
      scenario: { faults: [{ kind: 'region' }] },
      says: ['3032'],
      files: 0,
      ends: 'stuck',
    },
  };
  for (const [what, { scenario, says, files, ends }] of Object.entries(failing))
    it(`can fail with ${what}`, async () => {
      const mark = says.length > 0 ? `MSG:${says[0]}` : 'PRGC:5017,2';
      const run = await save(scenario, ends === 'stuck' ? mark : undefined);
      const codes = codesOf(run, 'MSG');
      const from = codes.findLastIndex((code) => ['5014', '5011', '1005'].includes(code));
      assert.deepEqual([...new Set(codes.slice(from + 1))], [...new Set(says)]);
      assert.equal(run.files.length, files, run.files.join());
      assert.equal(run.stuck ? 'stuck' : (run.signal ?? run.exitCode), ends);
    });

  for (const [kind, code] of [
    ['no-drive', '5042'],
    ['no-access', '2016'],
    ['libredrive', '3346'],
    ['volume-key', '3303'],
    ['unreadable', '2003'],
    ['no-titles', '5008'],
  ] as const)
    it(`can fail to open a disc: ${kind}`, async () => {
      const run = await info({ faults: [{ kind, on: { command: 'info' } }] });
      assert.ok(codesOf(run, 'MSG').includes(code));
      assert.deepEqual(codesOf(run, 'TCOUNT'), ['0']);
      assert.equal(run.exitCode, 0);
    });

  it('leaves no temporary files, however it ends', async () => {
    const temporary = join(folder, 'tmp');
    await mkdir(temporary);
    const env = { TMPDIR: temporary };
    await save({ faults: [{ kind: 'crash', on }] }, undefined, env);
    const left = (await readdir(temporary)).filter((name) => !name.startsWith('tsx-'));
    assert.deepEqual(left, []);
  });
});
