import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  modelsIn,
  stateOfModel,
} from '../../../../../service/match/evidence/speech/models/check-models.ts';
import { fetchModel } from '../../../../../service/match/evidence/speech/models/fetch-model.ts';
import { startHub } from '../../../../servers/hub.ts';
import type { LocalServer } from '../../../../servers/local-server.ts';
import { writeScriptedWhisper } from '../../../../whisper/scripted-whisper.ts';

const model = 'made-up/whisper-tiny';

describe('Fetching a speech model', () => {
  let source: string;
  let models: string;
  let hub: LocalServer;

  before(async () => {
    source = await mkdtemp(join(tmpdir(), 'discflow-hub-'));
    await writeScriptedWhisper(source, [{ hertz: 400, text: 'the lamp is out' }]);
    await writeFile(join(source, 'README.md'), 'Not needed.');
    hub = await startHub(model, source);
  });
  beforeEach(async () => {
    models = await mkdtemp(join(tmpdir(), 'discflow-models-'));
    hub.reset();
  });
  afterEach(() => rm(models, { recursive: true }));
  after(async () => {
    await hub?.stop();
    await rm(source, { recursive: true });
  });

  const fetched: [string, boolean][] = [];
  const fetchIt = (changed: object = {}) => {
    fetched.length = 0;
    return fetchModel({
      ...{ hub: hub.url, models, model, form: 'q8' as const },
      signal: new AbortController().signal,
      onFile: ({ path }, isThere) => fetched.push([path, isThere]),
      ...changed,
    });
  };
  const state = (thorough = true) => stateOfModel(models, model, { thorough });

  it('brings what is needed of it, and no more', async () => {
    const { path, bytes } = await fetchIt();
    assert.ok(bytes > 50_000);
    const files = (await readdir(path, { recursive: true })).sort();
    assert.deepEqual(files, [
      'config.json',
      'discflow-model.json',
      'generation_config.json',
      'onnx',
      'onnx/decoder_model_merged_quantized.onnx',
      'onnx/encoder_model_quantized.onnx',
      'preprocessor_config.json',
      'tokenizer.json',
      'tokenizer_config.json',
    ]);
    assert.deepEqual(await modelsIn(models), [model]);
    assert.deepEqual((await state()).wrong, []);
    assert.deepEqual((await state()).forms, ['q8']);
  });

  it('again brings only what is missing or damaged', async () => {
    const { path } = await fetchIt();
    await truncate(join(path, 'tokenizer.json'), 100);
    await writeFile(join(path, 'onnx', 'encoder_model_quantized.onnx'), 'damaged');
    const { wrong } = await state();
    assert.equal(wrong.length, 2);
    assert.match(wrong.join(), /tokenizer\.json has 100 instead of \d+ bytes/);
    await fetchIt();
    const again = fetched.filter(([, isThere]) => !isThere).map(([name]) => name);
    assert.deepEqual(again, ['tokenizer.json', 'onnx/encoder_model_quantized.onnx']);
    assert.deepEqual((await state()).wrong, []);
  });

  it('tries a file again that broke off, and leaves no half one', async () => {
    hub.fail('half', { match: /encoder/, times: 2 });
    await fetchIt();
    assert.deepEqual((await state()).wrong, []);
    await rm(join(models, model, 'tokenizer.json'));
    hub.fail({ status: 200, body: 'something else' }, { match: /cdn.tokenizer\.json/ });
    await assert.rejects(fetchIt(), { code: 'download-failed', message: /arrived damaged/ });
    const files = await readdir(join(models, model));
    assert.ok(!files.some((name) => name.startsWith('tokenizer.json')), files.join());
    assert.deepEqual((await state()).wrong, ['tokenizer.json is missing']);
  });

  const failures: [string, () => void, object, RegExp][] = [
    [
      'a hub that is away',
      () => undefined,
      { hub: 'http://127.0.0.1:9' },
      /it refuses connections/,
    ],
    ['another server', () => hub.fail('wrong-schema'), {}, /no hub/],
    ['a hub in trouble', () => hub.fail({ status: 403 }), {}, /HTTP 403/],
    [
      'a model that it does not know',
      () => undefined,
      { model: 'made-up/other' },
      /no model made-up/,
    ],
    [
      'a form that it does not have',
      () => undefined,
      { form: 'q4' },
      /has no onnx.encoder_model_q4/,
    ],
    ['a file in trouble', () => hub.fail({ status: 404 }, { match: /cdn/ }), {}, /HTTP 404/],
  ];
  for (const [name, prepare, changed, message] of failures)
    it(`says what is wrong with ${name}`, async () => {
      prepare();
      await assert.rejects(fetchIt(changed), { code: 'download-failed', message });
    });

  it('takes no path for a name', async () => {
    for (const name of ['../../etc/passwd', 'a/../b', '/etc', 'whisper', 'a/b/c', './x'])
      await assert.rejects(fetchIt({ model: name }), { code: 'bad-request' }, name);
  });

  it('stops when it is cancelled', async () => {
    hub.fail('silent', { match: /cdn/ });
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('no longer wanted')), 100);
    await assert.rejects(fetchIt({ signal: stop.signal }), { message: 'no longer wanted' });
  });
});
