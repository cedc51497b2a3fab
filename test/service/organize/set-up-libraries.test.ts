import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Library } from '../../../service/organize/library.ts';
import { checkLibrary, MARKER } from '../../../service/organize/marker.ts';
import { setUpNewLibraries } from '../../../service/organize/set-up-libraries.ts';

describe('A library that was added to the configuration', () => {
  let folder: string;
  let state: string;
  let movies: Library;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'discflow-libraries-'));
    state = join(folder, 'state');
    movies = { id: 'movies', kind: 'movie', root: join(folder, 'Movies') };
    await mkdir(movies.root);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is set up in the folder that is there, whatever it holds', async () => {
    await writeFile(join(movies.root, 'Old Film.mkv'), '');
    const { added, problems } = await setUpNewLibraries([movies], state);
    assert.deepEqual([added, problems], [[movies], []]);
    assert.equal((await checkLibrary(movies)).state, 'ok');
    assert.deepEqual((await setUpNewLibraries([movies], state)).added, []);
  });

  it('is set up once: later its folder without a marker is a mount point without its disk', async () => {
    await setUpNewLibraries([movies], state);
    await rm(join(movies.root, MARKER));
    assert.deepEqual(await setUpNewLibraries([movies], state), { added: [], problems: [] });
    assert.deepEqual(await readdir(movies.root), []);
  });

  it('is known from its marker, too', async () => {
    await setUpNewLibraries([movies], state);
    await rm(state, { recursive: true });
    assert.deepEqual(await setUpNewLibraries([movies], state), { added: [], problems: [] });
    await rm(join(movies.root, MARKER));
    assert.deepEqual((await setUpNewLibraries([movies], state)).added, []);
  });

  it('moves with its root', async () => {
    await setUpNewLibraries([movies], state);
    const elsewhere = { ...movies, root: join(folder, 'Films') };
    await mkdir(elsewhere.root);
    assert.deepEqual((await setUpNewLibraries([elsewhere], state)).added, [elsewhere]);
  });

  it('without a folder gets none, but help, and does not hold up the others', async () => {
    const missing = { ...movies, id: 'kids', root: join(folder, 'Kids') };
    const { added, problems } = await setUpNewLibraries([missing, movies], state);
    assert.deepEqual(added, [movies]);
    assert.match(problems[0]?.message ?? '', /^Library "kids" has no folder .*Kids$/);
    assert.match(problems[0]?.hint ?? '', /mkdir -p/);
    await mkdir(missing.root);
    assert.deepEqual((await setUpNewLibraries([missing, movies], state)).added, [missing]);
  });

  it('does not take the folder of another one', async () => {
    await setUpNewLibraries([movies], state);
    const { problems } = await setUpNewLibraries([{ ...movies, id: 'kids' }], state);
    assert.match(problems[0]?.message ?? '', /is library "movies" already/);
  });
});
