import assert from 'node:assert/strict';
import { configTable, describeConfig } from '../../../service/config/describe-config.ts';
import { allKeys } from '../../../service/config/keys.ts';
import { readConfig } from '../../../service/config/read-config.ts';
import { ConfigFile } from '../../../service/config/schema.ts';
import { configTemplate } from '../../../service/config/template.ts';

describe('The documentation of the configuration', () => {
  it('names every key of the schema in the first file', () => {
    const text = configTemplate();
    for (const { name } of allKeys())
      assert.match(text, new RegExp(`^[\\s#-]*${name}( \\(optional\\))?:`, 'm'), name);
  });

  it('writes a first file that holds exactly the defaults', () => {
    const written = readConfig({ file: 'f', text: configTemplate(), env: {} });
    assert.deepEqual(written, ConfigFile.parse({}));
  });

  it('stays within 100 columns', () => {
    for (const line of configTemplate().split('\n')) assert.ok(line.length <= 100, line);
  });

  for (const [, indent = '', line = ''] of configTemplate().matchAll(
    /^(\s+)# ([a-z_]+: \S.*)$/gm,
  )) {
    const name = line.split(':')[0];
    if (!allKeys().some((key) => key.name === name && key.note.example !== undefined)) continue;
    it(`gives an example of ${name} that is right once its "#" is removed`, () => {
      const text = configTemplate().replace(`${indent}# ${line}\n`, `${indent}${line}\n`);
      readConfig({ file: 'f', text, env: {} });
    });
  }

  it('describes every key with its default, its variable and what it takes', () => {
    const rows = new Map(describeConfig().map((row) => [row.key, row]));
    assert.deepEqual(rows.get('mqtt.port'), {
      key: 'mqtt.port',
      description: 'Where it listens; 0 takes any free port.',
      values: 'whole number from 0 to 65535',
      fallback: '`1883`',
      variable: 'DISCFLOW_MQTT_PORT',
    });
    assert.equal(rows.get('drives[].id')?.fallback, 'required');
    assert.equal(rows.get('drives[].folder')?.variable, null);
  });

  it('has one table row per key', () => {
    assert.equal(configTable().split('\n').length, describeConfig().length + 2);
  });
});
