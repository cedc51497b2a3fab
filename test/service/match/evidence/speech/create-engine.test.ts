import assert from 'node:assert/strict';
import type { SpeechConfig } from '../../../../../service/config/resolve.ts';
import { checkSpeech } from '../../../../../service/match/evidence/speech/check-speech.ts';
import { createSpeechEngine } from '../../../../../service/match/evidence/speech/create-engine.ts';
import type { FoundTool } from '../../../../../service/tools/find.ts';
import { createToolRunner } from '../../../../../service/tools/run.ts';

const settings: SpeechConfig = {
  engine: 'auto',
  models: '/nowhere/models',
  hub: 'http://127.0.0.1:9',
  device: 'auto',
  dtype: 'auto',
  timeout_seconds: 5,
};
const sphinx: FoundTool = { name: 'pocketsphinx_continuous', path: '/bin/ps', version: 'unknown' };
const needs = (config: Partial<SpeechConfig>, tool: FoundTool | null = null) => ({
  config: { ...settings, ...config },
  packages: '/nowhere/packages',
  run: createToolRunner(),
  find: async () => tool,
});

describe('The speech engine', () => {
  const url = 'http://127.0.0.1:9';
  const cases: [string, Partial<SpeechConfig>, FoundTool | null, string | null][] = [
    ['nothing, when nothing is there', {}, null, null],
    ['pocketsphinx, when it alone is there', {}, sphinx, 'pocketsphinx'],
    ['a server that is named', { url }, sphinx, 'OpenAI-compatible server'],
    [
      'what is named, also when it is not there',
      { engine: 'transformers' },
      sphinx,
      'transformers.js',
    ],
    ['the other server', { engine: 'whisper-asr', url }, null, 'whisper-asr-webservice'],
    ['nothing, when that is wanted', { engine: 'none', url }, sphinx, null],
  ];
  for (const [words, config, tool, name] of cases)
    it(`is ${words}`, async () => {
      const engine = await createSpeechEngine(needs(config, tool));
      assert.equal(engine?.name ?? null, name);
      await engine?.close();
    });

  it('is one line of the doctor, with what to do', async () => {
    const lines = async (config: Partial<SpeechConfig>, tool: FoundTool | null = null) =>
      (await checkSpeech(needs(config, tool))).map(({ name, status }) => [name, status]);
    assert.deepEqual(await lines({ engine: 'none' }), []);
    assert.deepEqual(await lines({}), [['speech', 'warn']]);
    assert.deepEqual(await lines({}, sphinx), [['speech: pocketsphinx', 'ok']]);
    assert.deepEqual(await lines({ url }), [['speech: OpenAI-compatible server', 'warn']]);
    const [check] = await checkSpeech(needs({ engine: 'transformers' }));
    assert.equal(check?.problem, 'transformers.js is not installed');
    assert.match(check?.howToGet ?? '', /discflow install speech/);
  });
});
