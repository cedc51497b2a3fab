import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { JobSnapshot } from '../../../service/contract/job.ts';
import type { HistoryEntry } from '../../../service/contract/request.ts';
import { discflow, discs, type Running, scratch, start } from './discflow.ts';

const configuration = `
policies: { claim_seconds: 0 }
drives: [{ id: images, folder: discs, settle_seconds: 0.2 }]
`;
const unknownJob = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

describe('Commands for the running service', function () {
  this.timeout(60_000);
  const folder = scratch();
  let env: NodeJS.ProcessEnv = {};

  const command = (...args: string[]) => discflow([...args, '--data', folder.path('data')], env);
  const listed = async (): Promise<JobSnapshot[]> =>
    JSON.parse((await command('jobs', '--json')).stdout);
  const history = async (): Promise<HistoryEntry[]> =>
    JSON.parse((await command('history', '--json')).stdout);

  before(async () => {
    env = { DISCFLOW_MQTT_PORT: String(await freePort()) };
    await mkdir(folder.path('data'));
    await writeFile(folder.path('data/discflow.yaml'), configuration);
    await mkdir(folder.path('data/discs'));
    for (const library of ['Movies', 'TV'])
      await mkdir(folder.path('data/library', library), { recursive: true });
  });

  it('say within three seconds, in a sentence, when it does not run', async () => {
    const stderr =
      `✗ The Discflow service "main" is not running (${folder.path('data')})\n` +
      '  Start it with "discflow serve", or as a system service.\n';
    const commands = [
      ['jobs'],
      ['history'],
      ['review'],
      ['cancel', unknownJob],
      ['eject', 'images'],
    ];
    const since = Date.now();
    const endings = await Promise.all(commands.map((args) => command(...args)));
    for (const ending of endings) assert.deepEqual(ending, { code: 1, stdout: '', stderr });
    assert.ok(Date.now() - since < 10_000);
  });

  it('follow a disc from its questions to its files and back', async () => {
    const service = await serve();
    const second = await command('serve');
    assert.match(second.stderr, /^✗ Process \d+ is already working on this state/m);
    assert.equal(second.code, 1);
    await copyFile(discs.film, folder.path('data/discs/FILM.iso'));
    await until(async () => (await listed())[0]?.state === 'review_needed');

    const [table, asked, questions] = await Promise.all([
      command('jobs'),
      command('review'),
      command('review', '--json'),
    ]);
    assert.match(table.stdout, /^STATE +DISC +DRIVE +JOB\n/);
    assert.match(table.stdout, /^review needed {2}Long Meridian {2}images {2}[0-9A-Z]{26}$/m);
    assert.match(table.stdout, /^ {2}1 open question: answer with "discflow review"$/m);
    assert.equal(asked.code, 2);
    assert.match(asked.stdout, /^LONG_MERIDIAN\n\? Is this disc "Long Meridian"\?\n {2}› 1\. Film/);
    assert.equal(asked.stderr, 'Answer on a terminal, or take the defaults with --yes.\n');
    assert.equal(JSON.parse(questions.stdout)[0].kind, 'identity');

    const answered = await command('review', '--yes');
    assert.equal(answered.code, 0);
    assert.match(answered.stderr, /\nNo more questions\.\n$/);
    await until(async () => (await history())[0]?.outcome === 'complete');
    const [entry] = await history();
    assert.equal(entry?.files.length, 2);
    const id = entry?.id ?? '';

    const [nonsense, cancelled] = await Promise.all([
      command('cancel', id, 'nonsense'),
      command('cancel', id),
    ]);
    assert.match(nonsense.stderr, /^✗ "nonsense" is no job\n/);
    assert.match(cancelled.stderr, /has ended already \(completed\)\n/);
    assert.deepEqual([nonsense.code, cancelled.code], [1, 1]);
    const undone = await command('undo', id.toLowerCase(), unknownJob);
    assert.equal(undone.code, 1);
    assert.match(undone.stderr, /^✔ Long Meridian: 2 files taken back\. /);
    assert.match(undone.stderr, new RegExp(`\n✗ There is no job ${unknownJob}\n`));
    assert.equal((await listed())[0]?.blocked?.code, 'undone');
    assert.equal((await command('retry', id)).code, 0);
    await until(async () => (await history())[0]?.outcome === 'complete');

    await copyFile(discs.film, folder.path('data/discs/AGAIN.iso'));
    await until(async () => (await history())[0]?.outcome === 'nothing');
    const [again] = (await command('history')).stdout.split(/^(?=\S)/m);
    assert.match(again ?? '', / LONG_MERIDIAN {2}left alone {2}/);
    assert.match(again ?? '', new RegExp(`\n    Arrived before, on \\d{4}-.*, as ${id}\n$`));

    const [announced, empty, unknown] = await Promise.all([
      command('arm', 'images', 'Harbour', 'Lights', 'S1', 'D2', '--library', 'tv', '--for', '2h'),
      command('arm', 'images'),
      command('arm', 'nope', 'Harbour Lights'),
    ]);
    assert.match(
      announced.stderr,
      /^✔ The next discs of drive images:\n {2}1\. Harbour Lights S1 D2, for library tv, until /,
    );
    assert.match(empty.stderr, /^✗ That says nothing about the next disc\n/);
    assert.match(unknown.stderr, /^✗ There is no drive "nope"\n/);
    const forgotten = await command('arm', 'images', '--clear', '--json');
    assert.deepEqual([forgotten.code, forgotten.stdout], [0, '[]\n']);

    assert.deepEqual(await command('eject', 'nope'), {
      code: 1,
      stdout: '',
      stderr: '✗ There is no drive "nope"\n  Drives of this station: images.\n',
    });
    assert.match((await command('look', 'images')).stderr, /^✔ Drive images was looked into/);
    assert.match((await command('look', 'nope')).stderr, /^✗ There is no drive "nope"\n/);
    const drives = await command('drives');
    assert.match(drives.stdout, /^DRIVE +STATE +WHERE +NAME\nimages +empty +\/.*\/discs +images\n/);
    const [{ id: drive }] = JSON.parse((await command('drives', '--json')).stdout).drives;
    assert.equal(drive, 'images');
    service.child.kill('SIGTERM');
    assert.equal((await service.ended).code, 0);
  });

  it('read jobs and history from disk afterwards, and say so', async () => {
    const before = await readdir(folder.path('data'), { recursive: true });
    const [history, jobs] = await Promise.all([
      command('history', '--since', '1h'),
      command('jobs'),
    ]);
    const { code, stdout, stderr } = history;
    assert.equal(code, 0);
    assert.match(
      stderr,
      /^! The Discflow service "main" is not running \(.*\); this is what it left/,
    );
    assert.match(
      stdout,
      /^✔ \d{4}-\d\d-\d\d \d\d:\d\d {2}Long Meridian {2}completed {2}[0-9A-Z]{26}\n {4}\//m,
    );
    assert.equal(jobs.stdout, 'Nothing is going on.\n');
    assert.deepEqual(await readdir(folder.path('data'), { recursive: true }), before);
  });

  /** The configuration is there, so this is no first start; the libraries it names are set up all the same. */
  async function serve(): Promise<Running> {
    const service = start(['serve', '--data', folder.path('data')], env);
    await service.says('Discflow is ready');
    return service;
  }
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 400));
}
