import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Bitmap } from '../../../../../../service/match/evidence/text/ocr/bitmap.ts';
import { findFont } from '../../../../../authoring/authoring-tools.ts';

interface Look {
  readonly size: number;
  readonly fill: string;
  readonly outline: string;
  readonly outlineWidth: number;
}

/** White with a black outline, as on most Blu-ray discs. */
export const usualLook: Look = { size: 54, fill: 'white', outline: 'black', outlineWidth: 4 };

/** Text as a subtitle of a disc shows it, with smooth edges. */
export async function drawText(text: string, look: Look = usualLook): Promise<Bitmap> {
  const [drawn] = await drawTexts([text], look);
  if (drawn === undefined) throw new Error('nothing was drawn');
  return drawn;
}

/** Many of them in one go, all of the size that the longest needs. */
export async function drawTexts(
  texts: readonly string[],
  look: Look = usualLook,
): Promise<Bitmap[]> {
  const font = await findFont();
  if (font === undefined) throw new Error('DejaVuSans.ttf not found: install fonts-dejavu-core');
  const folder = await mkdtemp(join(tmpdir(), 'discflow-draw-'));
  const lines = Math.max(...texts.map((text) => text.split('\n').length));
  const [width, height] = [1600, 2 * Math.ceil(look.size * 0.8 * (1 + lines))];
  try {
    const draws = texts.map((_, index) =>
      [
        `drawtext=fontfile=${font}`,
        `textfile=${join(folder, `text-${index}`)}`,
        `fontsize=${look.size}`,
        `fontcolor=${look.fill}`,
        `borderw=${look.outlineWidth}`,
        `bordercolor=${look.outline}`,
        'x=20',
        'y=20',
        `enable='eq(n,${index})'`,
      ].join(':'),
    );
    for (const [index, text] of texts.entries())
      await writeFile(join(folder, `text-${index}`), text);
    // Green is what is not there: how much of it a pixel has is how transparent it is.
    const source = `color=0x00ff00:size=${width}x${height}:rate=1:duration=${texts.length}`;
    const graph = join(folder, 'graph');
    await writeFile(graph, `${[`${source},format=rgb24`, ...draws].join(',')}[drawn]`);
    const { stdout } = await execa(
      'ffmpeg',
      [
        ...['-nostdin', '-v', 'error', '-filter_complex_script', graph, '-map', '[drawn]'],
        ...['-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'],
      ],
      { encoding: 'buffer', maxBuffer: 1 << 30 },
    );
    return texts.map((_, index) => bitmapAt(stdout, index, { width, height }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function bitmapAt(
  frames: Uint8Array,
  index: number,
  { width, height }: { width: number; height: number },
): Bitmap {
  const pixels = width * height;
  const red = (pixel: number) => frames[3 * (index * pixels + pixel)] ?? 0;
  const green = (pixel: number) => frames[3 * (index * pixels + pixel) + 1] ?? 0;
  return {
    width,
    height,
    luma: Uint8Array.from({ length: pixels }, (_, pixel) => red(pixel)),
    alpha: Uint8Array.from({ length: pixels }, (_, pixel) =>
      Math.min(255, 255 + red(pixel) - green(pixel)),
    ),
  };
}
