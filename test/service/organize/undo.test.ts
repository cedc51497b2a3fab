import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as outcomes from '../../../service/jobs/outcomes.ts';
import type { StepResult } from '../../../service/jobs/step.ts';
import { createOrganizeStep } from '../../../service/organize/organize-step.ts';
import { hasUnfinishedUndo, undoFilings } from '../../../service/organize/undo.ts';
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

describe('Undoing', () => {
  let rig: Bench;

  async function filed(init: BenchInit, before: Record<string, string> = {}): Promise<void> {
    rig = await bench(init);
    for (const [path, content] of Object.entries(before)) {
      await mkdir(join(rig.movies.root, path, '..'), { recursive: true });
      await writeFile(join(rig.movies.root, path), content);
    }
    assert.deepEqual(await createOrganizeStep(rig.options)(rig.context), done);
  }

  const undo = () => undoFilings({ context: rig.context, ...rig.options });
  const title = () => rig.context.job().titles[0];
  const staged = (id = 't01') => join(rig.staging, rig.context.job().id, `${id}.mkv`);

  afterEach(() => rig.close());

  it('takes the files back and leaves the library as it was', async () => {
    await filed({ titles: [film(), matched(2, { kind: 'extra' })] });
    assert.deepEqual(await undo(), done);
    assert.deepEqual(await everything(rig.movies.root), ['.discflow-library.json']);
    assert.equal(await readFile(staged(), 'utf8'), 'content of t01');
    assert.equal(await readFile(staged('t02'), 'utf8'), 'content of t02');
    assert.equal(title()?.state, 'matched');
    assert.equal(title()?.file, staged());
    assert.equal(title()?.filed, null);
    assert.equal(hasUnfinishedUndo(rig.context.job()), false);
  });

  it('takes back only the titles that are meant, also when it goes on after a crash', async () => {
    await filed({ titles: [film(), matched(2, { kind: 'extra' })] });
    await rig.context.update((draft) => outcomes.beginUndo(draft, ['t02']));
    assert.equal(hasUnfinishedUndo(rig.context.job()), true);
    assert.deepEqual(await undo(), done);
    assert.deepEqual(
      rig.context.job().titles.map(({ state }) => state),
      ['completed', 'matched'],
    );
    assert.deepEqual(await visible(rig.movies.root), { [FILM]: 'content of t01' });
    assert.equal(hasUnfinishedUndo(rig.context.job()), false);
  });

  it('restores what had been replaced', async () => {
    await filed({ titles: [film()], policies: { existing: 'replace' } }, { [FILM]: 'older' });
    await undo();
    assert.deepEqual(await everything(rig.movies.root), ['.discflow-library.json', FILM]);
    assert.deepEqual(await visible(rig.movies.root), { [FILM]: 'older' });
  });

  it('leaves folders that hold something else', async () => {
    await filed({ titles: [film()] }, { [`${NAME}/poster.jpg`]: 'mine' });
    await undo();
    assert.deepEqual(await visible(rig.movies.root), { [`${NAME}/poster.jpg`]: 'mine' });
  });

  it('takes a copy of a file that was there before', async () => {
    await filed({ titles: [film()] }, { [FILM]: 'content of t01' });
    await undo();
    assert.deepEqual(await visible(rig.movies.root), { [FILM]: 'content of t01' });
    assert.equal(await readFile(staged(), 'utf8'), 'content of t01');
    assert.equal(title()?.state, 'matched');
  });

  it('leaves a file that somebody changed, and says so', async () => {
    await filed({ titles: [film()] });
    await rm(join(rig.movies.root, FILM));
    await writeFile(join(rig.movies.root, FILM), 'another cut');
    assert.deepEqual(await undo(), done);
    assert.equal(title()?.state, 'completed');
    assert.equal(title()?.error?.code, 'target-exists');
    assert.deepEqual(await visible(rig.movies.root), { [FILM]: 'another cut' });
    assert.equal(hasUnfinishedUndo(rig.context.job()), false);
  });

  it('says that the disc is needed when the file is gone', async () => {
    await filed({ titles: [film()] });
    await rm(join(rig.movies.root, FILM));
    await undo();
    assert.equal(title()?.file, null);
    assert.equal(title()?.error?.code, 'disc-needed');
    assert.deepEqual(await everything(rig.movies.root), ['.discflow-library.json']);
  });

  it('waits for a library that is not there, and remembers that it has begun', async () => {
    await filed({ titles: [film()] });
    const marker = join(rig.movies.root, '.discflow-library.json');
    const content = await readFile(marker);
    await rm(marker);
    const result = await undo();
    assert.equal(result.end === 'blocked' && result.code, 'library-unavailable');
    assert.equal(hasUnfinishedUndo(rig.context.job()), true);
    await writeFile(marker, content);
    assert.deepEqual(await undo(), done);
    assert.equal(title()?.state, 'matched');
  });

  it('lets the same title be filed again, elsewhere', async () => {
    await filed({ titles: [film()] });
    await undo();
    await rig.context.update((draft) => {
      draft.library = 'tv';
    });
    assert.deepEqual(await createOrganizeStep(rig.options)(rig.context), done);
    assert.deepEqual(Object.values(await visible(rig.tv.root)), ['content of t01']);
    assert.deepEqual(await undo(), done);
    assert.deepEqual(await visible(rig.tv.root), {});
  });
});
