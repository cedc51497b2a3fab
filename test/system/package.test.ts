import assert from 'node:assert/strict';
import { access, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { z } from 'zod';

const root = fileURLToPath(new URL('../..', import.meta.url));
const MEGABYTE = 1e6;
/** What somebody who installs it from the palette downloads, all packages together. */
const LARGEST_DOWNLOAD = 15 * MEGABYTE;
/** None of them belongs to an installation from the palette. */
const heavy = ['@huggingface/transformers', 'onnxruntime-node', 'ffmpeg-static'];

const Lock = z.object({
  packages: z.record(z.string(), z.object({ hasInstallScript: z.boolean().optional() })),
});

describe('The package for the palette', function () {
  this.timeout(300_000);
  let folder: string;
  let lock: z.infer<typeof Lock>;

  before(async function () {
    folder = await mkdtemp(join(tmpdir(), 'discflow-package-'));
    const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
    const { stdout: tarball } = await execa('npm', pack, { cwd: root });
    await writeFile(join(folder, 'package.json'), '{"private": true}');
    const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
    const install = ['install', ...quiet, `./${tarball.trim()}`];
    const installed = await execa('npm', install, { cwd: folder, reject: false });
    if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT/.test(installed.stderr)) {
      console.log('skipped: the packages that it needs cannot be downloaded');
      this.skip();
    }
    assert.equal(installed.exitCode, 0, installed.stderr);
    lock = Lock.parse(JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8')));
  });
  after(() => folder && rm(folder, { recursive: true }));

  it('is at most 15 MB with everything that it needs', async () => {
    const whole = join(folder, 'all.tgz');
    await execa('tar', ['-czf', whole, 'node_modules'], { cwd: folder });
    const { size } = await stat(whole);
    console.log(`      ${(size / MEGABYTE).toFixed(1)} MB in ${count()} packages`);
    assert.ok(size <= LARGEST_DOWNLOAD, `${size} bytes`);
  });

  const count = () => Object.keys(lock.packages).length - 1;

  it('runs no script of any package when it is installed', () => {
    const scripted = Object.entries(lock.packages).filter(([, entry]) => entry.hasInstallScript);
    assert.deepEqual(
      scripted.map(([name]) => name),
      [],
    );
  });

  it('leaves speech recognition and ffmpeg to "discflow install"', async () => {
    for (const name of heavy)
      await assert.rejects(access(join(folder, 'node_modules', name)), name);
  });

  it('brings a command that runs', async () => {
    const { stdout } = await execa(join(folder, 'node_modules', '.bin', 'discflow'), ['--version']);
    assert.match(stdout, /^\d+\.\d+\.\d+$/);
  });
});
