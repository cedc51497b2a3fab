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
  const font = await findFont();
  if (font === undefined) throw new Error('DejaVuSans.ttf not found: install fonts-dejavu-core');
  const folder = await mkdtemp(join(tmpdir(), 'discflow-draw-'));
  const [width, height] = [1600, 2 * Math.ceil(look.size * 0.8 * (1 + text.split('\n').length))];
  try {
    await writeFile(join(folder, 'text'), text);
    const draw = [
      `fontfile=${font}`,
      `textfile=${join(folder, 'text')}`,
      `fontsize=${look.size}`,
      `fontcolor=${look.fill}`,
      `borderw=${look.outlineWidth}`,
      `bordercolor=${look.outline}`,
      'x=20',
      'y=20',
    ];
    // Green is what is not there: how much of it a pixel has is how transparent it is.
    const source = `color=0x00ff00:size=${width}x${height}:duration=1,format=rgb24,drawtext=${draw.join(':')}`;
    const { stdout } = await execa(
      'ffmpeg',
      [
        ...['-nostdin', '-v', 'error', '-f', 'lavfi', '-i', source, '-frames:v', '1'],
        ...['-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'],
      ],
      { encoding: 'buffer' },
    );
    const pixels = width * height;
    const red = (pixel: number) => stdout[3 * pixel] ?? 0;
    const green = (pixel: number) => stdout[3 * pixel + 1] ?? 0;
    return {
      width,
      height,
      luma: Uint8Array.from({ length: pixels }, (_, pixel) => red(pixel)),
      alpha: Uint8Array.from({ length: pixels }, (_, pixel) =>
        Math.min(255, 255 + red(pixel) - green(pixel)),
      ),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
