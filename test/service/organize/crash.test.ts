import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createOrganizeStep } from '../../../service/organize/organize-step.ts';
import { hasUnfinishedUndo, undoFilings } from '../../../service/organize/undo.ts';
import { type CrashPoints, crashAt } from './crash-points.ts';
import {
  type Bench,
  type BenchInit,
  bench,
  everything,
  film,
  matched,
  visible,
} from './fixture.ts';
import { onTmpfs } from './tmpfs.ts';

const NAME = 'The Matrix (1999) {tmdb-603}';
const FILM = `${NAME}/${NAME}.mkv`;
const titles = [film()];

/** Runs a piece of work killed at each of its instants, from a fresh state each time, until it gets through. */
async function atEveryInstant(
  prepare: (points: { pass: () => void }) => Promise<Bench>,
  work: (rig: Bench) => Promise<unknown>,
  verify: (rig: Bench, instant: number) => Promise<void>,
): Promise<number> {
  for (let instant = 1; ; instant += 1) {
    let points: CrashPoints | undefined;
    const rig = await prepare({ pass: () => points?.pass() });
    points = crashAt(instant);
    const survived = await work(rig).then(
      () => true,
      () => false,
    );
    const passed = points.passed();
    points.restore();
    points = undefined;
    await verify(rig, instant).finally(rig.close);
    if (survived && passed < instant) return instant;
  }
}

async function prepared(init: BenchInit, pass: () => void): Promise<Bench> {
  const rig = await bench({ ...init, onUpdate: pass });
  if (init.policies?.existing !== 'replace') return rig;
  await mkdir(dirname(join(rig.movies.root, FILM)), { recursive: true });
  await writeFile(join(rig.movies.root, FILM), 'older');
  return rig;
}

/** Every file is there, whole, at every instant: in staging or in the library. */
async function assertNothingLost(rig: Bench, instant: number): Promise<void> {
  const contents = [
    ...Object.values(await visible(rig.movies.root)),
    ...Object.values(await visible(rig.staging)),
  ];
  for (const { id } of rig.reopened().job().titles)
    assert.ok(contents.includes(`content of ${id}`), `${id} is lost at instant ${instant}`);
}

async function assertFiled(rig: Bench, instant: number): Promise<void> {
  await assertNothingLost(rig, instant);
  assert.deepEqual(await createOrganizeStep(rig.options)(rig.reopened()), { end: 'done' });
  const titles = rig.reopened().job().titles;
  const arrived = titles.map(({ id, filed }) => [
    filed?.path.slice(rig.movies.root.length + 1),
    `content of ${id}`,
  ]);
  const files = await visible(rig.movies.root);
  assert.deepEqual(files, Object.fromEntries(arrived), `at instant ${instant}`);
  assert.ok(FILM in files);
  assert.deepEqual(await readdir(join(rig.staging, rig.context.job().id)), []);
  const hidden = (await everything(rig.movies.root)).filter((path) => path.includes('.part'));
  assert.deepEqual(hidden, [], `at instant ${instant}`);
  for (const { state } of titles) assert.equal(state, 'completed');
}

describe('A kill at any instant', () => {
  it('of renaming loses nothing and files nothing twice', async () => {
    const instants = await atEveryInstant(
      ({ pass }) => prepared({ titles: [...titles, matched(2, { kind: 'extra' })] }, pass),
      (rig) => createOrganizeStep(rig.options)(rig.context),
      assertFiled,
    );
    assert.ok(instants > 50, `only ${instants} instants`);
  }).timeout(60_000);

  it('of replacing keeps the old file too', async () => {
    const instants = await atEveryInstant(
      ({ pass }) => prepared({ titles, policies: { existing: 'replace' } }, pass),
      (rig) => createOrganizeStep(rig.options)(rig.context),
      async (rig, instant) => {
        await assertFiled(rig, instant);
        const kept = rig.reopened().job().filings[0]?.recycled ?? '';
        assert.equal(await readFile(kept, 'utf8'), 'older');
      },
    );
    assert.ok(instants > 50, `only ${instants} instants`);
  }).timeout(60_000);

  it('of copying to another file system loses nothing and files nothing twice', async function () {
    await onTmpfs(this, { size: '1m' }, async (moviesRoot) => {
      await atEveryInstant(
        async ({ pass }) => {
          await emptied(moviesRoot);
          return prepared({ titles, moviesRoot }, pass);
        },
        (rig) => createOrganizeStep(rig.options)(rig.context),
        assertFiled,
      );
    });
  }).timeout(60_000);

  it('of undoing loses nothing and can be undone to the end', async () => {
    await atEveryInstant(
      async ({ pass }) => {
        let armed = false;
        const rig = await prepared({ titles, policies: { existing: 'replace' } }, () => {
          if (armed) pass();
        });
        await createOrganizeStep(rig.options)(rig.context);
        armed = true;
        return rig;
      },
      (rig) => undoFilings({ ...rig.options, context: rig.context }),
      async (rig, instant) => {
        await assertNothingLost(rig, instant);
        const context = rig.reopened();
        const isFiled = context.job().titles.some(({ state }) => state === 'completed');
        const changed = (await visible(rig.movies.root))[FILM] !== 'content of t01';
        if (isFiled && changed) assert.ok(hasUnfinishedUndo(context.job()), `at ${instant}`);
        assert.deepEqual(await undoFilings({ ...rig.options, context }), { end: 'done' });
        assert.deepEqual(await visible(rig.movies.root), { [FILM]: 'older' });
        assert.deepEqual(await everything(rig.movies.root), ['.discflow-library.json', FILM]);
        assert.deepEqual(await readdir(join(rig.staging, context.job().id)), ['t01.mkv']);
      },
    );
  }).timeout(60_000);
});

async function emptied(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
}
