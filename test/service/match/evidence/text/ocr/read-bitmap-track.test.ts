import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBitmapTrack } from '../../../../../../service/match/evidence/text/ocr/read-bitmap-track.ts';
import { wordsOf } from '../../../../../../service/match/evidence/text/words.ts';
import { findFont } from '../../../../../authoring/authoring-tools.ts';
import { makeMkv, programsOrSkip } from '../../media.ts';
import { drawText, usualLook } from './drawn-text.ts';
import { makeSup } from './made-pgs.ts';

const lines = [
  'The lamp at the end of the pier\nhas been dark for eleven days.',
  'Nobody told the keeper about\nthe second wedding cake.',
  '- Who is there?\n- Only the harbour master.',
  'You sold my telescope to a circus!',
];
const looks = {
  'white with a black outline': usualLook,
  'yellow with a thin outline': { ...usualLook, fill: 'yellow', outlineWidth: 2 },
  'black with a white outline': { ...usualLook, fill: 'black', outline: 'white' },
  'white without an outline': { ...usualLook, outlineWidth: 0 },
  'grey and small': { ...usualLook, fill: '0xb0b0b0', size: 38, outlineWidth: 3 },
};

describe('Subtitles that are pictures', function () {
  this.timeout(60_000);
  let folder: string;
  let tools: Awaited<ReturnType<typeof programsOrSkip<'ffmpeg' | 'tesseract'>>>;

  before(async function () {
    tools = await programsOrSkip(this, ['ffmpeg', 'tesseract']);
    if ((await findFont()) === undefined) this.skip();
    folder = await mkdtemp(join(tmpdir(), 'discflow-ocr-'));
  });
  after(() => folder && rm(folder, { recursive: true }));

  for (const [name, look] of Object.entries(looks))
    it(`are read from PGS: ${name}`, async () => {
      const bitmaps = await Promise.all(lines.map((text) => drawText(text, look)));
      const cues = bitmaps.map((bitmap, index) => ({
        start: 2 + 3 * index,
        end: 4.5 + 3 * index,
        bitmap,
      }));
      const sup = join(folder, 'a.sup');
      await writeFile(sup, makeSup(cues));
      const file = await makeMkv(folder, { name: `${name}.mkv`, seconds: 20, inputs: [sup] });
      const places = [{ start: 0, seconds: 20 }];
      const read = await readBitmapTrack(tools, { file, stream: 1, language: 'eng', places });
      assert.ok(read);
      assert.deepEqual(
        read.map(({ start, end }) => [start, end]),
        cues.map(({ start, end }) => [start, end]),
      );
      const said = wordsOf(lines.join(' '));
      const right = wordsOf(read.map(({ text }) => text).join(' ')).filter((word) =>
        said.includes(word),
      );
      assert.ok(right.length / said.length > 0.9, read.map(({ text }) => text).join('\n'));
    });
});
