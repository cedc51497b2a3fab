import type { SubtitleStream } from '../matroska-packets.ts';
import { type Bitmap, emptyBitmap, isPlausibleSize, type ShownBitmap } from './bitmap.ts';

/** Segment types of a presentation graphics stream (US patent 2009/0185789 A1, figures 6 to 12). */
const segmentType = { palette: 0x14, object: 0x15, composition: 0x16 } as const;
const EPOCH_START = 0x80;
const FIRST_PART = 0x80;
const CROPPED = 0x80;
const COMPOSITION_HEAD = 11;

interface Palette {
  readonly luma: Uint8Array;
  readonly alpha: Uint8Array;
}

interface GraphicsObject {
  readonly width: number;
  readonly height: number;
  /** Run lengths; a big object comes in several segments. */
  readonly parts: Buffer[];
}

/** What one packet shows, and what packets before it have defined. */
interface Epoch {
  readonly palettes: Map<number, Palette>;
  readonly objects: Map<number, GraphicsObject>;
}

interface Composition {
  readonly palette: number;
  readonly placed: readonly { object: number; x: number; y: number }[];
}

/**
 * The pictures of a PGS track, one packet being one display set, drawn as they are asked for. What was defined before the first packet is not
 * known, so that the first pictures of a place may be missing. What cannot be read is left out.
 */
export function* decodePgs({ packets }: SubtitleStream): Generator<ShownBitmap> {
  const epoch: Epoch = { palettes: new Map(), objects: new Map() };
  for (const [index, { start, data }] of packets.entries()) {
    const composition = readDisplaySet(data, epoch);
    const bitmap = composition && draw(composition, epoch);
    if (bitmap) yield { start, end: packets[index + 1]?.start ?? null, bitmap };
  }
}

function readDisplaySet(data: Buffer, epoch: Epoch): Composition | null {
  let composition: Composition | null = null;
  for (const { type, body } of segmentsOf(data))
    switch (type) {
      case segmentType.composition:
        if (body[7] === EPOCH_START) {
          epoch.objects.clear();
          epoch.palettes.clear();
        }
        composition = readComposition(body);
        break;
      case segmentType.palette:
        readPalette(body, epoch);
        break;
      case segmentType.object:
        readObject(body, epoch);
        break;
    }
  return composition;
}

function* segmentsOf(data: Buffer): Generator<{ type: number; body: Buffer }> {
  for (let at = 0; at + 3 <= data.length; ) {
    const end = at + 3 + data.readUInt16BE(at + 1);
    if (end > data.length) return;
    yield { type: data[at] ?? 0, body: data.subarray(at + 3, end) };
    at = end;
  }
}

function readComposition(body: Buffer): Composition | null {
  if (body.length < COMPOSITION_HEAD) return null;
  const placed: { object: number; x: number; y: number }[] = [];
  let at = COMPOSITION_HEAD;
  for (let left = body[10] ?? 0; left > 0 && at + 8 <= body.length; left--) {
    placed.push({
      object: body.readUInt16BE(at),
      x: body.readUInt16BE(at + 4),
      y: body.readUInt16BE(at + 6),
    });
    const isCropped = ((body[at + 3] ?? 0) & CROPPED) !== 0;
    at += isCropped ? 16 : 8;
  }
  return { palette: body[9] ?? 0, placed };
}

/** Entries of number, Y, Cr, Cb and opacity; an entry that a version does not repeat keeps its value. */
function readPalette(body: Buffer, { palettes }: Epoch): void {
  const id = body[0] ?? 0;
  const palette = palettes.get(id) ?? { luma: new Uint8Array(256), alpha: new Uint8Array(256) };
  for (let at = 2; at + 5 <= body.length; at += 5) {
    const entry = body[at] ?? 0;
    palette.luma[entry] = body[at + 1] ?? 0;
    palette.alpha[entry] = body[at + 4] ?? 0;
  }
  palettes.set(id, palette);
}

function readObject(body: Buffer, { objects }: Epoch): void {
  if (body.length < 4) return;
  const id = body.readUInt16BE(0);
  if (((body[3] ?? 0) & FIRST_PART) === 0) {
    objects.get(id)?.parts.push(body.subarray(4));
    return;
  }
  if (body.length < 11) return;
  const [width, height] = [body.readUInt16BE(7), body.readUInt16BE(9)];
  objects.set(id, { width, height, parts: [body.subarray(11)] });
}

/** All objects that are on the screen together, in the smallest picture that holds them. */
function draw({ palette: id, placed }: Composition, { palettes, objects }: Epoch): Bitmap | null {
  const palette = palettes.get(id);
  const pieces = placed.flatMap(({ object, x, y }) => {
    const found = objects.get(object);
    return found && isPlausibleSize(found.width, found.height) ? [{ ...found, x, y }] : [];
  });
  if (palette === undefined || pieces.length === 0) return null;
  const left = Math.min(...pieces.map(({ x }) => x));
  const top = Math.min(...pieces.map(({ y }) => y));
  const width = Math.max(...pieces.map((piece) => piece.x + piece.width)) - left;
  const height = Math.max(...pieces.map((piece) => piece.y + piece.height)) - top;
  if (!isPlausibleSize(width, height)) return null;
  const bitmap = emptyBitmap(width, height);
  for (const piece of pieces)
    paint(bitmap, piece, palette, (piece.y - top) * width + piece.x - left);
  return bitmap;
}

/**
 * Run lengths: a byte is a pixel; behind a zero come 0 (end of the line), 00LLLLLL, 01LLLLLL LLLLLLLL (transparent),
 * 10LLLLLL CC or 11LLLLLL LLLLLLLL CC (of that colour).
 */
function paint(bitmap: Bitmap, object: GraphicsObject, palette: Palette, origin: number): void {
  const data = Buffer.concat(object.parts);
  let [x, y] = [0, 0];
  const put = (length: number, colour: number) => {
    const from = origin + y * bitmap.width + x;
    const count = Math.min(length, object.width - x);
    bitmap.luma.fill(palette.luma[colour] ?? 0, from, from + count);
    bitmap.alpha.fill(palette.alpha[colour] ?? 0, from, from + count);
    x += count;
  };
  for (let at = 0; at < data.length && y < object.height; ) {
    const byte = data[at++] ?? 0;
    if (byte !== 0) {
      put(1, byte);
      continue;
    }
    const flags = data[at++] ?? 0;
    if (flags === 0) {
      [x, y] = [0, y + 1];
      continue;
    }
    const length = flags & 0x40 ? ((flags & 0x3f) << 8) | (data[at++] ?? 0) : flags & 0x3f;
    put(length, flags & 0x80 ? (data[at++] ?? 0) : 0);
  }
}
