import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { hearSnippets } from '../../../../../service/match/evidence/speech/hear-snippets.ts';
import { readSnippet } from '../../../../../service/match/evidence/speech/read-snippet.ts';
import { createTransformersEngine } from '../../../../../service/match/evidence/speech/transformers/transformers-engine.ts';
import { scoreSnippets } from '../../../../../service/match/evidence/text/snippets.ts';
import { standingOf } from '../../../../../service/match/evidence/text/standing.ts';
import { createTextScorer } from '../../../../../service/match/evidence/text/text-scorer.ts';
import { writeScriptedWhisper } from '../../../../whisper/scripted-whisper.ts';
import { transformersOrSkip } from '../../../../whisper/transformers.ts';
import { makeMkv, programsOrSkip } from '../media.ts';

const said = [
  { hertz: 400, text: 'the captain found the missing ledger under the bridge' },
  { hertz: 900, text: 'nobody told the baker about the second wedding cake' },
];
const other = ['my sister sold the red boat before the storm', 'old jonas lost the lantern again'];

/** An episode that says one line at 20 s and another at 70 s. */
const episode = (number: number, [first = '', second = '']: readonly string[]) => ({
  season: 1,
  episodes: [number],
  cues: [
    { start: 20, end: 40, text: first },
    { start: 70, end: 90, text: second },
  ],
});

describe('Listening to a title', function () {
  this.timeout(120_000);
  let folder: string;
  let file: string;
  let packages: string;
  let tools: Awaited<ReturnType<typeof programsOrSkip<'ffmpeg'>>>;

  before(async function () {
    tools = await programsOrSkip(this, ['ffmpeg']);
    packages = await transformersOrSkip(this);
    folder = await mkdtemp(join(tmpdir(), 'discflow-hear-'));
    await writeScriptedWhisper(join(folder, 'scripted'), said);
    const sound = join(folder, 'sound.mka');
    const tones = [400, 900].map(
      (hertz) => `sine=frequency=${hertz}:duration=50:sample_rate=48000`,
    );
    const graph = `${tones[0]}[a];${tones[1]}[b];[a][b]concat=n=2:v=0:a=1`;
    const encode = ['-ac', '2', '-c:a', 'ac3', sound];
    await execa('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', graph, ...encode]);
    file = await makeMkv(folder, { name: 'title.mkv', seconds: 100, inputs: [sound] });
  });
  after(() => folder && rm(folder, { recursive: true }));

  it('gives samples of a place, fewer at the end', async () => {
    const read = (start: number) =>
      readSnippet(tools, { file, stream: 1, place: { start, seconds: 10 } });
    assert.ok(Math.abs((await read(5)).length - 160_000) < 1600);
    const last = (await read(95)).length;
    assert.ok(last > 60_000 && last < 90_000, `${last}`);
    assert.equal((await read(500)).length, 0);
  });

  it('tells its episode by what is said at two places', async () => {
    const engine = createTransformersEngine({
      ...{ packages, models: folder, model: 'scripted', device: 'auto', dtype: 'auto' },
      timeout: 60_000,
    });
    const season = [
      episode(1, other),
      episode(
        2,
        said.map(({ text }) => text),
      ),
      episode(3, [said[0]?.text ?? '', other[1] ?? '']),
    ];
    const places = [10, 60].map((start) => ({ start, seconds: 30 }));
    try {
      const snippets = [];
      const heard = hearSnippets(tools, { engine, file, stream: 1, language: 'eng', places });
      for await (const snippet of heard) snippets.push(snippet);
      assert.deepEqual(
        snippets.map(({ time, words }) => [time, words.join(' ')]),
        [
          [25, said[0]?.text],
          [75, said[1]?.text],
        ],
      );
      const scores = scoreSnippets(createTextScorer(season), snippets);
      const { best, runnerUp, ratio } = standingOf(scores, season);
      assert.deepEqual([best, runnerUp], [1, 2]);
      assert.ok(ratio > 1.5, `${ratio}`);
    } finally {
      await engine.close();
    }
  });
});
