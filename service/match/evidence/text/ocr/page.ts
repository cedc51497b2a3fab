import type { Bitmap } from './bitmap.ts';
import { inkOf } from './ink.ts';

/** Without an empty margin letters at the edge are lost. */
const MARGIN = 12;
/** Ink that is worth a look. */
const DARK = 128;

/**
 * A subtitle as a grey picture in PGM (netpbm's "P5"), black on white, cropped to its letters; null when there is
 * nothing to read. `scale` makes it so many times bigger: readers want letters about thirty pixels high.
 */
export function pageOf(bitmap: Bitmap, scale: number): Buffer | null {
  const ink = inkOf(bitmap);
  const box = boxOf(ink, bitmap.width);
  if (box === null) return null;
  const width = (box.right - box.left + 1) * scale + 2 * MARGIN;
  const height = (box.bottom - box.top + 1) * scale + 2 * MARGIN;
  const page = Buffer.alloc(width * height, 255);
  const at = (x: number, y: number) => {
    const [column, row] = [Math.min(x, box.right), Math.min(y, box.bottom)];
    return ink[row * bitmap.width + column] ?? 255;
  };
  for (let y = MARGIN; y < height - MARGIN; y++)
    for (let x = MARGIN; x < width - MARGIN; x++)
      page[y * width + x] = between(
        at,
        box.left + (x - MARGIN) / scale,
        box.top + (y - MARGIN) / scale,
      );
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), page]);
}

/** Bilinear. */
function between(at: (x: number, y: number) => number, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, low] = [x - left, y - top];
  const upper = at(left, top) * (1 - right) + at(left + 1, top) * right;
  if (low === 0) return Math.round(upper);
  const lower = at(left, top + 1) * (1 - right) + at(left + 1, top + 1) * right;
  return Math.round(upper * (1 - low) + lower * low);
}

function boxOf(ink: Uint8Array, width: number) {
  let [left, right, top, bottom] = [width, -1, -1, -1];
  for (let pixel = 0; pixel < ink.length; pixel++) {
    if ((ink[pixel] ?? 255) >= DARK) continue;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    if (top === -1) top = y;
    bottom = y;
    left = Math.min(left, x);
    right = Math.max(right, x);
  }
  return right === -1 ? null : { left, right, top, bottom };
}
