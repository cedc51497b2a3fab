import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyVerified } from '../../../service/organize/copy-verified.ts';

/** Several reads, and an end that is no multiple of a disk block. */
const content = randomBytes(3 * 1024 * 1024 + 123);

describe('A verified copy', () => {
  let folder: string;
  let options: Parameters<typeof copyVerified>[0];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'discflow-copy-'));
    await writeFile(join(folder, 'from'), content);
    options = {
      from: join(folder, 'from'),
      to: join(folder, 'to'),
      device: (await stat(folder)).dev,
      signal: new AbortController().signal,
      onBytes: () => undefined,
    };
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const left = async () => (await readdir(folder)).sort();

  it('has the content and the hash of its source, and counts every byte', async () => {
    let bytes = 0;
    const sha256 = await copyVerified({
      ...options,
      onBytes: (some) => {
        bytes += some;
      },
    });
    assert.equal(sha256, createHash('sha256').update(content).digest('hex'));
    assert.deepEqual(await readFile(options.to), content);
    assert.equal(bytes, content.length);
  });

  it('is refused and removed when one byte of it is wrong', async () => {
    const damage = () => {
      const file = openSync(options.to, 'r+');
      writeSync(file, Buffer.from([(content[5] ?? 0) ^ 1]), 0, 1, 5);
      closeSync(file);
    };
    await assert.rejects(copyVerified({ ...options, onBytes: damage }), {
      code: 'copy-damaged',
      transient: true,
    });
    assert.deepEqual(await left(), ['from']);
  });

  it('never overwrites', async () => {
    await writeFile(options.to, 'mine');
    await assert.rejects(copyVerified(options), { code: 'EEXIST' });
    assert.equal(await readFile(options.to, 'utf8'), 'mine');
  });

  it('stops at once when told to, and leaves nothing', async () => {
    const abort = new AbortController();
    const stopping = { ...options, signal: abort.signal, onBytes: () => abort.abort() };
    await assert.rejects(copyVerified(stopping), { name: 'AbortError' });
    assert.deepEqual(await left(), ['from']);
  });

  it('is not made on another device than the library', async () => {
    await assert.rejects(copyVerified({ ...options, device: options.device + 1 }), {
      code: 'library-unavailable',
    });
    assert.deepEqual(await left(), ['from']);
  });
});
