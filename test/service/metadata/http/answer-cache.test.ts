import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { createAnswerCache } from '../../../../service/metadata/http/answer-cache.ts';

const times = { days: 30, missDays: 1 };

describe('The cache of answers', () => {
  let folder = '';
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'discflow-cache-')), 'deep/er');
  });
  afterEach(() => rm(join(folder, '../..'), { recursive: true, force: true }));

  const found = (body: unknown) => ({ state: 'found' as const, body });
  /** Files are written within one tick of the clock; a second each keeps their order. */
  async function makeOlder(files: string[]): Promise<void> {
    for (const file of files) {
      const before = (await stat(file)).mtimeMs / 1000 - 1;
      await utimes(file, before, before);
    }
  }
  const onlyFile = async () => join(folder, (await readdir(folder))[0] ?? '');

  it('keeps what was found and what was not, also for the next start', async () => {
    const cache = createAnswerCache(folder, times);
    await cache.write('a', found({ x: 1 }));
    await cache.write('b', { state: 'absent' });
    const next = createAnswerCache(folder, times);
    assert.deepEqual(await next.read('a'), { answer: found({ x: 1 }), fresh: true });
    assert.deepEqual(await next.read('b'), { answer: { state: 'absent' }, fresh: true });
    assert.equal(await next.read('c'), null);
  });

  const ages: [string, 'found' | 'absent', number, boolean][] = [
    ['an answer of yesterday', 'found', 1, true],
    ['an answer of last month', 'found', 31, false],
    ['a miss of an hour ago', 'absent', 0.05, true],
    ['a miss of yesterday', 'absent', 1.1, false],
    ['an answer from the future, after the clock was put right', 'found', -2, false],
  ];
  for (const [name, state, days, fresh] of ages)
    it(`finds ${name} ${fresh ? 'fresh' : 'out of date'}`, async () => {
      const cache = createAnswerCache(folder, times);
      await cache.write('a', state === 'found' ? found(1) : { state });
      const file = await onlyFile();
      const entry = JSON.parse(await readFile(file, 'utf8'));
      await writeFile(file, JSON.stringify({ ...entry, at: entry.at - days * 86_400_000 }));
      assert.equal((await cache.read('a'))?.fresh, fresh);
    });

  it('keeps nothing for longer than six months, not even for want of better', async () => {
    await createAnswerCache(folder, times).write('old', found(1));
    const file = await onlyFile();
    const entry = JSON.parse(await readFile(file, 'utf8'));
    const at = entry.at - 181 * 86_400_000;
    await writeFile(file, JSON.stringify({ ...entry, at }));
    await utimes(file, at / 1000, at / 1000);
    const next = createAnswerCache(folder, times);
    assert.equal(await next.read('old'), null);
    await next.write('new', found(2));
    assert.equal((await readdir(folder)).length, 1);
  });

  it('ignores a damaged entry, whatever is in it, and writes it anew', async () => {
    const cache = createAnswerCache(folder, times);
    await cache.write('a', found(1));
    const file = await onlyFile();
    const whole = await readFile(file, 'utf8');
    const damage = [
      ...Array.from({ length: whole.length }, (_, end) => whole.slice(0, end)),
      '[]',
      'null',
      whole.replace('"v":1', '"v":2'),
      whole.replace('"request":"a"', '"request":"b"'),
    ];
    for (const text of damage) {
      await writeFile(file, text);
      assert.equal(await cache.read('a'), null, text);
    }
    await cache.write('a', found(2));
    assert.deepEqual((await cache.read('a'))?.answer, found(2));
  });

  it('never grows beyond its bytes, and lets the oldest go first', async () => {
    const bytes = 20_000;
    const cache = createAnswerCache(folder, times, bytes);
    for (let number = 0; number < 60; number++) {
      await cache.write(`request ${number}`, found('x'.repeat(900)));
      const files = (await readdir(folder)).map((name) => join(folder, name));
      const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
      assert.ok(sizes.reduce((sum, size) => sum + size, 0) <= bytes);
      await makeOlder(files);
    }
    assert.notEqual(await cache.read('request 59'), null);
    assert.equal(await cache.read('request 0'), null);
  });

  it('counts what earlier starts have left', async () => {
    await createAnswerCache(folder, times).write('old', found('x'.repeat(5_000)));
    await createAnswerCache(folder, times, 6_000).write('new', found('x'.repeat(3_000)));
    assert.equal((await readdir(folder)).length, 1);
  });

  it('does not keep what is out of proportion', async () => {
    await createAnswerCache(folder, times).write('a', found('x'.repeat(3_000_000)));
    assert.equal(await createAnswerCache(folder, times).read('a'), null);
  });

  it('gives back whatever JSON it was given, under whatever request', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.jsonValue(), async (request, body) => {
        const cache = createAnswerCache(folder, times);
        await cache.write(request, found(body));
        const read = await cache.read(request);
        assert.deepEqual(read?.answer, found(JSON.parse(JSON.stringify(body))));
      }),
      { numRuns: 40 },
    );
  });
});
