import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createToolFinder } from '../../../service/tools/find.ts';
import { createToolRunner } from '../../../service/tools/run.ts';

const run = createToolRunner();

describe('finding a tool', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tools-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function program(name: string, says: string, exitCode = 0): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, `#!/bin/sh\necho '${says}'\nexit ${exitCode}\n`);
    await chmod(path, 0o755);
    return path;
  }

  it('prefers the configured path, then the environment, then PATH', async () => {
    const configured = await program('a', 'ffmpeg version 7.1-full built with gcc');
    const stated = await program('b', 'ffmpeg version 6.0 Copyright');
    const found = await program('ffmpeg', 'ffmpeg version n5.1.9-0+deb12u1 Copyright');
    const environment = { PATH: folder, FFMPEG_PATH: stated };
    const find = (options: object) => createToolFinder({ run, ...options }).find('ffmpeg');
    assert.deepEqual(await find({ environment, configured: { ffmpeg: configured } }), {
      name: 'ffmpeg',
      path: configured,
      version: '7.1-full',
    });
    assert.equal((await find({ environment }))?.path, stated);
    assert.deepEqual(await find({ environment: { PATH: folder } }), {
      name: 'ffmpeg',
      path: found,
      version: 'n5.1.9-0+deb12u1',
    });
  });

  it('finds a program that an npm package brings, unless its download failed', async () => {
    const path = await program('brought', 'ffmpeg version 6.1.1-static https://johnvansickle.com');
    const home = join(folder, 'node_modules', 'ffmpeg-static');
    await mkdir(home, { recursive: true });
    const find = () =>
      createToolFinder({ run, environment: { PATH: '' }, packages: folder }).find('ffmpeg');
    await writeFile(join(home, 'index.js'), `module.exports = ${JSON.stringify(path)};`);
    assert.deepEqual(await find(), { name: 'ffmpeg', path, version: '6.1.1-static' });
    await rm(path);
    assert.equal(await find(), null);
  });

  it('passes over what does not run', async () => {
    const broken = await program('broken', 'Illegal instruction', 132);
    const good = await program('mkvmerge', "mkvmerge v74.0.0 ('You Oughta Know') 64-bit");
    const environment = { PATH: `relative:${folder}`, MKVMERGE_PATH: broken };
    const finder = createToolFinder({
      run,
      environment,
      configured: { mkvmerge: '/nowhere/mkvmerge' },
    });
    assert.deepEqual(await finder.find('mkvmerge'), {
      name: 'mkvmerge',
      path: good,
      version: '74.0.0',
    });
  });

  it('remembers what it found, and looks again for what was not there', async () => {
    const finder = createToolFinder({ run, environment: { PATH: folder } });
    assert.equal(await finder.find('eject'), null);
    await program('eject', 'eject from util-linux 2.38.1');
    assert.equal((await finder.find('eject'))?.version, '2.38.1');
    await program('eject', 'eject from util-linux 2.40');
    assert.equal((await finder.find('eject'))?.version, '2.38.1');
  });
});
