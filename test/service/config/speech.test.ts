import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../../service/config/read-config.ts';
import { resolveConfig } from '../../../service/config/resolve.ts';

describe('The settings of speech', () => {
  const read = (text: string) => readConfig({ file: 'f', text: `speech: ${text}\n`, env: {} });

  it('take what is there by themselves', () => {
    const { engine, device, dtype, hub, url } = read('{}').speech;
    assert.deepEqual([engine, device, dtype, url], ['auto', 'auto', 'auto', undefined]);
    assert.equal(hub, 'https://huggingface.co');
  });

  const wrong: [string, RegExp][] = [
    ['{engine: whisper}', /speech\.engine must be auto, transformers/],
    ['{engine: openai}', /speech\.url must be set for the engine openai/],
    ['{engine: whisper-asr}', /speech\.url must be set for the engine whisper-asr/],
    ['{url: "ftp://h"}', /expected an address like/],
    ['{url: "http://u:p@h"}', /speech\.url holds a login or a key/],
    ['{hub: "https://h?token=1"}', /speech\.hub holds a login or a key/],
    ['{api_key: k, api_key_file: f}', /api_key_file is set beside speech\.api_key/],
    ['{device: gpu}', /speech\.device must be auto, cpu/],
    ['{dtype: f16}', /speech\.dtype must be auto, fp32/],
    ['{threads: 0}', /speech\.threads must be at least 1/],
  ];
  for (const [text, words] of wrong)
    it(`are refused: ${text}`, () => assert.throws(() => read(text), { message: words }));

  it('keep models in the state folder unless told otherwise, and read the key from its file', async () => {
    const data = await mkdtemp(join(tmpdir(), 'discflow-config-'));
    try {
      await writeFile(join(data, 'key'), 'sk-1\n');
      const text = '{api_key_file: key, url: "http://box:8000/v1/"}';
      const { speech } = await resolveConfig(read(text), data);
      assert.equal(speech.models, join(data, 'state', 'models'));
      assert.equal(speech.api_key, 'sk-1');
      assert.equal(speech.url, 'http://box:8000/v1');
      const elsewhere = await resolveConfig(read('{models: /mnt/models}'), data);
      assert.equal(elsewhere.speech.models, '/mnt/models');
    } finally {
      await rm(data, { recursive: true });
    }
  });
});
