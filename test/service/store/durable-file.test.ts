import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceDurably } from '../../../service/store/durable-file.ts';
import { temporaryFolder } from '../jobs/fixtures.ts';

describe('a durable file', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;

  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  it('is replaced whole, over what a crash left behind, and readable by its owner alone', async () => {
    const path = join(folder.path, 'x.json');
    await writeFile(`${path}.new`, 'half of someth');
    await replaceDurably(path, 'old');
    await replaceDurably(path, 'new');
    assert.equal(await readFile(path, 'utf8'), 'new');
    assert.deepEqual(await readdir(folder.path), ['x.json']);
    assert.equal((await stat(path)).mode & 0o077, 0);
  });

  it('stays as it was when it cannot be replaced, without left-overs', async () => {
    const path = join(folder.path, 'x.json');
    await mkdir(path);
    await assert.rejects(replaceDurably(path, 'new'));
    assert.deepEqual(await readdir(folder.path), ['x.json']);
  });
});
