import assert from 'node:assert/strict';
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { installPackage, optionalPackages } from '../../../service/tools/install-packages.ts';
import { findPackage, packagesFolder } from '../../../service/tools/npm-package.ts';
import { createToolRunner } from '../../../service/tools/run.ts';

describe('Installing an optional package', function () {
  this.timeout(120_000);
  let folder: string;
  const run = createToolRunner();
  const { signal } = new AbortController();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'discflow-packages-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** A package with scripts that leave a trace, as a tarball for npm. */
  async function makePackage(): Promise<string> {
    const source = join(folder, 'source');
    await mkdir(source);
    const manifest = {
      name: 'made-up-package',
      version: '1.2.3',
      main: 'index.js',
      scripts: { postinstall: "node -e \"require('fs').writeFileSync('ran', '')\"" },
    };
    await writeFile(join(source, 'package.json'), JSON.stringify(manifest));
    await writeFile(join(source, 'index.js'), 'module.exports = 7;');
    const fetch = "require('fs').writeFileSync(require('path').join(__dirname, 'fetched'), '')";
    await writeFile(join(source, 'fetch.js'), fetch);
    await execa('npm', ['pack', '--silent'], { cwd: source });
    return `file:${join(source, 'made-up-package-1.2.3.tgz')}`;
  }

  it('puts it into its folder without running its scripts, and finds it there', async () => {
    const packages = join(folder, 'state', 'packages');
    const version = await makePackage();
    const wanted = { name: 'made-up-package', version, fetches: 'fetch.js' };
    assert.equal(findPackage('made-up-package', packages), null);
    const found = await installPackage(wanted, { run, folder: packages, signal });
    assert.equal(found.version, '1.2.3');
    assert.equal(found.path, join(packages, 'node_modules', 'made-up-package'));
    assert.equal((await import(found.entry)).default, 7);
    await assert.rejects(access(join(found.path, 'ran')), 'a script of the package was run');
    await access(join(found.path, 'fetched'));
    const { private: isPrivate } = JSON.parse(
      await readFile(join(packages, 'package.json'), 'utf8'),
    );
    assert.equal(isPrivate, true);
  });

  it('removes what this machine does not need', async () => {
    const packages = join(folder, 'packages');
    const version = await makePackage();
    const spare = async (modules: string) => [join(modules, 'made-up-package', 'fetch.js')];
    const wanted = { name: 'made-up-package', version, spare };
    const { path } = await installPackage(wanted, { run, folder: packages, signal });
    await assert.rejects(access(join(path, 'fetch.js')));
  });

  it('says in a sentence that there is no network', async () => {
    for (const wanted of Object.values(optionalPackages)) {
      const registry = 'http://127.0.0.1:9';
      const installing = installPackage(wanted, { run, folder, signal, registry });
      await assert.rejects(installing, {
        code: 'download-failed',
        message: /is there a network\?/,
      });
    }
  });

  it('stops when it is cancelled', async () => {
    const cancelled = { run, folder, signal: AbortSignal.abort() };
    await assert.rejects(installPackage(optionalPackages.speech, cancelled), { code: 'cancelled' });
  });

  it('keeps packages in the state folder', () => {
    assert.equal(packagesFolder({ state: '/x/state' }), join('/x/state', 'packages'));
    assert.equal(findPackage('no-such-package'), null);
    assert.ok(findPackage('execa'), 'beside the service');
  });
});
