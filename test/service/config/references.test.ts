import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { environmentOverrides } from '../../../service/config/environment.ts';
import { readConfig } from '../../../service/config/read-config.ts';
import { resolveConfig } from '../../../service/config/resolve.ts';
import { scratch } from '../cli/discflow.ts';

const KEY = 'AbCdEfGhIjKlMnOpQrStUvWxYz012345';
const read = (text: string, env: NodeJS.ProcessEnv = {}) =>
  readConfig({ file: 'f', text, env }).references;
const refusal = (text: string, env: NodeJS.ProcessEnv = {}) => {
  try {
    read(text, env);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return '';
};

describe('The settings of references', () => {
  const folder = scratch();

  it('ask nobody but for what lies beside libraries, until a key is there', () => {
    const { folders, languages, per_episode, opensubtitles } = read('');
    assert.deepEqual(
      { folders, languages, per_episode },
      { folders: [], languages: [], per_episode: 2 },
    );
    assert.equal(opensubtitles.api_key, undefined);
  });

  it('take lists from the environment, with commas between', () => {
    const env = {
      DISCFLOW_REFERENCES_FOLDERS: '/a, b',
      DISCFLOW_REFERENCES_LANGUAGES: 'en,pt-BR',
      DISCFLOW_REFERENCES_OPENSUBTITLES_API_KEY: KEY,
    };
    assert.equal(environmentOverrides(env).length, 3);
    const { folders, languages, opensubtitles } = read('', env);
    assert.deepEqual(folders, ['/a', 'b']);
    assert.deepEqual(languages, ['en', 'pt-BR']);
    assert.equal(opensubtitles.api_key, KEY);
  });

  it('take paths from the data folder and secrets from files', async () => {
    await writeFile(folder.path('key'), `${KEY}\n`);
    await writeFile(folder.path('password'), 'spare wick\n');
    const file = readConfig({
      file: 'f',
      text: 'references:\n  folders: [subs]\n  opensubtitles:\n    api_key_file: key\n    username: mara\n    password_file: password\n',
      env: {},
    });
    const { references } = await resolveConfig(file, folder.path(''));
    assert.deepEqual(
      references.folders.map((path) => path.replace(/\/+/g, '/')),
      [folder.path('subs')],
    );
    assert.deepEqual(references.opensubtitles, {
      enabled: true,
      url: 'https://api.opensubtitles.com/api/v1',
      api_key: KEY,
      username: 'mara',
      password: 'spare wick',
    });
  });

  const wrong: [string, RegExp][] = [
    ['languages: [english]', /languages\[0\] is wrong: expected a language like en/],
    ['folders: subs', /folders must be a list/],
    ['per_episode: 0', /per_episode must be at least 1/],
    [
      `opensubtitles: {api_key: ${KEY}, api_key_file: f}`,
      /api_key_file is set beside references\.opensubtitles\.api_key: keep one/,
    ],
    ['opensubtitles: {password: a, password_file: f}', /password_file is set beside/],
    ['opensubtitles: {url: "https://a:b@c"}', /url holds a login or a key/],
  ];
  for (const [text, words] of wrong)
    it(`are refused with their reason: ${text.slice(0, 40)}`, () =>
      assert.match(refusal(`references:\n  ${text}\n`), words));

  it('never repeat a secret in a message', () => {
    const words = refusal('references:\n  opensubtitles: {api_key: "not a key!"}\n');
    assert.match(words, /api_key/);
    assert.doesNotMatch(words, /not a key/);
  });
});
