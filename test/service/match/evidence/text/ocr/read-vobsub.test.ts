import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBitmapTrack } from '../../../../../../service/match/evidence/text/ocr/read-bitmap-track.ts';
import { wordsOf } from '../../../../../../service/match/evidence/text/words.ts';
import { authoredDiscOrSkip } from '../../../../../authoring/authored-disc.ts';
import type { TitleTruth } from '../../../../../authoring/truth.ts';
import { jobFor, ripDisc, scanOf } from '../../../../rip/rip-disc.ts';
import { programsOrSkip } from '../../media.ts';

/** Behind the picture and two languages. */
const ENGLISH_SUBTITLES = 3;

describe('The VobSub subtitles of a ripped DVD', () => {
  let staging: string;
  let file: string;
  let truth: TitleTruth;
  let tools: Awaited<ReturnType<typeof programsOrSkip<'ffmpeg' | 'tesseract' | 'mkvmerge'>>>;

  before(async function () {
    tools = await programsOrSkip(this, ['ffmpeg', 'tesseract', 'mkvmerge']);
    const disc = await authoredDiscOrSkip(this, 'tv');
    staging = await mkdtemp(join(tmpdir(), 'discflow-vobsub-'));
    const ripped = await ripDisc({ job: jobFor(await scanOf(disc.image), [1]), staging });
    file = join(ripped.folder, 't01.mkv');
    truth = disc.truth.titles.find(({ number }) => number === 1) ?? assert.fail();
  });
  after(() => staging && rm(staging, { recursive: true }));

  const read = (options: { language: string; places: { start: number; seconds: number }[] }) =>
    readBitmapTrack(tools, { file, stream: ENGLISH_SUBTITLES, ...options });

  it('are read with their times', async () => {
    const places = [{ start: 0, seconds: truth.seconds }];
    const cues = await read({ language: 'en', places });
    const said = truth.subtitles.find(({ lang }) => lang === 'en')?.cues ?? [];
    assert.ok(cues !== null && said.length > 3);
    assert.equal(cues.length, said.length);
    for (const [index, { start, end, text }] of said.entries()) {
      const cue = cues[index];
      assert.ok(cue, text);
      assert.ok(
        Math.abs(cue.start - start) < 0.05 && Math.abs(cue.end - end) < 0.1,
        JSON.stringify([cue, start, end]),
      );
      const words = wordsOf(text);
      const right = wordsOf(cue.text).filter((word) => words.includes(word));
      assert.ok(right.length >= words.length - 1, `${cue.text} ≠ ${text}`);
    }
  });

  it('are read at a place alone, and only so many of them', async () => {
    const places = [{ start: 8, seconds: 8 }];
    const cues = await read({ language: 'en', places });
    assert.ok(cues && cues.length > 0 && cues.every(({ start }) => start > 5 && start < 17));
    const few = await readBitmapTrack(
      tools,
      { file, stream: ENGLISH_SUBTITLES, language: 'en', places: [{ start: 0, seconds: 24 }] },
      2,
    );
    assert.equal(few?.length, 2);
  });

  it('are left alone in a language for which there is no pack', async () => {
    assert.equal(await read({ language: 'am', places: [{ start: 0, seconds: 9 }] }), null);
  });
});
