import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StepResult } from '../../../service/jobs/step.ts';
import { createOrganizeStep } from '../../../service/organize/organize-step.ts';
import {
  type Bench,
  type BenchInit,
  bench,
  everything,
  film,
  matched,
  visible,
} from './fixture.ts';

const NAME = 'The Matrix (1999) {tmdb-603}';
const FILM = `${NAME}/${NAME}.mkv`;
const done: StepResult = { end: 'done' };

describe('Organizing', () => {
  let rig: Bench;

  async function set(init: BenchInit): Promise<void> {
    rig = await bench(init);
  }

  const run = (options = rig.options) => createOrganizeStep(options)(rig.context);
  const title = (id: string) => rig.context.job().titles.find((one) => one.id === id);

  async function put(path: string, content: string): Promise<void> {
    await mkdir(join(rig.movies.root, path, '..'), { recursive: true });
    await writeFile(join(rig.movies.root, path), content);
  }

  afterEach(() => rig.close());

  it('files a film, completes its title and leaves nothing in staging', async () => {
    await set({ titles: [film()] });
    assert.deepEqual(await run(), done);
    assert.deepEqual(await visible(rig.movies.root), { [FILM]: 'content of t01' });
    assert.equal(title('t01')?.state, 'completed');
    assert.deepEqual(title('t01')?.filed, { library: 'movies', path: join(rig.movies.root, FILM) });
    assert.equal(title('t01')?.file, null);
    assert.deepEqual(await readdir(join(rig.staging, rig.context.job().id)), []);
    assert.equal(rig.context.job().filings[0]?.state, 'filed');
  });

  it('writes down where a file came from, beside it', async () => {
    await set({ titles: [film()] });
    await run();
    const path = join(rig.movies.root, NAME, `.${NAME}.discflow.json`);
    const sidecar = JSON.parse(await readFile(path, 'utf8'));
    assert.equal(sidecar.file.sha256, createHash('sha256').update('content of t01').digest('hex'));
    assert.equal(sidecar.disc.fingerprint, 'A'.repeat(32));
    assert.equal(sidecar.match.decidedBy, 'person');
    assert.equal(sidecar.discflow, '0.1.0');
    assert.match(sidecar.template, /\{title\}/);
  });

  it('files episodes, and extras into the folder of their show', async () => {
    await set({
      titles: [
        matched(1, { kind: 'episode', season: 1, episodes: [1], name: 'Pilot' }),
        matched(2, { kind: 'extra', name: 'Making of' }),
      ],
      identity: { kind: 'tv', title: 'Show', year: null, tmdb: null },
    });
    assert.deepEqual(await run(), done);
    assert.deepEqual(Object.keys(await visible(rig.tv.root)).sort(), [
      'Show/Behind The Scenes/Making of.mkv',
      'Show/Season 01/Show - S01E01 - Pilot.mkv',
    ]);
  });

  it('files only wanted titles that are matched', async () => {
    await set({
      titles: [
        film(),
        matched(2, { kind: 'extra' }, { state: 'failed' }),
        matched(3, { kind: 'extra' }, { wanted: false }),
        matched(4, { kind: 'extra' }, { state: 'review' }),
      ],
    });
    await run();
    assert.deepEqual(Object.keys(await visible(rig.movies.root)), [FILM]);
  });

  it('leaves extras out when the policy says so', async () => {
    await set({ titles: [film(), matched(2, { kind: 'extra' })], policies: { extras: 'skip' } });
    await run();
    assert.equal(title('t02')?.state, 'skipped');
    assert.deepEqual(Object.keys(await visible(rig.movies.root)), [FILM]);
  });

  it('keeps both when another file has the name, also in another spelling', async () => {
    await set({ titles: [film()] });
    await put(FILM.toLowerCase(), 'older');
    await run();
    assert.deepEqual(await visible(rig.movies.root), {
      [FILM.toLowerCase()]: 'older',
      [`${NAME.toLowerCase()}/${NAME} (2).mkv`]: 'content of t01',
    });
  });

  it('takes a file with the same content for the new one', async () => {
    await set({ titles: [film()] });
    await put(FILM, 'content of t01');
    assert.deepEqual(await run(), done);
    assert.deepEqual(await everything(rig.movies.root), ['.discflow-library.json', FILM]);
    assert.equal(title('t01')?.state, 'completed');
    assert.deepEqual(await readdir(join(rig.staging, rig.context.job().id)), []);
  });

  it('skips a title whose name is taken when the policy says so', async () => {
    await set({ titles: [film()], policies: { existing: 'skip' } });
    await put(FILM, 'older');
    await run();
    assert.deepEqual(await visible(rig.movies.root), { [FILM]: 'older' });
    assert.equal(title('t01')?.state, 'skipped');
    assert.equal(title('t01')?.error?.code, 'target-exists');
  });

  it('replaces a file by moving it into the recycle folder', async () => {
    await set({ titles: [film()], policies: { existing: 'replace' } });
    await put(FILM, 'older');
    await run();
    assert.deepEqual(await visible(rig.movies.root), { [FILM]: 'content of t01' });
    const day = new Date().toISOString().slice(0, 10);
    const kept = join(rig.movies.root, '.discflow-recycle', day, FILM);
    assert.equal(await readFile(kept, 'utf8'), 'older');
    assert.equal(rig.context.job().filings[0]?.recycled, kept);
  });

  it('never replaces what the same job filed', async () => {
    const same = { kind: 'extra', name: 'Making of' } as const;
    await set({ titles: [matched(1, same), matched(2, same)], policies: { existing: 'replace' } });
    await run();
    assert.deepEqual(Object.values(await visible(rig.movies.root)).sort(), [
      'content of t01',
      'content of t02',
    ]);
  });

  it("files into the job's own library with the job's own template", async () => {
    await set({ titles: [film()] });
    await rig.context.update((draft) => {
      draft.library = 'tv';
      draft.set.template = 'Kids/{title}';
    });
    await run();
    assert.deepEqual(Object.keys(await visible(rig.tv.root)), ['Kids/The Matrix.mkv']);
  });

  it('waits for a library that is not configured, and files the rest', async () => {
    await set({
      titles: [film(), matched(2, { kind: 'episode', episodes: [1] })],
    });
    const result = await run({ ...rig.options, libraries: [rig.movies] });
    assert.equal(result.end, 'blocked');
    assert.equal(result.end === 'blocked' && result.code, 'library-missing');
    assert.equal(title('t01')?.state, 'completed');
    assert.equal(title('t02')?.state, 'matched');
    assert.deepEqual(await run(), done);
    assert.equal(title('t02')?.state, 'completed');
  });

  it('waits while the marker is missing and never creates a root', async () => {
    await set({ titles: [film()] });
    await rename(rig.movies.root, `${rig.movies.root}.away`);
    const result = await run();
    assert.equal(result.end === 'blocked' && result.code, 'library-unavailable');
    assert.deepEqual((await readdir(rig.root)).sort(), ['Movies.away', 'TV', 'staging']);
    await mkdir(rig.movies.root);
    assert.equal((await run()).end, 'blocked');
    assert.deepEqual(await everything(rig.movies.root), []);
    await rm(rig.movies.root, { recursive: true });
    await rename(`${rig.movies.root}.away`, rig.movies.root);
    assert.deepEqual(await run(), done);
  });

  it('waits when staging is not there, and fails a title alone whose file is lost', async () => {
    await set({ titles: [film(), matched(2, { kind: 'extra' })] });
    await rename(rig.staging, `${rig.staging}.away`);
    const result = await run();
    assert.equal(result.end === 'blocked' && result.code, 'staging-unavailable');
    await rename(`${rig.staging}.away`, rig.staging);
    await rm(title('t01')?.file ?? '');
    assert.deepEqual(await run(), done);
    assert.equal(title('t01')?.state, 'failed');
    assert.equal(title('t01')?.error?.code, 'disc-needed');
    assert.equal(title('t02')?.state, 'completed');
  });

  it('fails with words when a template is wrong', async () => {
    await set({ titles: [film()] });
    await rig.context.update((draft) => {
      draft.set.template = '{shoe}';
    });
    const result = await run();
    assert.equal(result.end === 'failed' && result.problem.code, 'config-invalid');
    assert.equal(title('t01')?.state, 'matched');
  });

  it('fails with words when a file is where a folder is needed', async () => {
    await set({ titles: [film()] });
    await writeFile(join(rig.movies.root, NAME), 'a file');
    const result = await run();
    assert.equal(result.end === 'failed' && result.problem.code, 'target-exists');
  });

  it('says how far it is', async () => {
    await set({ titles: [film(), matched(2, { kind: 'extra' })] });
    await run();
    assert.deepEqual(rig.context.said.at(-1), {
      title: 't02',
      index: 2,
      count: 2,
      bytesDone: 28,
      bytesTotal: 28,
    });
  });

  it('stops when it is told to and goes on later', async () => {
    await set({ titles: [film()] });
    await assert.rejects(createOrganizeStep(rig.options)(rig.reopened(AbortSignal.abort())), {
      name: 'AbortError',
    });
    assert.deepEqual(await run(), done);
  });
});
