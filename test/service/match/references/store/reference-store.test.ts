import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createReferenceStore } from '../../../../../service/match/references/store/reference-store.ts';
import { scratch } from '../../../cli/discflow.ts';

const show = { show: 'Harbour Lights', year: 2019, tmdb: 42 };
const { signal } = new AbortController();
const facts = {
  source: 'opensubtitles',
  season: 1,
  episodes: [2],
  name: 'The Lamp',
  language: 'en',
  forced: false,
  otherShow: null,
} as const;
const file = (number: number) => ({ ...facts, origin: `OpenSubtitles ${number}` });

describe('The store of references', () => {
  const folder = scratch();
  const store = () => createReferenceStore(folder.path('references'));

  it('keeps several files of an episode for good, over restarts', async () => {
    await Promise.all([
      store().keep(show, file(1), Buffer.from('one')),
      store().keep({ ...show, tmdb: null }, file(9), Buffer.from('of a name')),
    ]);
    await store().keep(show, file(2), Buffer.from([0xff, 0x00]));
    const kept = await store().filesOf(show, 1);
    assert.deepEqual(
      kept.map(({ read: _, ...rest }) => rest),
      [file(1), file(2)],
    );
    assert.deepEqual(
      await Promise.all(kept.map(async (one) => one.read({ signal }))),
      [Buffer.from('one'), Buffer.from([0xff, 0x00])].map((bytes) => ({ state: 'read', bytes })),
    );
    assert.equal((await store().filesOf({ ...show, tmdb: null }, 1)).length, 1);
    assert.deepEqual(await store().filesOf(show, 2), []);
  });

  it('keeps one text once, whatever it is kept for', async () => {
    const own = createReferenceStore(folder.path('once'));
    await own.keep(show, file(1), Buffer.from('same'));
    await own.keep(show, file(2), Buffer.from('same'));
    await own.keep(show, file(2), Buffer.from('same'));
    assert.equal((await own.filesOf(show, 1)).length, 2);
    const names = await readdir(folder.path('once/files'), { recursive: true });
    assert.equal(names.filter((name) => name.length > 60).length, 1);
  });

  it('loses nothing of what is kept at the same time', async () => {
    const own = createReferenceStore(folder.path('many'));
    const numbers = Array.from({ length: 30 }, (_, n) => n);
    await Promise.all(numbers.map((n) => own.keep(show, file(n), Buffer.from(`text ${n}`))));
    assert.equal((await own.filesOf(show, 1)).length, 30);
  });

  it('remembers for a time what was not found', async () => {
    const wanted = { season: 1, episode: 3, language: 'en' };
    const own = createReferenceStore(folder.path('missed'));
    assert.equal(await own.isMissed(show, wanted), false);
    await own.miss(show, [wanted, { ...wanted, season: 2 }]);
    const again = createReferenceStore(folder.path('missed'));
    assert.equal(await again.isMissed(show, wanted), true);
    assert.equal(await again.isMissed(show, { ...wanted, language: 'de' }), false);
    const list = folder.path('missed/shows/tmdb-42/season-1.json');
    const text = await readFile(list, 'utf8');
    await writeFile(list, text.replaceAll(/"at": "[^"]+"/g, '"at": "2020-01-01T00:00:00.000Z"'));
    assert.equal(await again.isMissed(show, wanted), false);
  });

  it('gives nothing that was damaged, and takes it anew', async () => {
    const own = createReferenceStore(folder.path('damaged'));
    await own.keep(show, file(1), Buffer.from('whole'));
    const names = await readdir(folder.path('damaged/files'), { recursive: true });
    const name = names.find((one) => one.length > 60) ?? '';
    await writeFile(folder.path(join('damaged/files', name)), 'wh');
    assert.deepEqual(await own.filesOf(show, 1), []);
    await own.keep(show, file(1), Buffer.from('whole'));
    assert.equal((await own.filesOf(show, 1)).length, 1);
  });

  it('begins anew where its list cannot be read, and stands in nobody’s way where it cannot write', async () => {
    const own = createReferenceStore(folder.path('broken'));
    await own.keep(show, file(1), Buffer.from('one'));
    await writeFile(folder.path('broken/shows/tmdb-42/season-1.json'), '{"v": 7');
    assert.deepEqual(await own.filesOf(show, 1), []);
    await writeFile(folder.path('not-a-folder'), '');
    const none = createReferenceStore(folder.path('not-a-folder'));
    await none.keep(show, file(1), Buffer.from('one'));
    await none.miss(show, [{ season: 1, episode: 1, language: 'en' }]);
    assert.deepEqual(await none.filesOf(show, 1), []);
  });
});
