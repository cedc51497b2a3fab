import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCaptions } from '../../../../../service/match/evidence/text/read-captions.ts';
import { makeMkv, programsOrSkip } from '../media.ts';
import { makeCaptionedVideo } from './captioned-video.ts';

const captions = Array.from({ length: 20 }, (_, index) => ({
  start: 5 + 4 * index,
  end: 7 + 4 * index,
  text: `CAPTION NUMBER ${index}, IS IT?`,
}));

describe('Closed captions in the picture', () => {
  let folder: string;
  let file: string;
  let tools: Awaited<ReturnType<typeof programsOrSkip<'ffmpeg'>>>;

  before(async function () {
    tools = await programsOrSkip(this, ['ffmpeg']);
    folder = await mkdtemp(join(tmpdir(), 'discflow-captions-'));
    file = await makeCaptionedVideo(folder, { name: 'a.mkv', seconds: 90, captions });
  });
  after(() => folder && rm(folder, { recursive: true }));

  it('are read at the places asked for, with their times', async () => {
    const places = [
      { start: 10, seconds: 12 },
      { start: 60, seconds: 10 },
    ];
    const cues = await readCaptions(tools, { file, places });
    const within = captions.filter(({ start }) =>
      places.some((place) => start >= place.start && start < place.start + place.seconds),
    );
    assert.deepEqual(
      cues.map(({ text }) => text),
      within.map(({ text }) => text),
    );
    for (const [index, { start }] of within.entries())
      assert.ok(Math.abs((cues[index]?.start ?? 0) - start) < 0.1, `${cues[index]?.start}`);
  });

  it('are read from a path with everything that means something to a filter', async () => {
    const odd = join(folder, `we're [here], 50%; "a\\b":c = $d`);
    await mkdir(odd);
    const moved = join(odd, `it's 1:2.mkv`);
    await rename(file, moved);
    try {
      const cues = await readCaptions(tools, { file: moved, places: [{ start: 10, seconds: 5 }] });
      assert.equal(cues.length, 1);
    } finally {
      await rename(moved, file);
    }
  });

  it('are none where there are none', async () => {
    const plain = await makeMkv(folder, { name: 'plain.mkv', seconds: 5, inputs: [] });
    const places = [{ start: 0, seconds: 5 }];
    assert.deepEqual(await readCaptions(tools, { file: plain, places }), []);
    const beyond = [{ start: 4000, seconds: 5 }];
    assert.deepEqual(await readCaptions(tools, { file: plain, places: beyond }), []);
  });
});
