import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createTransformersEngine,
  type TransformersOptions,
} from '../../../../../../service/match/evidence/speech/transformers/transformers-engine.ts';
import type { Attempt } from '../../../../../../service/match/evidence/speech/transformers/whisper-tasks.ts';
import { writeRandomWhisper } from '../../../../../whisper/random-whisper.ts';
import { tone, writeScriptedWhisper } from '../../../../../whisper/scripted-whisper.ts';
import { transformersOrSkip } from '../../../../../whisper/transformers.ts';

const scripts = [
  { hertz: 400, text: 'the captain found the missing ledger under the bridge' },
  { hertz: 900, text: 'nobody told the baker about the second wedding cake' },
  { hertz: 1800, text: 'the verdict will be read after the storm passes tonight' },
];

describe('Whisper by transformers.js', function () {
  this.timeout(120_000);
  let models: string;
  let options: TransformersOptions;
  const engines: { close(): Promise<void> }[] = [];
  const { signal } = new AbortController();

  before(async function () {
    const packages = await transformersOrSkip(this);
    models = await mkdtemp(join(tmpdir(), 'discflow-models-'));
    await writeScriptedWhisper(join(models, 'scripted'), scripts);
    await writeScriptedWhisper(join(models, 'english.en'), scripts);
    const generation = JSON.stringify({ is_multilingual: false, decoder_start_token_id: 0 });
    await writeFile(join(models, 'english.en', 'generation_config.json'), generation);
    await writeRandomWhisper(join(models, 'noise'), 'micro');
    options = {
      packages,
      models,
      model: 'scripted',
      device: 'cpu',
      dtype: 'auto',
      timeout: 60_000,
    };
  });
  afterEach(() => Promise.all(engines.splice(0).map((engine) => engine.close())));
  after(() => models && rm(models, { recursive: true }));

  const engineWith = (changed: Partial<TransformersOptions> = {}) => {
    const engine = createTransformersEngine({ ...options, ...changed });
    engines.push(engine);
    return engine;
  };

  it('says what a tone stands for, one snippet after the other', async () => {
    const engine = engineWith();
    assert.equal(await engine.check(), null);
    const heard = await Promise.all(
      scripts.map(({ hertz }) => engine.transcribe(tone(hertz, 30), { language: 'eng', signal })),
    );
    assert.deepEqual(
      heard,
      scripts.map(({ text }) => text),
    );
  });

  it('lets everything else go on meanwhile', async () => {
    const engine = engineWith();
    await engine.transcribe(tone(400, 1), { language: 'en', signal });
    let longest = 0;
    let last = performance.now();
    const ticking = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    await engine.transcribe(tone(400, 30), { language: 'en', signal });
    clearInterval(ticking);
    assert.ok(longest < 500, `${longest} ms without a tick`);
  });

  it('says nothing for what the model hears nothing in', async () => {
    const engine = engineWith({ model: 'noise' });
    const text = await engine.transcribe(new Float32Array(16_000), { language: 'en', signal });
    assert.equal(typeof text, 'string');
  });

  it('reads more than half a minute in pieces', async () => {
    const text = await engineWith().transcribe(tone(900, 45), { language: 'en', signal });
    assert.equal(text, scripts[1]?.text);
  });

  it('takes the processor when there is no graphics card, and says so', async () => {
    const told: [readonly string[], Attempt][] = [];
    const fellBack = (failed: readonly string[], used: Attempt) => void told.push([failed, used]);
    const engine = engineWith({ device: 'auto', fellBack });
    for (const { hertz, text } of scripts.slice(0, 2))
      assert.equal(await engine.transcribe(tone(hertz, 5), { language: 'en', signal }), text);
    if (process.platform !== 'linux') return;
    assert.equal(told.length, 1);
    assert.match(told[0]?.[0].join() ?? '', /fp32 on cuda: /);
    assert.deepEqual(told[0]?.[1], { device: 'cpu', dtype: 'q8' });
  });

  it('says what is wrong with a graphics card that was asked for', async () => {
    const engine = engineWith({ device: process.platform === 'linux' ? 'cuda' : 'webgpu' });
    await assert.rejects(engine.transcribe(tone(400, 1), { language: 'en', signal }), {
      code: 'speech-unavailable',
      message: /does not work: fp32 on (cuda|webgpu)/,
    });
  });

  it('knows what it understands', async () => {
    const engine = engineWith();
    assert.deepEqual(
      await Promise.all(['en', 'ger', 'fr', 'und', null].map((code) => engine.speaks(code))),
      [true, true, false, false, false],
    );
    await assert.rejects(engine.transcribe(tone(400, 1), { language: 'fr', signal }), {
      code: 'speech-unavailable',
      message: 'The speech model scripted does not understand French',
    });
    const english = engineWith({ model: 'english.en' });
    assert.deepEqual(await Promise.all(['en', 'de'].map((code) => english.speaks(code))), [
      true,
      false,
    ]);
  });

  it('takes the path of a model of your own', async () => {
    const engine = engineWith({ model: join(models, 'scripted'), models: '/nowhere' });
    const text = await engine.transcribe(tone(1800, 10), { language: 'de', signal });
    assert.equal(text, scripts[2]?.text);
  });

  it('ends within seconds when it is cancelled, and works again', async () => {
    const engine = engineWith({ model: 'noise' });
    await engine.transcribe(tone(400, 1), { language: 'en', signal });
    const stop = new AbortController();
    const long = engine.transcribe(tone(400, 4 * 60), { language: 'en', signal: stop.signal });
    await sleep(300);
    const started = performance.now();
    stop.abort(new Error('no longer wanted'));
    await assert.rejects(long, { message: 'no longer wanted' });
    assert.ok(performance.now() - started < 8000);
    await engine.transcribe(tone(400, 1), { language: 'en', signal });
    await assert.rejects(
      engine.transcribe(tone(400, 1), { language: 'en', signal: AbortSignal.abort() }),
    );
  });

  it('gives up in the end', async () => {
    const engine = engineWith({ model: 'noise', timeout: 50 });
    await assert.rejects(engine.transcribe(tone(400, 3 * 60), { language: 'en', signal }), {
      code: 'timeout',
      transient: true,
    });
  });

  it('says what is missing', async () => {
    const cases = [
      [{ packages: '/nowhere' }, 'transformers.js is not installed'],
      [{ model: 'nobody/knows' }, /nobody\/knows is not complete in .*: config.json, .* weights/],
      [{ dtype: 'q4' as const }, 'The speech model scripted is not there as q4, only as fp32, q8'],
    ] as const;
    for (const [changed, message] of cases) {
      const engine = engineWith(changed);
      const problem = await engine.check();
      assert.ok(problem);
      assert.equal(problem.code, 'speech-unavailable');
      if (typeof message === 'string') assert.equal(problem.message, message);
      else assert.match(problem.message, message);
      const transcribing = engine.transcribe(tone(400, 1), { language: 'en', signal });
      await assert.rejects(transcribing, { code: 'speech-unavailable' });
    }
  });

  it('says that a model is damaged', async () => {
    const folder = join(models, 'damaged');
    await writeScriptedWhisper(folder, scripts);
    await writeFile(join(folder, 'onnx', 'encoder_model_quantized.onnx'), 'garbage');
    await assert.rejects(
      engineWith({ model: 'damaged' }).transcribe(tone(400, 1), { language: 'en', signal }),
      { code: 'speech-unavailable', message: /damaged does not work: q8 on cpu/ },
    );
  });
});
