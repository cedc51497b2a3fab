import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearReservation, placeFile } from '../../../service/organize/place-file.ts';
import { withoutHardLinks } from './crash-points.ts';

describe('Placing a file', () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  const place = () => placeFile({ from: at('from'), to: at('to'), owner: 'job/t01' });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'discflow-place-'));
    await writeFile(at('from'), 'new');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  for (const [how, wrap] of [
    ['with hard links', (body: () => Promise<void>) => body()],
    ['without hard links', withoutHardLinks],
  ] as const) {
    it(`${how} gives it its name`, () =>
      wrap(async () => {
        assert.equal(await place(), 'placed');
        assert.equal(await readFile(at('to'), 'utf8'), 'new');
      }));

    it(`${how} never replaces another file`, () =>
      wrap(async () => {
        await writeFile(at('to'), 'old');
        assert.equal(await place(), 'taken');
        assert.equal(await readFile(at('to'), 'utf8'), 'old');
        assert.equal(await readFile(at('from'), 'utf8'), 'new');
      }));
  }

  it('leaves no reservation behind when it cannot go on', () =>
    withoutHardLinks(async () => {
      await rm(at('from'));
      await assert.rejects(place(), { code: 'ENOENT' });
      assert.deepEqual(await readdir(folder), []);
    }));

  it("removes its own job's reservation after a crash, and no other file", async () => {
    const text = 'This name is reserved by Discflow for job/t01.\n';
    await writeFile(at('to'), text);
    await clearReservation(at('to'), 'job/t02');
    assert.equal(await readFile(at('to'), 'utf8'), text);
    await clearReservation(at('to'), 'job/t01');
    assert.deepEqual(await readdir(folder), ['from']);
    await clearReservation(at('from'), 'job/t01');
    assert.deepEqual(await readdir(folder), ['from']);
  });
});
