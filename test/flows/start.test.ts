import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScript, type ScriptProcess } from './script-process.ts';

describe('npm start', function () {
  this.timeout(60_000);
  let data: string;
  let running: ScriptProcess[];
  const run = (env: Record<string, string> = {}) => {
    const script = runScript('start', ['--data', data], { DISCFLOW_MQTT_PORT: '0', ...env });
    running.push(script);
    return script;
  };
  const nodeRed = (name: string) => join(data, 'node-red', name);

  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'discflow-start-'));
    running = [];
  });

  afterEach(async () => {
    for (const script of running) await script.end('SIGKILL');
    await rm(data, { recursive: true, force: true });
  });

  it('writes a configuration at first, says where, and names every address', async () => {
    const script = run();
    const file = await script.hears(/first start: .* set in (\S+),/);
    assert.equal(file, join(data, 'discflow.yaml'));
    assert.match(await readFile(file, 'utf8'), /^# Drives: Where discs come from/m);
    const editor = await script.hears(/the flow is at\s+(http:\S+)/);
    assert.equal((await fetch(editor)).status, 200);
    assert.match(script.said(), /MQTT is at\s+mqtt:\/\/127\.0\.0\.1:\d+, topics discflow\/main\/#/);
    await script.hears(/Ctrl-C/);
    assert.equal(await script.end('SIGINT'), 0);
  });

  it('leaves a flow that is there as it is', async () => {
    const mine = JSON.stringify([{ id: 'mine', type: 'tab', label: 'Mine' }]);
    await mkdir(join(data, 'node-red'));
    await writeFile(nodeRed('flows.json'), mine);
    const script = run();
    await script.hears(/Ctrl-C/);
    await script.end('SIGTERM');
    assert.equal(await readFile(nodeRed('flows.json'), 'utf8'), mine);
  });

  it('gives the flow its login, encrypted with a secret that only its owner reads', async () => {
    const login = { DISCFLOW_MQTT_USERNAME: 'somebody', DISCFLOW_MQTT_PASSWORD: 'kept secret' };
    const script = run(login);
    await script.hears(/Ctrl-C/);
    assert.doesNotMatch(script.said(), /has not found the service/);
    await script.end('SIGTERM');
    for (const name of ['flows.json', 'flows_cred.json'])
      assert.doesNotMatch(await readFile(nodeRed(name), 'utf8'), /kept secret/);
    const { mode } = await stat(nodeRed('credential-secret'));
    assert.equal(mode & 0o777, 0o600);
  });

  it('goes on without Node-RED when that ends or cannot start', async () => {
    const script = run();
    const editor = await script.hears(/the flow is at\s+(http:\S+)/);
    await script.hears(/Ctrl-C/);
    await deployCrash(editor);
    await script.hears(/Node-RED ended .*; what it said is in \S+node-red\.log/);
    assert.equal(script.child.exitCode, null);
    assert.equal(await script.end('SIGINT'), 0);
    await writeFile(nodeRed('settings.js'), 'module.exports = {');
    const second = run();
    await second.hears(/There is no flow: Node-RED did not start; what it said is in \S+\.log/);
    await second.hears(/Discflow is running/);
  });
});

/** Ends Node-RED from within, as an exception in somebody's node would. */
async function deployCrash(editor: string): Promise<void> {
  const flows = [
    { id: 'crash-tab', type: 'tab', label: 'Crash' },
    { id: 'crash-now', type: 'inject', z: 'crash-tab', once: true, props: [], wires: [['crash']] },
    { id: 'crash', type: 'exec', z: 'crash-tab', command: 'kill -KILL $PPID', wires: [[], [], []] },
  ];
  await fetch(`${editor}/flows`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Node-RED-API-Version': 'v2' },
    body: JSON.stringify({ flows }),
  });
}
