import assert from 'node:assert/strict';
import { chmod, copyFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { JobSnapshot } from '../../../service/contract/job.ts';
import { MARKER } from '../../../service/organize/marker.ts';
import { truncateImage } from '../../authoring/disc-faults.ts';
import { discflow, discs, scratch, start } from './discflow.ts';

/** What the two sample discs become in a library for films and series. */
const series = ['S01E01', 'S01E02', 'S01E03'].map(
  (episode) => `Harbour Lights/Season 01/Harbour Lights - ${episode}.mkv`,
);
const film = ['Long Meridian/Long Meridian.mkv', 'Long Meridian/Other/Bonus 1-02.mkv'];

describe('discflow run', function () {
  this.timeout(60_000);
  const folder = scratch();
  let place = 0;

  /** A data folder and a library of its own for a test. */
  const fresh = async () => {
    place += 1;
    const data = folder.path(`data-${place}`);
    const library = folder.path(`library-${place}`);
    await mkdir(library);
    return { data, library, on: ['--data', data, '--library', library] };
  };

  const filesIn = async (library: string) => {
    const names = await readdir(library, { recursive: true });
    return names.filter((name) => name.endsWith('.mkv')).sort();
  };

  /** A mkvmerge that makes title 2 only when there is a file at `gate`. */
  const gated = async (gate: string): Promise<NodeJS.ProcessEnv> => {
    const tool = folder.path('gated-mkvmerge');
    const wait = `case "$*" in *t02*) while [ ! -e '${gate}' ]; do sleep 0.05; done ;; esac`;
    await writeFile(tool, `#!/bin/sh\n${wait}\nexec mkvmerge "$@"\n`);
    await chmod(tool, 0o755);
    return { DISCFLOW_TOOLS_MKVMERGE: tool };
  };

  it('takes several discs to a library, writes no configuration, and leaves alone what arrived', async () => {
    const { data, library, on } = await fresh();
    const sources = [discs.series, discs.film, discs.film];
    const first = await discflow(['run', ...sources, ...on, '--yes', '--json']);
    assert.equal(first.code, 0, first.stderr);
    const jobs = first.stdout
      .trim()
      .split('\n')
      .map((line) => JobSnapshot.parse(JSON.parse(line)));
    assert.deepEqual(
      jobs.map(({ outcome }) => outcome),
      ['complete', 'complete'],
    );
    const files = [series[0], 'Harbour Lights/Other/Bonus 1-05.mkv', ...series.slice(1), ...film];
    assert.deepEqual(await filesIn(library), files.sort());
    assert.match(first.stderr, /^ {2}LONG_MERIDIAN: ripped title 1 \(main, 3:02\)$/m);
    assert.match(first.stderr, /^✔ Long Meridian: 2 files in your library$/m);
    assert.deepEqual((await readdir(data)).sort(), ['staging', 'state']);

    const again = await discflow(['run', discs.film, ...on, '--yes']);
    assert.deepEqual(again, {
      code: 0,
      stdout: '',
      stderr: '● LONG_MERIDIAN arrived before\n✔ Long Meridian: 2 files in your library\n',
    });

    await rm(`${library}/${film[0]}`);
    const repaired = await discflow(['run', discs.film, ...on, '--yes']);
    assert.equal(repaired.code, 0);
    assert.ok((await filesIn(library)).includes(film[0] ?? ''));
  });

  it('prints its questions without a terminal, and goes on with --yes without ripping again', async () => {
    const { data, library, on } = await fresh();
    const asked = await discflow(['run', discs.film, ...on]);
    assert.equal(asked.code, 2);
    // How probable other kinds are is the structure's business, and may change with it.
    const lines = asked.stderr
      .split('\n')
      .map((line) => line.replace(/\d+ %/, 'N %'))
      .filter((line) => !/^ +(?:Series|Extras), N %/.test(line));
    assert.deepEqual(lines.slice(lines.indexOf('? Is this disc "Long Meridian"?')), [
      '? Is this disc "Long Meridian"?',
      '  › 1. Film: Long Meridian',
      '       The label "LONG_MERIDIAN" reads as "Long Meridian"',
      '       Film, N %: one title is 3.2 times bigger than any other, as a film is',
      '  Run the same command on a terminal to answer, or with --yes to take the defaults.',
      '',
    ]);

    // Another disc on the same data folder puts this one aside, but takes nothing from it.
    const other = await discflow(['run', discs.series, ...on, '--yes']);
    assert.equal(other.code, 0, other.stderr);
    assert.doesNotMatch(other.stderr, /MERIDIAN/);
    assert.equal((await filesIn(library)).length, 4);
    const { stdout } = await discflow(['jobs', '--data', data], { DISCFLOW_MQTT_PORT: '1' });
    assert.equal(stdout, 'Nothing is going on.\n');

    const answered = await discflow(['run', discs.film, ...on, '--yes']);
    assert.equal(answered.code, 0, answered.stderr);
    assert.match(answered.stderr, /^● LONG_MERIDIAN goes on where it stopped$/m);
    assert.doesNotMatch(answered.stderr, /ripped/);
    assert.equal((await filesIn(library)).length, 6);
  });

  it('stops at Ctrl-C, goes on later with what is missing, and works alone on its data', async () => {
    const { library, on } = await fresh();
    const args = ['run', discs.film, ...on, '--yes'];
    const running = start(args, await gated('/nonexistent'));
    await running.says('ripped title 1');
    const second = await discflow(args);
    assert.equal(second.code, 1);
    assert.match(second.stderr, /^✗ Process \d+ is already working on this state \(.*\)\n {2}Only/);
    running.child.kill('SIGINT');
    const stopped = await running.ended;
    assert.equal(stopped.code, 130);
    assert.match(stopped.stderr, /■ Stopped\. The same command goes on from here; .*\n$/);

    const resumed = await discflow(args);
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.match(resumed.stderr, /^● LONG_MERIDIAN goes on where it stopped$/m);
    assert.doesNotMatch(resumed.stderr, /ripped title 1/);
    assert.deepEqual(await filesIn(library), film);
  });

  it('waits for a library that is not there, says why, and goes on by itself', async () => {
    const { library, on } = await fresh();
    const gate = folder.path('gate');
    const running = start(['run', discs.film, ...on, '--yes'], await gated(gate));
    await running.says('ripped title 1');
    await rename(`${library}/${MARKER}`, `${library}/away`);
    await writeFile(gate, '');
    await running.says('… ');
    assert.match(running.stderr(), / {2}… Library "library" is not available.*\n {4}\w/);
    // It is looked at every second.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await rename(`${library}/away`, `${library}/${MARKER}`);
    const { code, stderr } = await running.ended;
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^ {2}goes on$/m);
  });

  it('names episodes by the references, and says so in the evidence', async () => {
    const { library, on } = await fresh();
    const season = folder.path('references/Harbour Lights/Season 01');
    await mkdir(season, { recursive: true });
    for (const name of ['S01E01 - Low Water', 'S01E02 - The Lamp', 'S01E04 - North'])
      await writeFile(`${season}/Harbour Lights - ${name}.en.srt`, '');
    const references = ['--references', folder.path('references')];
    const asked = await discflow(['run', discs.series, ...on, ...references]);
    assert.match(asked.stderr, /The references list 3 episodes of season 1, but not episode 3$/m);
    await discflow(['run', discs.series, ...on, ...references, '--yes']);
    const names = (await filesIn(library)).filter((name) => name.includes('S01E'));
    assert.deepEqual(names, [
      'Harbour Lights/Season 01/Harbour Lights - S01E01 - Low Water.mkv',
      'Harbour Lights/Season 01/Harbour Lights - S01E02 - The Lamp.mkv',
      'Harbour Lights/Season 01/Harbour Lights - S01E03.mkv',
    ]);
  });

  it('goes through all discs, and says for each that did not arrive why', async () => {
    const { library, on } = await fresh();
    await writeFile(folder.path('garbage.iso'), 'no disc');
    await writeFile(folder.path('empty.iso'), '');
    await mkdir(folder.path('folder'));
    await truncateImage({ image: discs.film, output: folder.path('short.iso') }, 0.6);
    const sources = ['missing.iso', 'garbage.iso', 'empty.iso', 'folder', 'short.iso'];
    const given = sources.map((name) => folder.path(name));
    const { code, stderr } = await discflow(['run', ...given, ...on, '--yes']);
    assert.equal(code, 1);
    const iso = 'Use an .iso image, a folder with VIDEO_TS or BDMV, or a drive.';
    for (const lines of [
      `  ✗ missing.iso: There is no disc at ${folder.path('missing.iso')}.\n    ${iso}\n`,
      `  ✗ garbage.iso holds no disc's file system.\n    ${iso}\n`,
      `  ✗ empty.iso holds no disc's file system.\n    ${iso}\n`,
      "  ✗ folder is not a disc's folder.\n",
      '✗ missing.iso: nothing arrived\n',
    ])
      assert.ok(stderr.includes(lines), `${lines}\nis not in\n${stderr}`);
    assert.match(
      stderr,
      /^ {2}✗ LONG_MERIDIAN: title \d: Sector \d+ of title set 1 cannot be read/m,
    );
    assert.doesNotMatch(stderr, /\bat \S+ \(|node:internal/);
    assert.deepEqual(
      (await filesIn(library)).filter((name) => !name.includes('Other')),
      [],
    );
  });

  const refusals: {
    of: string;
    args: (folder: string) => string[];
    stderr: (folder: string) => string;
  }[] = [
    {
      of: 'a library that does not exist',
      args: (at) => ['--library', `${at}/nowhere`],
      stderr: (at) =>
        `✗ There is no folder ${at}/nowhere\n` +
        `  Is its disk mounted? Discflow never creates a library. If the path is right: mkdir -p '${at}/nowhere'\n`,
    },
    {
      of: 'a library without a name',
      args: () => ['--library', ''],
      stderr: () =>
        '✗ The name of the library is empty\n' +
        '  Name a folder. A variable of the shell that is not set is empty, too.\n',
    },
    {
      of: 'a disc without a name',
      args: (at) => ['', '--library', at],
      stderr: () =>
        '✗ The name of the disc is empty\n' +
        '  Name an .iso image, a folder with VIDEO_TS or BDMV, or a drive. A variable of the shell that is not set is empty, too.\n',
    },
    {
      of: 'no library at all',
      args: () => [],
      stderr: () =>
        '✗ Nobody has said yet where films and series go\n' +
        '  Name a folder with --library DIR, or let "discflow serve" write a configuration with libraries.\n',
    },
    {
      of: 'references without subtitles',
      args: (at) => ['--library', at, '--references', at],
      stderr: (at) =>
        `✗ ${at} holds no subtitles named by season and episode\n` +
        '  Name a folder with files like "Show/Season 01/Show - S01E02 - Title.en.srt".\n',
    },
  ];
  for (const { of, args, stderr } of refusals)
    it(`refuses ${of} before anything is touched`, async () => {
      const at = folder.path('nothing');
      await mkdir(at, { recursive: true });
      const data = folder.path('untouched');
      const ending = await discflow(['run', discs.film, '--data', data, ...args(at)]);
      assert.deepEqual(ending, { code: 1, stdout: '', stderr: stderr(at) });
      await assert.rejects(stat(data), { code: 'ENOENT' });
      assert.deepEqual(await readdir(at), []);
    });

  it('files into a folder that is a library of another name already', async () => {
    const { library, data, on } = await fresh();
    const marker = { v: 1, id: 'movies', kind: 'movie', created: '2026-01-01T00:00:00Z' };
    await writeFile(`${library}/${MARKER}`, JSON.stringify(marker));
    await copyFile(discs.film, folder.path('film.iso'));
    const { code, stderr } = await discflow(['run', folder.path('film.iso'), ...on, '--yes']);
    assert.equal(code, 0, `${stderr} in ${data}`);
    assert.deepEqual(await filesIn(library), film);
  });
});
