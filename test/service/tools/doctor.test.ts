import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../../service/config/read-config.ts';
import { resolveConfig } from '../../../service/config/resolve.ts';
import type { Problem } from '../../../service/contract/problem.ts';
import { storeKey } from '../../../service/makemkv/key-store.ts';
import type { Check } from '../../../service/tools/check.ts';
import { checkNode, doctor } from '../../../service/tools/doctor.ts';

const broken: Problem = { code: 'library-unavailable', message: 'It is away', hint: 'Mount it' };

describe('The doctor', () => {
  let data = '';
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'discflow-doctor-'));
    await mkdir(join(data, 'discs'));
  });
  afterEach(() => rm(data, { recursive: true, force: true }));

  async function examine(text = '', ill: { problem?: Problem; tools?: boolean } = {}) {
    const config = await resolveConfig(readConfig({ file: 'f', text, env: {} }), data);
    const checks = await doctor({
      config,
      find: async (name) =>
        ill.tools === false ? null : { name, path: `/bin/${name}`, version: '9' },
      catalogues: [],
      libraryProblem: async () => ill.problem ?? null,
      opticalDrives: async () => [],
      speech: async () => [],
      brokerProblem: async () => ill.problem ?? null,
    });
    return new Map(checks.map((check) => [check.name, check]));
  }

  it('is content with a station that has everything', async () => {
    const checks = await examine('mqtt: {url: "mqtt://broker"}');
    const unwell = [...checks.values()].filter(
      ({ status, name }) => status !== 'ok' && !['staging', 'MakeMKV key'].includes(name),
    );
    assert.deepEqual(unwell, []);
    assert.deepEqual(checks.get('mkvmerge')?.where, '/bin/mkvmerge');
    assert.ok(checks.has('library movies'));
  });

  it('tells which kind of key there is, never the key, and where to get one', async () => {
    const keyIn = async (text = '') => (await examine(text)).get('MakeMKV key');
    const none = await keyIn();
    assert.equal(none?.status, 'warn');
    assert.match(none?.howToGet ?? '', /"discflow key".*viewtopic\.php\?t=1053/);
    await storeKey(join(data, 'state', 'makemkv'), `M-${'p'.repeat(60)}`);
    assert.deepEqual([(await keyIn())?.status, (await keyIn())?.version], ['ok', 'purchased']);
    assert.ok(!JSON.stringify(await keyIn()).includes('ppp'));
    const lost = await keyIn('makemkv: {key_file: /nowhere/key}');
    assert.match(lost?.problem ?? '', /key_file: \/nowhere\/key cannot be read/);
    assert.equal(await keyIn('makemkv: {enabled: false}'), undefined);
    assert.equal((await examine('', { tools: false })).get('MakeMKV key'), undefined);
  });

  it('says what each tool is needed for and how to get it', async () => {
    const checks = await examine('', { tools: false });
    assert.equal(checks.get('mkvmerge')?.status, 'missing');
    assert.equal(checks.get('ffmpeg')?.status, 'warn');
    assert.match(checks.get('mkvmerge')?.neededFor ?? '', /MKV/);
    assert.match(checks.get('mkvmerge')?.howToGet ?? '', /apt install mkvtoolnix/);
  });

  it('says that Home Assistant needs another broker than the embedded one', async () => {
    const checks = await examine();
    assert.equal(checks.get('broker')?.where, 'mqtt://127.0.0.1:1883');
    assert.equal(checks.get('broker for Home Assistant')?.status, 'warn');
    assert.match(checks.get('broker for Home Assistant')?.howToGet ?? '', /Mosquitto.*mqtt\.url/);
  });

  it('passes on what is wrong with a library or the broker', async () => {
    const checks = await examine('mqtt: {url: "mqtt://broker"}', { problem: broken });
    for (const name of ['library movies', 'library tv', 'broker']) {
      const { status, problem, howToGet } = checks.get(name) ?? ({} as Partial<Check>);
      assert.deepEqual(
        { status, problem, howToGet },
        { status: 'missing', problem: 'It is away', howToGet: 'Mount it' },
      );
    }
  });

  it('finds a drive without its folder', async () => {
    await rm(join(data, 'discs'), { recursive: true });
    const check = (await examine()).get('drive images');
    assert.equal(check?.status, 'missing');
    assert.match(check?.problem ?? '', /is not there or cannot be read/);
  });

  it('accepts a staging folder that the service can still create, and tells the free space', async () => {
    const check = (await examine('staging: a/b/c')).get('staging');
    assert.notEqual(check?.status, 'missing');
    assert.match(check?.version ?? '', /^\d+\.\d GB free$/);
  });

  it('refuses a staging folder below a file', async () => {
    await writeFile(join(data, 'file'), '');
    const check = (await examine('staging: file/staging')).get('staging');
    assert.equal(check?.status, 'missing');
  });

  const versions = {
    'v18.20.0': 'missing',
    'v20.18.9': 'missing',
    'v20.19.0': 'ok',
    'v24.0.0': 'ok',
  };
  for (const [version, status] of Object.entries(versions))
    it(`finds Node.js ${version} ${status}`, () => assert.equal(checkNode(version).status, status));
});
