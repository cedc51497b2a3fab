import assert from 'node:assert/strict';
import { DiscflowError } from '../../../../service/errors.ts';
import type { MediaAccess } from '../../../../service/match/evidence/media-streams.ts';
import type { SpeechEngine } from '../../../../service/match/evidence/speech/speech-engine.ts';
import { readBySpeech } from '../../../../service/match/measure/by-speech.ts';
import type { Reference } from '../../../../service/match/references/reference.ts';
import type { RunTool } from '../../../../service/tools/run.ts';

const reference = (episode: number, language = 'en'): Reference => ({
  id: String(episode),
  season: 1,
  episodes: [episode],
  name: null,
  language,
  source: 'folder',
  origin: '',
  cues: [],
});

/** ffprobe and ffmpeg as far as they are asked here: one English track, and silence. */
const run: RunTool = async (_path, args, { onLine, onData } = {}) => {
  const streams = [{ index: 1, codec_type: 'audio', codec_name: 'ac3', tags: { language: 'eng' } }];
  if (args.includes('-show_entries')) onLine?.(JSON.stringify({ streams }));
  else onData?.(new Uint8Array(4 * 16_000));
  return { exitCode: 0, tail: [] };
};
const access: MediaAccess = {
  run,
  find: async (name) => ({ name, path: name, version: '6' }),
  signal: new AbortController().signal,
};

describe('what is said in a title', () => {
  let asked: (string | null)[];
  const engine = (texts: readonly string[], speaks = true): SpeechEngine => ({
    name: 'test',
    speaks: async () => speaks,
    transcribe: async (_pcm, { language }) => {
      asked.push(language);
      return texts[asked.length - 1] ?? '';
    },
    check: async () => null,
    close: async () => undefined,
  });
  const scorer = { score: (words: readonly string[]) => [words.length, words.length / 3] };
  const read = (use: SpeechEngine, references = [reference(1), reference(2)]) =>
    readBySpeech(
      { file: '/t.mkv', duration: 1300 },
      { scorer, references, access, languages: ['en'], engine: use },
      null,
    );
  beforeEach(() => {
    asked = [];
  });

  it('is asked for until one episode is clear, and no longer', async () => {
    const reading = await read(engine(['one two three', 'four five six', 'seven']));
    assert.deepEqual(reading?.signal, 'speech');
    assert.deepEqual(asked, ['eng', 'eng']);
    assert.ok((reading?.scores[0] ?? 0) > (reading?.scores[1] ?? 0));
  });

  it('is nothing when nobody speaks', async () => {
    assert.equal(await read(engine([])), null);
    assert.equal(asked.length, 5);
  });

  it('is not listened to in a language that the engine or the references do not have', async () => {
    assert.equal(await read(engine(['one'], false)), null);
    assert.equal(await read(engine(['one']), [reference(1, 'fr')]), null);
    assert.deepEqual(asked, []);
  });

  it('fails as the engine does, which leaves the title to other evidence', async () => {
    const broken = engine([]);
    const failing = {
      ...broken,
      transcribe: () =>
        Promise.reject(new DiscflowError('speech-unavailable', 'away', { hint: 'start it' })),
    };
    await assert.rejects(read(failing), { code: 'speech-unavailable' });
  });
});
