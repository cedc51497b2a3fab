import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../service/config/load-config.ts';
import { readConfig } from '../../../service/config/read-config.ts';

const key = '0123456789abcdef0123456789abcdef';

describe('The settings of metadata', () => {
  const metadata = (text: string) =>
    readConfig({ file: 'f', text: `metadata: ${text}\n`, env: {} }).metadata;

  it('are English, American and localized by themselves, with both catalogues', () => {
    const { language, country, titles, tmdb, thediscdb } = metadata('{}');
    assert.deepEqual([language, country, titles], ['en', 'US', 'localized']);
    assert.ok(tmdb.enabled && thediscdb.enabled);
  });

  it('take any language tag in its usual spelling', () => {
    for (const language of ['de', 'pt-BR', 'zh-Hant-TW', 'fil'])
      assert.equal(metadata(`{language: ${language}}`).language, language);
  });

  it('lose the slash at the end of an address', () => {
    assert.equal(metadata('{tmdb: {url: "http://h/3/"}}').tmdb.url, 'http://h/3');
  });

  const wrong: [string, RegExp][] = [
    ['{language: english}', /metadata\.language must be a language like en/],
    ['{language: pt_BR}', /must be a language like/],
    ['{language: DE}', /must be a language like/],
    ['{country: usa}', /metadata\.country is wrong: expected two capitals like US/],
    ['{titles: german}', /metadata\.titles must be localized, original or english/],
    ['{cache_days: 400}', /metadata\.cache_days must be at most 180/],
    ['{tmdb: {key: short}}', /expected the key as themoviedb\.org shows it/],
    [`{tmdb: {key: ${key}, key_file: k}}`, /key_file is set beside metadata\.tmdb\.key/],
    ['{tmdb: {url: "ftp://h"}}', /expected an address like/],
    [`{tmdb: {url: "https://h/3?api_key=${key}"}}`, /metadata\.tmdb\.url holds a login or a key/],
    ['{thediscdb: {url: "https://u:p@h"}}', /metadata\.thediscdb\.url holds a login or a key/],
    ['{tmdb: {enable: false}}', /there is no key metadata\.tmdb\.enable;.*enabled/],
  ];
  for (const [text, words] of wrong)
    it(`are refused: ${text}`, () => assert.throws(() => metadata(text), { message: words }));

  describe('with a key', () => {
    let data = '';
    beforeEach(async () => {
      data = await mkdtemp(join(tmpdir(), 'discflow-config-'));
    });
    afterEach(() => rm(data, { recursive: true, force: true }));

    async function load(tmdb: string, mode = 0o600) {
      const file = join(data, 'discflow.yaml');
      await writeFile(file, `metadata:\n  tmdb:\n    ${tmdb}\n`);
      await chmod(file, mode);
      return loadConfig({ data, env: {} });
    }

    it('read it from a file', async () => {
      await writeFile(join(data, 'secret'), `${key}\n`);
      const { config, warnings } = await load('key_file: secret', 0o644);
      assert.equal(config.metadata.tmdb.key, key);
      assert.equal('key_file' in config.metadata.tmdb, false);
      assert.deepEqual(warnings, []);
    });

    it('say which key file cannot be read', async () => {
      await assert.rejects(load('key_file: nothing'), {
        code: 'config-invalid',
        message: `metadata.tmdb.key_file: ${join(data, 'nothing')} cannot be read`,
      });
    });

    it('warn when others can read it', async () => {
      const { warnings } = await load(`key: ${key}`, 0o644);
      assert.match(warnings.join(), /Other users can read metadata\.tmdb\.key in .*chmod 600/);
      assert.ok(!warnings.join().includes(key));
    });
  });
});
