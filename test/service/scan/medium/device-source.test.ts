import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDeviceSource } from '../../../../service/scan/medium/device-source.ts';
import { SECTOR_BYTES } from '../../../../service/scan/medium/medium.ts';

/** A plain file stands for the drive: its reader is the same program. */
describe('a device that is read by a process of its own', () => {
  const bytes = randomBytes(5 * 1024 * 1024);
  let folder: string;
  let path: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'discflow-device-'));
    path = join(folder, 'drive');
    await writeFile(path, bytes);
  });
  after(() => rm(folder, { recursive: true }));

  it('gives the bytes of the device, in large and small parts and asked for all at once', async () => {
    const source = await openDeviceSource(path);
    const parts = [
      [0, bytes.length],
      [7, 1],
      [4 * SECTOR_BYTES, SECTOR_BYTES],
      [bytes.length - 3, 3],
    ] as const;
    await Promise.all(
      parts.map(async ([position, length]) => {
        const into = Buffer.alloc(length);
        await source.read(position, into);
        assert.ok(into.equals(bytes.subarray(position, position + length)), `${position}`);
      }),
    );
    await source.close();
  });

  it('tells a device that is not there', async () => {
    await assert.rejects(openDeviceSource(join(folder, 'none')), { code: 'read-error' });
  });

  it('fails at the end of what the device has, naming the sector', async () => {
    const source = await openDeviceSource(path);
    await assert.rejects(source.read(bytes.length, Buffer.alloc(1), 'VTS_01_1.VOB'), {
      code: 'read-error',
      message: 'VTS_01_1.VOB ends before sector 2560.',
    });
    await source.close();
  });

  it('tells a disc that was taken out from a bad sector', async () => {
    for (const [isIn, code] of [
      [true, 'read-error'],
      [false, 'disc-removed'],
    ] as const) {
      // A folder opens like a file and fails every read.
      const source = await openDeviceSource(folder, { isStillIn: async () => isIn });
      await assert.rejects(source.read(0, Buffer.alloc(1)), { code });
      await source.close();
    }
  });

  it('is left behind when it hangs: others are read, files too, and a cancel takes effect at once', async function () {
    if (process.platform === 'win32') return this.skip();
    const hanging = await Promise.all(Array.from({ length: 8 }, () => openDeviceSource(path)));
    const readers = await readersOf(path);
    assert.equal(readers.length, 8);
    for (const pid of readers) process.kill(pid, 'SIGSTOP');
    const stuck = hanging.map((source) => source.read(0, Buffer.alloc(SECTOR_BYTES)));
    for (const read of stuck) read.catch(() => undefined);

    const cancel = new AbortController();
    const cancelled = await openDeviceSource(path, { signal: cancel.signal });
    const began = performance.now();
    await cancelled.read(0, Buffer.alloc(SECTOR_BYTES));
    await Promise.all(Array.from({ length: 20 }, () => readFile(path)));
    await stat(path);
    const [pid = 0] = (await readersOf(path)).filter((each) => !readers.includes(each));
    process.kill(pid, 'SIGSTOP');
    const read = cancelled.read(0, Buffer.alloc(SECTOR_BYTES));
    cancel.abort(new Error('enough'));
    await assert.rejects(read, { message: 'enough' });
    assert.ok(performance.now() - began < 10_000, `${performance.now() - began} ms`);
    await Promise.all([...hanging, cancelled].map((source) => source.close()));
    await Promise.allSettled(stuck);
    assert.deepEqual(await readersOf(path), []);
  });

  it('ends with the service, also when that is killed', async function () {
    if (process.platform !== 'linux') return this.skip();
    const module = new URL('../../../../service/scan/medium/device-source.ts', import.meta.url)
      .href;
    const script = join(folder, 'service.mjs');
    await writeFile(
      script,
      `const { openDeviceSource } = await import(${JSON.stringify(module)});
       await openDeviceSource(${JSON.stringify(path)});
       process.kill(process.pid, 'SIGKILL');`,
    );
    const tsx = createRequire(import.meta.url).resolve('tsx');
    assert.throws(() =>
      execFileSync(process.execPath, ['--import', tsx, script], {
        stdio: 'ignore',
        timeout: 10_000,
      }),
    );
    for (let tries = 0; tries < 100 && (await readersOf(path)).length > 0; tries++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(await readersOf(path), []);
  });
});

/** Process ids of the readers of a path. */
async function readersOf(path: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (command.includes('device-reader') && command.includes(path)) found.push(Number(name));
  }
  return found;
}
