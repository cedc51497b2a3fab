import { pack } from './big-endian.ts';

const WIDTH = 1920;
const HEIGHT = 1080;
const BOX = { width: 320, height: 40, top: 980 };

export interface BoxCue {
  /** Seconds. */
  readonly start: number;
  readonly end: number;
}

/** One cue every three seconds, each two seconds long, of which the last ends before the clip. */
export function boxCues(seconds: number): BoxCue[] {
  const count = Math.max(0, Math.floor((seconds - 1) / 3));
  return Array.from({ length: count }, (_, index) => ({
    start: 3 * index + 0.5,
    end: 3 * index + 2.5,
  }));
}

/** A PGS stream (.sup) that shows a white box for every cue, further right for every language. */
export function boxSubtitles(cues: readonly BoxCue[], language: number): Buffer {
  const left = 100 + 400 * language;
  return Buffer.concat(cues.flatMap((cue, index) => epoch(cue, 2 * index, left)));
}

function epoch({ start, end }: BoxCue, number: number, left: number): Buffer[] {
  const window = pack([1, 1, 0], [2, left, BOX.top, BOX.width, BOX.height]);
  const shown = pack([2, WIDTH, HEIGHT], [1, 0x10], [2, number], [1, 0x80, 0, 0, 1]);
  const placed = pack([2, 0], [1, 0, 0], [2, left, BOX.top]);
  const hidden = pack([2, WIDTH, HEIGHT], [1, 0x10], [2, number + 1], [1, 0, 0, 0, 0]);
  return [
    segment(start, 0x16, pack(shown, placed)),
    segment(start, 0x17, window),
    segment(start, 0x14, pack([1, 0, 0, 1, 235, 128, 128, 255])),
    segment(start, 0x15, boxObject()),
    segment(start, 0x80, Buffer.alloc(0)),
    segment(end, 0x16, hidden),
    segment(end, 0x17, window),
    segment(end, 0x80, Buffer.alloc(0)),
  ];
}

/** A run of colour 1 over each line. */
function boxObject(): Buffer {
  const line = pack([1, 0, 0xc0 | (BOX.width >> 8), BOX.width & 255, 1, 0, 0]);
  const lines = Buffer.concat(Array.from({ length: BOX.height }, () => line));
  const length = lines.length + 4;
  return pack(
    [2, 0],
    [1, 0, 0xc0, length >> 16],
    [2, length & 0xffff, BOX.width, BOX.height],
    lines,
  );
}

function segment(seconds: number, type: number, data: Buffer): Buffer {
  return pack('PG', [4, Math.round(seconds * 90_000), 0], [1, type], [2, data.length], data);
}
