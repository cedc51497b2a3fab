import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFolder, loadConfig } from '../../../service/config/load-config.ts';
import { DiscflowError } from '../../../service/errors.ts';

describe('Loading the configuration', () => {
  let data = '';
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'discflow-config-'));
  });
  afterEach(() => rm(data, { recursive: true, force: true }));

  const load = async (text: string, env: NodeJS.ProcessEnv = {}) => {
    await writeFile(join(data, 'discflow.yaml'), text, { mode: 0o600 });
    return loadConfig({ data, env });
  };

  it('writes a private, commented file at the first start and says where', async () => {
    const folder = join(data, 'new', 'folder');
    const { file, created, config, warnings } = await loadConfig({ data: folder, env: {} });
    assert.equal(file, join(folder, 'discflow.yaml'));
    assert.equal(created, true);
    assert.deepEqual(warnings, []);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.match(await readFile(file, 'utf8'), /# url: mqtt:/);
    assert.equal((await stat(join(folder, 'discs'))).isDirectory(), true);
    assert.equal(config.staging, join(folder, 'staging'));
  });

  it('means the same by the file it wrote as by an empty file', async () => {
    const folder = join(data, 'a');
    const first = await loadConfig({ data: folder, env: {} });
    const again = await loadConfig({ data: folder, env: {} });
    assert.equal(again.created, false);
    assert.deepEqual(again.config, first.config);
    await writeFile(first.file, '');
    assert.deepEqual((await loadConfig({ data: folder, env: {} })).config, first.config);
  });

  it('has two default libraries and one image folder in the data folder', async () => {
    const { config } = await load('');
    assert.deepEqual(config.libraries, [
      { id: 'movies', kind: 'movie', root: join(data, 'library/Movies'), default: true },
      { id: 'tv', kind: 'tv', root: join(data, 'library/TV'), default: true },
    ]);
    assert.deepEqual(config.drives, [
      {
        id: 'images',
        name: 'images',
        folder: join(data, 'discs'),
        settle_seconds: 2,
        eject: 'auto',
      },
    ]);
  });

  it('keeps absolute paths, and "~" is the home folder', async () => {
    const { config } = await load('staging: /mnt/fast\nstate: ~/discflow-state\n');
    assert.equal(config.staging, '/mnt/fast');
    assert.equal(config.state, join(homedir(), 'discflow-state'));
  });

  it('takes the library marked as default, else the first of its kind', async () => {
    const { config } = await load(
      `libraries:
  - { id: movies, kind: movie, root: a }
  - { id: kids, kind: movie, root: b, default: true }
  - { id: tv, kind: tv, root: c }
  - { id: anime, kind: tv, root: d }
`,
    );
    const defaults = config.libraries.filter((library) => library.default).map(({ id }) => id);
    assert.deepEqual(defaults, ['kids', 'tv']);
  });

  it('starts the embedded broker unless there is a url', async () => {
    assert.equal((await load('')).config.mqtt.embedded, true);
    assert.equal((await load('mqtt: { url: "mqtt://broker:1883" }')).config.mqtt.embedded, false);
  });

  it('lets the environment override the file, each value in the type of its key', async () => {
    const { config } = await load('station: attic\nmqtt:\n  url: mqtt://a:1\n', {
      DISCFLOW_STATION: '42',
      DISCFLOW_MQTT_URL: 'mqtts://b:8883',
      DISCFLOW_MQTT_PASSWORD: '12345',
      DISCFLOW_MQTT_TLS_VERIFY: 'false',
      DISCFLOW_MQTT_PROTOCOL: '5',
      DISCFLOW_POLICIES_CLAIM_SECONDS: '1.5',
      DISCFLOW_HISTORY_DAYS: '',
    });
    assert.equal(config.station, '42');
    assert.equal(config.mqtt.url, 'mqtts://b:8883');
    assert.equal(config.mqtt.password, '12345');
    assert.equal(config.mqtt.tls.verify, false);
    assert.equal(config.mqtt.protocol, 5);
    assert.equal(config.policies.claim_seconds, 1.5);
    assert.equal(config.history.days, 365);
  });

  it('reads the password from a file, without the last line break', async () => {
    await writeFile(join(data, 'secret'), ' pass word \n');
    const { config } = await load('mqtt: { username: u, password_file: secret }');
    assert.equal(config.mqtt.password, ' pass word ');
    assert.equal('password_file' in config.mqtt, false);
  });

  it('says which password file cannot be read', async () => {
    await assert.rejects(load('mqtt: { password_file: nothing }'), {
      code: 'config-invalid',
      message: `mqtt.password_file: ${join(data, 'nothing')} cannot be read`,
    });
  });

  it('warns of variables that set nothing and names what was meant', async () => {
    const env = { DISCFLOW_MQTT_PASWORD: 'x', DISCFLOW_DATA: data, DISCFLOW_SERVICE_HOST: '1' };
    assert.deepEqual((await load('', env)).warnings, [
      'DISCFLOW_MQTT_PASWORD sets nothing; did you mean DISCFLOW_MQTT_PASSWORD?',
      'DISCFLOW_SERVICE_HOST sets nothing',
    ]);
  });

  it('warns when others can read a password', async () => {
    await load('mqtt:\n  username: u\n  password: p\n');
    await chmod(join(data, 'discflow.yaml'), 0o644);
    const { warnings } = await loadConfig({ data, env: {} });
    assert.match(warnings.join(), /Other users can read .*chmod 600/);
  });

  it('explains a data folder that cannot be one', async () => {
    await writeFile(join(data, 'file'), '');
    const error = await loadConfig({ data: join(data, 'file'), env: {} }).catch((thrown) => thrown);
    assert.ok(error instanceof DiscflowError);
    assert.equal(error.code, 'config-invalid');
    assert.match(error.hint, /--data or DISCFLOW_DATA/);
  });

  it('finds the data folder by option, then variable, then home', () => {
    const env = { DISCFLOW_DATA: '/b' };
    assert.equal(dataFolder({ data: '/a', env }), '/a');
    assert.equal(dataFolder({ env }), '/b');
    assert.equal(dataFolder({ env: {} }), join(homedir(), 'discflow'));
  });
});
