import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hearSnippets } from '../../../../../service/match/evidence/speech/hear-snippets.ts';
import { createPocketsphinxEngine } from '../../../../../service/match/evidence/speech/pocketsphinx-engine.ts';
import { standingOf, sumScores } from '../../../../../service/match/evidence/text/standing.ts';
import { createTextScorer } from '../../../../../service/match/evidence/text/text-scorer.ts';
import { createToolFinder } from '../../../../../service/tools/find.ts';
import { createToolRunner } from '../../../../../service/tools/run.ts';
import { isInstalled } from '../../../../authoring/authoring-tools.ts';
import { seededRandom } from '../../../../authoring/seeded-random.ts';
import { speak, writeSpeech } from '../../../../authoring/speech.ts';
import { makeMkv, programsOrSkip } from '../media.ts';

/** Everyday words, so that all episodes talk about the same. */
const words =
  'morning house water people doctor train letter window brother money captain garden weather story kitchen ' +
  'doctor answer machine mountain question summer father minute number picture river school ship soldier street ' +
  'table teacher village winter yellow seven eleven hundred never always under open remember follow believe';

function episodeOf(number: number) {
  const random = seededRandom(`sphinx ${number}`);
  const list = words.split(' ');
  const line = () =>
    Array.from({ length: 7 }, () => list[Math.floor(random() * list.length)]).join(' ');
  const cues = Array.from({ length: 60 }, (_, index) => ({
    start: 2 + 4 * index,
    end: 5 + 4 * index,
    text: line(),
  }));
  return { season: 1, episodes: [number], cues };
}

describe('pocketsphinx', function () {
  this.timeout(180_000);
  let folder: string;
  let tools: Awaited<ReturnType<typeof programsOrSkip<'ffmpeg' | 'pocketsphinx_continuous'>>>;
  const run = createToolRunner();
  const { find } = createToolFinder({ run });
  const engine = createPocketsphinxEngine({ run, find, timeout: 120_000 });

  before(async function () {
    tools = await programsOrSkip(this, ['ffmpeg', 'pocketsphinx_continuous']);
    if (!(await isInstalled('espeak-ng'))) this.skip();
    folder = await mkdtemp(join(tmpdir(), 'discflow-sphinx-'));
  });
  after(() => folder && rm(folder, { recursive: true }));

  it('understands enough of a synthetic voice to tell the episode from eleven others', async () => {
    const season = Array.from({ length: 12 }, (_, index) => episodeOf(index + 1));
    const truth = 4;
    const cues = season[truth]?.cues.slice(0, 14) ?? [];
    const spoken = await Promise.all(
      cues.map(async ({ start, text }) => ({ start, pcm: (await speak(text, 'en')).pcm })),
    );
    const wav = join(folder, 'speech.wav');
    await writeSpeech(wav, { seconds: 62, spoken });
    const file = await makeMkv(folder, { name: 'episode.mkv', seconds: 62, inputs: [wav] });
    const scorer = createTextScorer(season);
    const places = [0, 30].map((start) => ({ start, seconds: 30 }));
    const scores: number[][] = [];
    const heard = hearSnippets(tools, { engine, file, stream: 1, language: 'en', places });
    for await (const { time, words: said } of heard) {
      assert.ok(said.length > 10, said.join(' '));
      scores.push(scorer.score(said, { around: { time } }));
    }
    const standing = standingOf(sumScores(scores), season);
    assert.equal(standing.best, truth);
    assert.ok(standing.ratio > 1.2, `${standing.ratio}`);
  });

  it('hears nothing in silence, and speaks English alone', async () => {
    const { signal } = new AbortController();
    const text = await engine.transcribe(new Float32Array(16_000), { language: 'en', signal });
    assert.ok(text.split(' ').length < 4, text);
    assert.deepEqual(
      await Promise.all(['eng', 'de', null].map((language) => engine.speaks(language))),
      [true, false, false],
    );
    assert.equal(await engine.check(), null);
  });

  it('stops when it is cancelled', async () => {
    const noise = Float32Array.from({ length: 480_000 }, (_, index) => Math.sin(index * index));
    const signal = AbortSignal.timeout(100);
    await assert.rejects(engine.transcribe(noise, { language: 'en', signal }), {
      code: 'cancelled',
    });
  });
});

describe('pocketsphinx that is not there', () => {
  it('says how to get it', async () => {
    const run = createToolRunner();
    const engine = createPocketsphinxEngine({ run, find: async () => null, timeout: 1000 });
    const { signal } = new AbortController();
    assert.match((await engine.check())?.hint ?? '', /apt install pocketsphinx/);
    const transcribing = engine.transcribe(new Float32Array(9), { language: 'en', signal });
    await assert.rejects(transcribing, { code: 'speech-unavailable' });
  });
});
