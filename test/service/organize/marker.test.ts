import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Library } from '../../../service/organize/library.ts';
import { checkLibrary, MARKER, setUpLibrary } from '../../../service/organize/marker.ts';

describe('The marker of a library', () => {
  let library: Library;

  beforeEach(async () => {
    const root = await mkdtemp(join(tmpdir(), 'discflow-marker-'));
    library = { id: 'movies', kind: 'movie', root };
  });
  afterEach(() => rm(library.root, { recursive: true, force: true }));

  it('is written once and makes the library available', async () => {
    await setUpLibrary(library);
    const first = await readFile(join(library.root, MARKER), 'utf8');
    await setUpLibrary(library);
    assert.equal(await readFile(join(library.root, MARKER), 'utf8'), first);
    assert.equal((await checkLibrary(library)).state, 'ok');
  });

  it('is never written over that of another library', async () => {
    await setUpLibrary(library);
    const other = { ...library, id: 'kids' };
    await assert.rejects(setUpLibrary(other), {
      code: 'config-invalid',
      message: /is library "movies"/,
    });
    const check = await checkLibrary(other);
    assert.equal(check.state === 'blocked' && check.problem.code, 'library-unavailable');
    assert.match(check.state === 'blocked' ? check.problem.message : '', /holds library "movies"/);
  });

  it('does not create a root', async () => {
    const missing = { ...library, root: join(library.root, 'missing') };
    await assert.rejects(setUpLibrary(missing), { code: 'library-unavailable' });
    const check = await checkLibrary(missing);
    assert.equal(
      check.state === 'blocked' && check.problem.message,
      `Library "movies" is not available: there is no folder ${missing.root}`,
    );
    assert.match(check.state === 'blocked' ? (check.problem.hint ?? '') : '', /mkdir -p/);
  });

  it('is told from garbage', async () => {
    await writeFile(join(library.root, MARKER), '{"v":1');
    const check = await checkLibrary(library);
    assert.match(check.state === 'blocked' ? check.problem.message : '', /is damaged/);
    await assert.rejects(setUpLibrary(library), { code: 'library-unavailable' });
  });
});
