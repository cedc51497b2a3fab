import type { Bitmap } from '../../../../../../service/match/evidence/text/ocr/bitmap.ts';
import { pack } from '../../../../../authoring/bluray/big-endian.ts';

export interface PictureCue {
  readonly start: number;
  readonly end: number;
  readonly bitmap: Bitmap;
}

const [WIDTH, HEIGHT] = [1920, 1080];
const [LEFT, TOP] = [160, 800];
/** Steps of brightness and of opacity in the palette. */
const STEPS = 15;
const LONGEST_SEGMENT = 65_515;

/** A PGS stream (.sup) of pictures, big ones in several segments as discs have them. */
export function makeSup(cues: readonly PictureCue[]): Buffer {
  return Buffer.concat(cues.flatMap((cue, index) => epoch(cue, 2 * index)));
}

function epoch({ start, end, bitmap }: PictureCue, number: number): Buffer[] {
  const window = pack([1, 1, 0], [2, LEFT, TOP, bitmap.width, bitmap.height]);
  const shown = pack([2, WIDTH, HEIGHT], [1, 0x10], [2, number], [1, 0x80, 0, 0, 1]);
  const placed = pack([2, 0], [1, 0, 0], [2, LEFT, TOP]);
  const hidden = pack([2, WIDTH, HEIGHT], [1, 0x10], [2, number + 1], [1, 0, 0, 0, 0]);
  return [
    segment(start, 0x16, pack(shown, placed)),
    segment(start, 0x17, window),
    segment(start, 0x14, palette()),
    ...objectSegments(bitmap).map((part) => segment(start, 0x15, part)),
    segment(start, 0x80, Buffer.alloc(0)),
    segment(end, 0x16, hidden),
    segment(end, 0x17, window),
    segment(end, 0x80, Buffer.alloc(0)),
  ];
}

/** Entry 1 + 16 x brightness + opacity; entry 0 is nothing. */
function palette(): Buffer {
  const entries: [1, ...number[]][] = [];
  for (let luma = 0; luma < STEPS; luma++)
    for (let alpha = 0; alpha <= STEPS; alpha++)
      entries.push([
        1,
        1 + 16 * luma + alpha,
        Math.round((luma * 255) / (STEPS - 1)),
        128,
        128,
        alpha * 17,
      ]);
  return pack([1, 0, 0], ...entries);
}

function objectSegments(bitmap: Bitmap): Buffer[] {
  const lines: Buffer[] = [];
  for (let y = 0; y < bitmap.height; y++) lines.push(encodedLine(bitmap, y));
  const data = Buffer.concat(lines);
  const length = data.length + 4;
  const whole = pack([1, length >> 16], [2, length & 0xffff, bitmap.width, bitmap.height], data);
  const count = Math.ceil(whole.length / LONGEST_SEGMENT);
  return Array.from({ length: count }, (_, index) => {
    const flags = (index === 0 ? 0x80 : 0) | (index === count - 1 ? 0x40 : 0);
    const part = whole.subarray(index * LONGEST_SEGMENT, (index + 1) * LONGEST_SEGMENT);
    return pack([2, 0], [1, 0, flags], part);
  });
}

function encodedLine({ width, luma, alpha }: Bitmap, y: number): Buffer {
  const colours = Array.from({ length: width }, (_, x) => {
    const pixel = y * width + x;
    const opacity = Math.round((alpha[pixel] ?? 0) / 17);
    const brightness = Math.round(((luma[pixel] ?? 0) * (STEPS - 1)) / 255);
    return opacity === 0 ? 0 : 1 + 16 * brightness + opacity;
  });
  const bytes: number[] = [];
  for (let x = 0; x < width; ) {
    const colour = colours[x] ?? 0;
    let length = 1;
    while (x + length < width && colours[x + length] === colour && length < 0x3fff) length++;
    bytes.push(...run(length, colour));
    x += length;
  }
  return Buffer.from([...bytes, 0, 0]);
}

function run(length: number, colour: number): number[] {
  if (colour !== 0 && length < 3) return Array(length).fill(colour);
  const size = length < 0x40 ? [length] : [0x40 | (length >> 8), length & 255];
  const [first = 0, ...rest] = size;
  return colour === 0 ? [0, first, ...rest] : [0, 0x80 | first, ...rest, colour];
}

function segment(seconds: number, type: number, data: Buffer): Buffer {
  return pack('PG', [4, Math.round(seconds * 90_000), 0], [1, type], [2, data.length], data);
}
