import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { version } from '../../../service/version.ts';
import type { LocalServer } from '../../servers/local-server.ts';
import { startTheDiscDb } from '../../servers/thediscdb.ts';
import { startTmdb, tmdbKeys } from '../../servers/tmdb.ts';
import { discflow, scratch } from './discflow.ts';

describe('discflow and its catalogues', () => {
  const folder = scratch();
  let tmdb: LocalServer;
  let discs: LocalServer;
  before(async () => {
    [tmdb, discs] = await Promise.all([startTmdb(), startTheDiscDb({ rest: false })]);
  });
  beforeEach(() => {
    tmdb.reset();
    discs.reset();
  });
  after(() => Promise.all([tmdb.stop(), discs.stop()]));

  async function doctor(settings: Record<string, string> = {}) {
    const { stdout, stderr } = await discflow(['doctor', '--json', '--data', folder.path('d')], {
      DISCFLOW_METADATA_TMDB_ENABLED: 'true',
      DISCFLOW_METADATA_THEDISCDB_ENABLED: 'true',
      DISCFLOW_METADATA_TMDB_URL: `${tmdb.url}/3/`,
      DISCFLOW_METADATA_THEDISCDB_URL: discs.url,
      ...settings,
    });
    assert.ok(!`${stdout}${stderr}`.includes(tmdbKeys.v3));
    const checks: Check[] = JSON.parse(stdout);
    return new Map(checks.map((check) => [check.name, check]));
  }

  it('are all well with a key that is accepted', async () => {
    const checks = await doctor({ DISCFLOW_METADATA_TMDB_KEY: tmdbKeys.v3 });
    assert.equal(checks.get('TMDB')?.status, 'ok');
    assert.equal(checks.get('TMDB')?.where, `${tmdb.url}/3`);
    assert.equal(checks.get('TheDiscDB')?.status, 'ok');
    assert.deepEqual([tmdb.seen.length, discs.seen.length], [1, 1]);
    await assert.rejects(readdir(folder.path('d')), { code: 'ENOENT' });
  });

  it('take a key from a file', async () => {
    const file = folder.path('tmdb-key');
    await writeFile(file, `${tmdbKeys.v4}\n`);
    const checks = await doctor({ DISCFLOW_METADATA_TMDB_KEY_FILE: file });
    assert.equal(checks.get('TMDB')?.status, 'ok');
  });

  it('say where to get a missing key, and that one is refused', async () => {
    const missing = (await doctor()).get('TMDB');
    assert.equal(missing?.status, 'warn');
    assert.match(missing?.howToGet ?? '', /themoviedb\.org\/settings\/api/);
    const refused = (await doctor({ DISCFLOW_METADATA_TMDB_KEY: 'f'.repeat(32) })).get('TMDB');
    assert.equal(refused?.status, 'warn');
    assert.match(refused?.problem ?? '', /does not accept the key$/);
  });

  it('say when they cannot be reached, at once', async () => {
    const begun = Date.now();
    const check = (await doctor({ DISCFLOW_METADATA_THEDISCDB_URL: 'http://127.0.0.1:9' })).get(
      'TheDiscDB',
    );
    assert.equal(check?.problem, 'TheDiscDB cannot be reached: it refuses connections');
    assert.ok(Date.now() - begun < 8_000);
  });

  it('are not mentioned when they are switched off', async () => {
    const checks = await doctor({
      DISCFLOW_METADATA_TMDB_ENABLED: 'false',
      DISCFLOW_METADATA_THEDISCDB_ENABLED: 'false',
    });
    assert.ok(!checks.has('TMDB') && !checks.has('TheDiscDB'));
  });

  it('never see a key repeated that the configuration got wrong', async () => {
    const data = folder.path('wrong');
    await mkdir(data);
    await writeFile(`${data}/discflow.yaml`, 'metadata: {tmdb: {key: "my secret"}}\n');
    const { code, stderr } = await discflow(['doctor', '--data', data]);
    assert.equal(code, 1);
    assert.match(stderr, /metadata\.tmdb\.key is wrong: expected the key as/);
    assert.doesNotMatch(stderr, /my secret/);
  });

  it('are thanked in the words they ask for', async () => {
    const { stdout } = await discflow(['about']);
    assert.ok(stdout.startsWith(`Discflow ${version}, MIT License\n`));
    assert.match(stdout, /not endorsed, certified, or otherwise approved by TMDB/);
    assert.match(stdout, /TheDiscDB.*MIT License/);
  });
});

interface Check {
  name: string;
  status: string;
  where: string | null;
  problem: string | null;
  howToGet: string | null;
}
