import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readConfig } from '../../../service/config/read-config.ts';
import { DiscflowError } from '../../../service/errors.ts';

function messageFor(text: string, env: NodeJS.ProcessEnv = {}): string {
  try {
    readConfig({ file: 'discflow.yaml', text, env });
  } catch (error) {
    assert.ok(error instanceof DiscflowError);
    assert.equal(error.code, 'config-invalid');
    return error.message.replace('The configuration discflow.yaml is wrong:', '').trim();
  }
  return 'accepted';
}

const wrong: Record<string, { text: string; env?: NodeJS.ProcessEnv; says: string }> = {
  'a misspelt key in a section': {
    text: 'station: main\nmqtt:\n  # comment\n  prot: 1883\n',
    says: 'line 4: there is no key mqtt.prot; did you mean mqtt.port?',
  },
  'a misspelt section': {
    text: 'librarys: []\n',
    says: 'line 1: there is no key librarys; did you mean libraries?',
  },
  'a key with the wrong separator': {
    text: 'policies:\n  claimSeconds: 3\n',
    says: 'line 2: there is no key policies.claimSeconds; did you mean policies.claim_seconds?',
  },
  'a key in the wrong place': {
    text: 'password: x\n',
    says: 'line 1: there is no key password; did you mean mqtt.password?',
  },
  'a key nobody can guess': {
    text: 'history:\n  zzzzzzzz: 1\n',
    says: 'line 2: there is no key history.zzzzzzzz; known here: days',
  },
  'a misspelt key of a list entry': {
    text: 'drives:\n  - id: a\n    folder: b\n  - id: c\n    foldr: d\n    folder: e\n',
    says: 'line 5: there is no key drives[1].foldr; did you mean drives.folder?',
  },
  'a missing key of a list entry': {
    text: 'drives:\n  - id: a\n    folder: b\n  - id: c\n',
    says: 'line 4: drives[1] needs a folder of images, or the serial, port or device of an optical drive',
  },
  'a word that is no choice': {
    text: 'policies:\n  identity: maybe\n',
    says: 'line 2: policies.identity must be ask or accept, found "maybe"',
  },
  'text for a number': {
    text: 'mqtt:\n  port: standard\n',
    says: 'line 2: mqtt.port must be a number, found "standard"',
  },
  'half a number': {
    text: 'mqtt:\n  port: 1883.5\n',
    says: 'line 2: mqtt.port must be a whole number, found 1883.5',
  },
  'a number out of range': {
    text: 'mqtt:\n  port: 70000\n',
    says: 'line 2: mqtt.port must be at most 65535, found 70000',
  },
  'text for a section': {
    text: 'mqtt: yes\n',
    says: 'line 1: mqtt must be a section: its keys stand below it, further to the right, found "yes"',
  },
  'a section for a list': {
    text: 'drives:\n  id: a\n',
    says: 'line 1: drives must be a list: each entry starts with "- ", found {"id":"a"}',
  },
  'a newer version': {
    text: 'version: 2\n',
    says: 'line 1: version is wrong: expected 1; a newer Discflow wrote this file, found 2',
  },
  'a password that YAML takes for a number, without repeating it': {
    text: 'mqtt:\n  password: 12345\n',
    says: 'line 2: mqtt.password must be text (put it in quotes)',
  },
  'a url of another kind, without repeating it': {
    text: 'mqtt:\n  url: http://u:p@broker\n',
    says: 'line 2: mqtt.url is wrong: expected an address like mqtt://broker:1883',
  },
  'a url that is none': {
    text: 'mqtt:\n  url: broker\n',
    says: 'line 2: mqtt.url is wrong: expected an address like mqtt://broker:1883',
  },
  'a login in the url': {
    text: 'mqtt:\n  url: mqtt://u:p@broker\n',
    says: 'line 2: mqtt.url holds a login: move it to mqtt.username and mqtt.password, addresses get logged',
  },
  'both brokers': {
    text: 'mqtt:\n  embedded: true\n  url: mqtt://b\n',
    says: 'line 2: mqtt.embedded is true although mqtt.url names a broker: keep one of the two',
  },
  'no broker': {
    text: 'mqtt:\n  embedded: false\n',
    says: 'line 2: mqtt.embedded is false, so mqtt.url must name a broker',
  },
  'an open broker without a login': {
    text: 'mqtt:\n  host: 0.0.0.0\n',
    says: 'line 2: mqtt.host lets other machines in (0.0.0.0), so mqtt.username and mqtt.password must be set',
  },
  'a naming template that leaves the library': {
    text: 'libraries:\n  - id: a\n    kind: movie\n    root: b\n    template: "../{title}"\n',
    says:
      'line 5: libraries[0].template cannot be used: The naming template "../{title}": "." and ".." are not names. ' +
      'A template looks like "{title} ({year})/{title} ({year})", below the library.',
  },
  'two drives on one folder': {
    text: 'drives:\n  - {id: a, folder: x}\n  - {id: b, folder: x}\n',
    says: 'line 3: drives[1].folder is the same as in another entry: x',
  },
  'a wrong variable': {
    text: '',
    env: { DISCFLOW_MQTT_PORT: 'tcp://10.0.0.1:1883' },
    says: 'DISCFLOW_MQTT_PORT: mqtt.port must be a number, found "tcp://10.0.0.1:1883"',
  },
  'a base topic with a wildcard': {
    text: 'mqtt:\n  base: home/+\n',
    says: 'line 2: mqtt.base is wrong: expected levels of letters, digits, "-" and "_", found "home/+"',
  },
  'a key given twice': {
    text: 'station: a\nstation: b\n',
    says: 'line 2: Map keys must be unique',
  },
  'a list instead of keys': {
    text: '- a\n',
    says: 'line 1: the file must consist of lines like "station: main"',
  },
};

describe('Reading the configuration', () => {
  for (const [what, { text, env, says }] of Object.entries(wrong))
    it(`refuses ${what}`, () => assert.equal(messageFor(text, env), says));

  it('names all problems at once', () => {
    const message = messageFor('statoin: a\nmqtt:\n  port: x\n');
    assert.deepEqual(
      message.split('\n').map((line) => line.trim()),
      [
        'line 3: mqtt.port must be a number, found "x"',
        'line 1: there is no key statoin; did you mean station?',
      ],
    );
  });

  it('never repeats the lines of a file with an error of syntax', () => {
    const message = messageFor('mqtt:\n  password: "geheim\n');
    assert.match(message, /^line \d: /);
    assert.doesNotMatch(message, /geheim/);
  });

  it('takes a key with nothing behind it as its default', () => {
    const config = readConfig({ file: 'f', text: 'mqtt:\nstation:\n', env: {} });
    assert.equal(config.station, 'main');
    assert.equal(config.mqtt.port, 1883);
  });

  it('refuses a bomb of aliases', () => {
    const levels = Array.from(
      { length: 12 },
      (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(9)}]`,
    );
    assert.match(messageFor(`a0: &a0 [x]\n${levels.join('\n')}\n`), /alias/i);
  });

  it('answers any text with a configuration or config-invalid', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'mqtt:',
        '  port: 1',
        '- a',
        '__proto__: {x: 1}',
        'drives: [null]',
        '? [a]',
        '&a *a',
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        messageFor(lines.join('\n'));
      }),
      { numRuns: 500 },
    );
  });
});
