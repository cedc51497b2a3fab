import type { SubtitleStream } from '../matroska-packets.ts';
import { type Bitmap, emptyBitmap, isPlausibleSize, type ShownBitmap } from './bitmap.ts';

/** A control sequence's delay counts 1024 ticks of 90 kHz. */
const DELAY_SECONDS = 1024 / 90_000;
const COLOURS = 16;
const HEAD_BYTES = 4;

/** Commands of a sub-picture's control sequence and the bytes behind each (DVD-Video, part 3, SP_DCSQ). */
const command = {
  forcedStart: 0x00,
  start: 0x01,
  stop: 0x02,
  colours: 0x03,
  contrast: 0x04,
  area: 0x05,
  fields: 0x06,
  end: 0xff,
} as const;
const operandBytes: Readonly<Record<number, number>> = { 0: 0, 1: 0, 2: 0, 3: 2, 4: 2, 5: 6, 6: 4 };

/** What the control sequences of one packet say. */
interface Control {
  /** Entries of the palette, and opacity in 15ths, of the pixel values 0 to 3. */
  colours: number[];
  contrast: number[];
  area: { x1: number; x2: number; y1: number; y2: number } | null;
  /** Where the lines of each field begin. */
  fields: [number, number] | null;
  startDelay: number;
  endDelay: number | null;
}

/** The pictures of a VobSub track, drawn as they are asked for. What cannot be read is left out. */
export function* decodeVobsub({ codecPrivate, packets }: SubtitleStream): Generator<ShownBitmap> {
  const palette = lumaOfPalette(codecPrivate.toString('latin1'));
  for (const { start, end, data } of packets) {
    const control = readControl(data);
    const bitmap = control && draw(data, control, palette);
    if (!control || !bitmap) continue;
    const stop = control.endDelay === null ? end : start + control.endDelay;
    yield { start: start + control.startDelay, end: stop, bitmap };
  }
}

/** The line "palette: 000000, f0f0f0, …" of an .idx file: sixteen RGB colours. Grey steps where it is missing. */
function lumaOfPalette(idx: string): number[] {
  const [, list = ''] = /^palette:\s*([\da-f, ]+)/im.exec(idx) ?? [];
  const colours = list.split(/[ ,]+/).map((hex) => Number.parseInt(hex, 16));
  return Array.from({ length: COLOURS }, (_, index) => {
    const rgb = colours[index];
    return rgb === undefined || Number.isNaN(rgb) ? index * 17 : lumaOf(rgb);
  });
}

/** ITU-R BT.601. */
function lumaOf(rgb: number): number {
  const [red, green, blue] = [(rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255];
  return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
}

function readControl(data: Buffer): Control | null {
  const control: Control = {
    colours: [0, 1, 2, 3],
    contrast: [0, 15, 15, 15],
    area: null,
    fields: null,
    startDelay: 0,
    endDelay: null,
  };
  if (data.length < HEAD_BYTES) return null;
  let at = data.readUInt16BE(2);
  while (at + HEAD_BYTES <= data.length) {
    readSequence(data, at, control);
    // Each sequence names the next one, the last one itself.
    const next = data.readUInt16BE(at + 2);
    if (next <= at) break;
    at = next;
  }
  return control;
}

function readSequence(data: Buffer, start: number, control: Control): void {
  const delay = data.readUInt16BE(start) * DELAY_SECONDS;
  let at = start + HEAD_BYTES;
  while (at < data.length) {
    const code = data[at] ?? command.end;
    const size = operandBytes[code];
    if (size === undefined || at + 1 + size > data.length) return;
    carryOut(code, data.subarray(at + 1, at + 1 + size), delay, control);
    at += 1 + size;
  }
}

function carryOut(code: number, operand: Buffer, delay: number, control: Control): void {
  switch (code) {
    case command.forcedStart:
    case command.start:
      control.startDelay = delay;
      return;
    case command.stop:
      control.endDelay = delay;
      return;
    case command.colours:
      control.colours = nibbles(operand).toReversed();
      return;
    case command.contrast:
      control.contrast = nibbles(operand).toReversed();
      return;
    case command.area:
      control.area = areaOf(operand);
      return;
    case command.fields:
      control.fields = [operand.readUInt16BE(0), operand.readUInt16BE(2)];
      return;
  }
}

function nibbles(bytes: Buffer): number[] {
  return Array.from(bytes).flatMap((byte) => [byte >> 4, byte & 15]);
}

/** Four numbers of twelve bits. */
function areaOf(bytes: Buffer) {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes;
  return {
    x1: (a << 4) | (b >> 4),
    x2: ((b & 15) << 8) | c,
    y1: (d << 4) | (e >> 4),
    y2: ((e & 15) << 8) | f,
  };
}

function draw(data: Buffer, control: Control, palette: readonly number[]): Bitmap | null {
  const { area, fields, colours, contrast } = control;
  if (area === null || fields === null) return null;
  const [width, height] = [area.x2 - area.x1 + 1, area.y2 - area.y1 + 1];
  if (!isPlausibleSize(width, height)) return null;
  const bitmap = emptyBitmap(width, height);
  for (const [field, start] of fields.entries()) {
    const runs = runsOf(data, start);
    for (let y = field; y < height; y += 2)
      for (let x = 0; x < width; ) {
        const { length, value } = runs.next(x === 0);
        const until = length === 0 ? width : Math.min(width, x + length);
        const from = y * width;
        bitmap.luma.fill(palette[colours[value] ?? 0] ?? 0, from + x, from + until);
        bitmap.alpha.fill((contrast[value] ?? 0) * 17, from + x, from + until);
        x = until;
      }
  }
  return bitmap;
}

/**
 * Runs of 4, 8, 12 or 16 bits: the length in all but the last two, which are the pixel's value; length 0 goes on to
 * the end of the line. A line begins at a byte. Zeros beyond the end, so that a damaged picture ends, too.
 */
function runsOf(data: Buffer, start: number) {
  let at = start * 2;
  const nibble = () => {
    const byte = data[at >> 1] ?? 0;
    return at++ % 2 === 0 ? byte >> 4 : byte & 15;
  };
  return {
    next(isLineStart: boolean) {
      if (isLineStart) at += at % 2;
      let code = nibble();
      for (let least = 0x4; code < least && least <= 0x40; least <<= 2)
        code = (code << 4) | nibble();
      return { length: code >> 2, value: code & 3 };
    },
  };
}
