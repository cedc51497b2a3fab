import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { type NodeRed, startNodeRed } from './runtime.ts';

const Flows = z.array(z.looseObject({ id: z.string(), type: z.string() }));
const NodeSets = z.array(
  z.object({
    id: z.string(),
    module: z.string(),
    types: z.array(z.string()),
    enabled: z.boolean(),
    err: z.unknown().optional(),
  }),
);
/** Node-RED's log level; what is smaller is worse. */
const ERROR = 20;
const ours = ['flows', 'examples'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => `${folder}/${name}`),
);

/** These flows run without a station: one that happens to be on this machine is left alone. */
function offline<T extends { type: string }>(node: T): T {
  return node.type === 'discflow-station' ? { ...node, broker: 'mqtt://127.0.0.1:9' } : node;
}

describe('the pack in a real Node-RED', () => {
  let nodeRed: NodeRed;
  before(async () => {
    nodeRed = await startNodeRed();
  });
  after(() => nodeRed.remove());

  async function nodeSets() {
    const headers = { accept: 'application/json' };
    return NodeSets.parse(await (await fetch(`${nodeRed.url}/nodes`, { headers })).json());
  }

  it('loads every node without a fault', async () => {
    const loaded = (await nodeSets()).filter(({ module }) => module === '@discflow/node-red');
    assert.equal(loaded.length, 9);
    for (const { id, err, enabled, types } of loaded) {
      assert.equal(err, undefined, id);
      assert.equal(enabled, true, id);
      assert.equal(types.length, 1, id);
    }
  });

  it('has an icon, texts and help for every node that can be wired', async () => {
    const loaded = (await nodeSets()).filter(({ module }) => module === '@discflow/node-red');
    const html = await (
      await fetch(`${nodeRed.url}/nodes`, { headers: { accept: 'text/html' } })
    ).text();
    const catalogues: unknown = await (
      await fetch(`${nodeRed.url}/nodes/messages?lng=en-US`)
    ).json();
    for (const { id, types } of loaded) {
      assert.match(html, new RegExp(`data-help-name="${types[0]}"`), `${id}: help`);
      assert.ok(JSON.stringify(catalogues).includes(`"${id}"`), `${id}: catalogue`);
      if (types[0] === 'discflow-station') continue;
      const icon = await fetch(`${nodeRed.url}/icons/@discflow/node-red/${types[0]}.svg`);
      const drawn = await icon.text();
      assert.match(drawn, /viewBox="0 0 40 60"/, `${id}: icon`);
    }
    assert.doesNotMatch(html, /\{\{(job|set)-[a-z]+\}\}/, 'a part of the help is not filled in');
  });

  for (const path of ours)
    it(`runs ${path}: known types, a comment, every wire leads somewhere`, async () => {
      const flows = Flows.parse(JSON.parse(readFileSync(path, 'utf8')));
      const known = new Set((await nodeSets()).flatMap(({ types }) => types));
      const structure = ['tab', 'group'];
      const unknown = flows.filter(({ type }) => !structure.includes(type) && !known.has(type));
      assert.deepEqual(unknown, []);
      assert.ok(flows.some(({ type }) => type === 'comment'));
      const ids = new Set(flows.map(({ id }) => id));
      const Wires = z.array(z.array(z.string())).default([]);
      for (const { id, wires, links } of flows)
        for (const target of [
          ...Wires.parse(wires).flat(),
          ...z.array(z.string()).default([]).parse(links),
        ])
          assert.ok(ids.has(target), `${id} leads to ${target}`);
      const faults: string[] = [];
      const hear = ({ level, msg }: { level: number; msg: string }) => {
        if (level <= ERROR) faults.push(msg);
      };
      nodeRed.events.on('log', hear);
      await nodeRed.deploy(flows.map(offline));
      nodeRed.events.off('log', hear);
      assert.deepEqual(faults, []);
    });

  it('shows below a node what is wrong with its station', async () => {
    const shown = new Map<string, string | undefined>();
    const hear = ({ node, status }: { node: string; status: { text?: string | undefined } }) =>
      shown.set(node, status.text);
    const z = 'tab';
    nodeRed.events.on('status', hear);
    await nodeRed.deploy([
      { id: z, type: 'tab', label: '' },
      { id: 'wrong', type: 'discflow-station', broker: 'nonsense', base: 'a', station: 'b' },
      { id: 'uses-wrong', type: 'discflow-match', z, station: 'wrong', wires: [] },
      { id: 'uses-none', type: 'discflow-match', z, station: '', wires: [] },
    ]);
    nodeRed.events.off('status', hear);
    assert.equal(shown.get('uses-wrong'), 'check settings');
    assert.equal(shown.get('uses-none'), 'no station');
  });

  it('offers the starter flow and the examples in the import menu', async () => {
    const offered = `${nodeRed.url}/library/examples/flows/@discflow/node-red/`;
    const names = readdirSync('examples').filter((name) => name.endsWith('.json'));
    assert.ok(names.includes('00-starter.json'));
    for (const name of names) {
      const response = await fetch(offered + name.replace('.json', ''));
      assert.deepEqual(await response.json(), JSON.parse(readFileSync(`examples/${name}`, 'utf8')));
    }
  });

  it('shows every type of ours in an example', () => {
    const used = new Set(
      ours
        .filter((path) => path.startsWith('examples/') && !path.includes('starter'))
        .flatMap((path) => Flows.parse(JSON.parse(readFileSync(path, 'utf8'))))
        .map(({ type }) => type),
    );
    for (const name of readdirSync('icons').map((icon) => icon.replace('.svg', '')))
      assert.ok(used.has(name), name);
  });
});
