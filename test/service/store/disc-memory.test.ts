import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { DiscMemory } from '../../../service/store/disc-memory.ts';
import { temporaryFolder } from '../jobs/fixtures.ts';

const decision = {
  identity: { kind: 'movie', title: 'Long Meridian' },
  titles: [],
  wanted: null,
  owned: null,
} as const;

describe('the memory of discs', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let memory: DiscMemory;

  beforeEach(async () => {
    folder = await temporaryFolder();
    memory = new DiscMemory(folder.path);
  });
  afterEach(() => folder.remove());

  it('keeps a decision when the disc gets another job', async () => {
    const [first, second] = [ulid(), ulid()];
    await memory.rememberJob('AB12', first);
    await memory.rememberDecision('AB12', { ...decision, titles: [], wanted: null, owned: null });
    await memory.rememberJob('AB12', second);
    const found = await new DiscMemory(folder.path).find('AB12');
    assert.deepEqual([found?.job, found?.decision], [second, decision]);
  });

  it('does not remember a decision about a disc that was never seen', async () => {
    await memory.rememberDecision('AB12', { ...decision, titles: [], wanted: null, owned: null });
    assert.equal(await memory.find('AB12'), null);
  });

  it('keeps everything that is remembered at the same time', async () => {
    const prints = Array.from({ length: 20 }, (_, index) => `AA${index}`);
    await Promise.all(prints.map((print) => memory.rememberJob(print, ulid())));
    assert.equal((await readdir(folder.path)).length, 20);
  });

  it('stays in its folder, whatever a fingerprint says', async () => {
    await memory.rememberJob('../../evil', ulid());
    assert.deepEqual(await readdir(folder.path), ['______evil.json']);
  });

  it('takes a damaged record for a disc that was never seen, and keeps a copy of it', async () => {
    await writeFile(join(folder.path, 'AB12.json'), '{"v":1,');
    assert.equal(await memory.find('AB12'), null);
    const job = ulid();
    await memory.rememberJob('AB12', job);
    assert.equal((await memory.find('AB12'))?.job, job);
    const names = await readdir(folder.path);
    assert.ok(names.some((name) => name.includes('damaged')));
  });
});
