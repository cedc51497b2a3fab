import assert from 'node:assert/strict';
import { createOpenaiEngine } from '../../../../../service/match/evidence/speech/server/openai-engine.ts';
import { createWhisperAsrEngine } from '../../../../../service/match/evidence/speech/server/whisper-asr-engine.ts';
import type { SpeechEngine } from '../../../../../service/match/evidence/speech/speech-engine.ts';
import { type SpeechServer, startSpeechServer } from '../../../../servers/speech.ts';

const said = 'The lamp at the end of the pier is dark.';
const samples = Float32Array.from({ length: 16_000 }, (_, index) => Math.sin(index / 5) / 2);
const { signal } = new AbortController();

/** Which of the two interfaces, how it is reached, and how it says nothing. */
const kinds = [
  {
    name: 'An OpenAI-compatible server',
    create: (server: SpeechServer, timeout: number): SpeechEngine =>
      createOpenaiEngine({ ...given(server, timeout), model: 'whisper-1' }),
    path: /transcriptions/,
    empty: '{"text": ""}',
    garbage: ['<html>Welcome to nginx</html>', '{"error": "no"}', '[1, 2', '{"text": 7}'],
  },
  {
    name: 'A whisper-asr-webservice',
    create: (server: SpeechServer, timeout: number): SpeechEngine =>
      createWhisperAsrEngine(given(server, timeout)),
    path: /asr/,
    empty: '',
    garbage: ['<html>Welcome to nginx</html>', '{"detail": "Not Found"}'],
  },
];
const given = ({ url, key }: SpeechServer, timeout: number) => ({
  url,
  key,
  timeout,
  longestPause: 10,
});

for (const { name, create, path, empty, garbage } of kinds)
  describe(name, () => {
    let server: SpeechServer;
    let engine: SpeechEngine;

    before(async () => {
      server = await startSpeechServer(said);
      engine = create(server, 5000);
    });
    afterEach(() => server.reset());
    after(() => server?.stop());

    const transcribe = (language: string | null = 'ger') =>
      engine.transcribe(samples, { language, signal });

    it('gets the samples and gives the text', async () => {
      assert.equal(await transcribe(), said);
      const [heard] = server.heard;
      assert.ok(heard);
      assert.equal(heard.language, 'de');
      assert.equal(heard.samples.length, samples.length);
      for (const [index, sample] of samples.entries())
        assert.ok(Math.abs((heard.samples[index] ?? 9) - sample) < 1e-4);
    });

    it('is not told a language that nobody knows', async () => {
      await transcribe('und');
      await transcribe(null);
      assert.deepEqual(
        server.heard.map(({ language }) => language),
        [null, null],
      );
      assert.equal(await engine.speaks(null), true);
    });

    it('says nothing when nobody speaks', async () => {
      server.fail({ status: 200, body: empty }, { match: path });
      assert.equal(await transcribe(), '');
    });

    for (const status of [429, 500, 503])
      it(`is asked again after HTTP ${status}, and given up in the end`, async () => {
        server.fail({ status }, { match: path, times: 2 });
        assert.equal(await transcribe(), said);
        server.fail({ status }, { match: path });
        await assert.rejects(transcribe(), { code: 'speech-unavailable', transient: true });
      });

    it('is not asked again with a wrong key', async () => {
      const wrong = create({ ...server, key: 'wrong' }, 5000);
      const transcribing = wrong.transcribe(samples, { language: 'en', signal });
      await assert.rejects(transcribing, { code: 'speech-refused', transient: false });
      assert.equal(server.seen.length, 1);
      assert.equal((await wrong.check())?.code, 'speech-refused');
    });

    it('is not asked again when it refuses the audio', async () => {
      server.fail({ status: 422, body: '{"detail": "unknown model"}' }, { match: path });
      await assert.rejects(transcribe(), { code: 'speech-unavailable', message: /unknown model/ });
      assert.equal(server.seen.length, 1);
    });

    for (const body of garbage)
      it(`that is none is found out: ${body}`, async () => {
        server.fail({ status: 200, body }, { match: path });
        await assert.rejects(transcribe(), {
          code: 'speech-unavailable',
          message: /no speech server/,
        });
      });

    it('is found out to be another one by its paths', async () => {
      server.fail({ status: 404 }, { match: path });
      await assert.rejects(transcribe(), {
        code: 'speech-unavailable',
        message: /no speech server/,
      });
    });

    it('that does not answer, or answers without end, is left alone', async () => {
      const impatient = create(server, 300);
      const transcribing = () => impatient.transcribe(samples, { language: 'en', signal });
      server.fail('silent', { match: path });
      await assert.rejects(transcribing(), { code: 'timeout', transient: true });
      server.reset();
      server.fail('endless', { match: path });
      await assert.rejects(transcribe(), { code: 'speech-unavailable' });
    });

    it('that cuts the connection is unavailable for now', async () => {
      server.fail('cut', { match: path });
      await assert.rejects(transcribe(), { code: 'speech-unavailable', transient: true });
    });

    it('is no longer waited for when that is cancelled', async () => {
      server.fail('silent', { match: path });
      const stop = new AbortController();
      const waiting = engine.transcribe(samples, { language: 'en', signal: stop.signal });
      setTimeout(() => stop.abort(new Error('no longer wanted')), 50);
      await assert.rejects(waiting, { message: 'no longer wanted' });
    });

    it('can be checked', async () => {
      assert.equal(await engine.check(), null);
      const gone = create({ ...server, url: 'http://127.0.0.1:9' }, 5000);
      assert.equal((await gone.check())?.code, 'speech-unavailable');
    });
  });
