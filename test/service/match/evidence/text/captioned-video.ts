import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

export interface Caption {
  readonly start: number;
  readonly end: number;
  /** At most 32 characters of A-Z, 0-9 and simple punctuation. */
  readonly text: string;
}

const RATE = 30_000 / 1001;
/** Control codes of CEA-608 for channel 1: resume loading, go to row 15, show, clear the screen. */
const code = {
  load: [0x14, 0x20],
  row: [0x14, 0x70],
  show: [0x14, 0x2f],
  clear: [0x14, 0x2c],
} as const;
const PICTURE_START = 0x00;
const EXTENSION_START = 0xb5;
/** The extension that ends a picture's head (ISO 13818-2, 6.3.10). */
const PICTURE_CODING = 8;

/** An NTSC MPEG-2 video in MKV with captions in its user data, as ATSC A/53 part 4 puts them there. */
export async function makeCaptionedVideo(
  folder: string,
  { name, seconds, captions }: { name: string; seconds: number; captions: readonly Caption[] },
): Promise<string> {
  const [plain, captioned] = [join(folder, 'plain.m2v'), join(folder, 'captioned.m2v')];
  const source = `testsrc2=size=352x240:rate=30000/1001:duration=${seconds}`;
  const quiet = ['-nostdin', '-v', 'error', '-y'];
  const encode = ['-c:v', 'mpeg2video', '-bf', '0', '-g', '15'];
  await execa('ffmpeg', [...quiet, '-f', 'lavfi', '-i', source, ...encode, plain]);
  await writeFile(captioned, withCaptions(await readFile(plain), pairsByFrame(captions)));
  const file = join(folder, name);
  const input = ['-fflags', '+genpts', '-r', '30000/1001', '-i', `file:${captioned}`];
  await execa('ffmpeg', [...quiet, ...input, '-c', 'copy', `file:${file}`]);
  await Promise.all([rm(plain), rm(captioned)]);
  return file;
}

type Pair = readonly [number, number];

/** Each frame carries two characters; a caption is sent ahead of its time and then shown. */
function pairsByFrame(captions: readonly Caption[]): Map<number, Pair> {
  const pairs = new Map<number, Pair>();
  for (const { start, end, text } of captions) {
    const letters = Array.from({ length: Math.ceil(text.length / 2) }, (_, index): Pair => {
      return [text.charCodeAt(2 * index), text.charCodeAt(2 * index + 1) || 0];
    });
    const sent: Pair[] = [code.load, code.load, code.row, ...letters];
    const shown = Math.round(start * RATE);
    for (const [index, pair] of sent.entries()) pairs.set(shown - sent.length + index, pair);
    pairs.set(shown, code.show);
    pairs.set(Math.round(end * RATE), code.clear);
  }
  return pairs;
}

function withCaptions(video: Buffer, pairs: ReadonlyMap<number, Pair>): Buffer {
  const parts: Buffer[] = [];
  let [from, frame] = [0, -1];
  for (const at of startCodes(video)) {
    if (video[at + 3] === PICTURE_START) frame++;
    const isHeadEnd =
      video[at + 3] === EXTENSION_START && (video[at + 4] ?? 0) >> 4 === PICTURE_CODING;
    if (!isHeadEnd) continue;
    const next = video.indexOf(Buffer.from([0, 0, 1]), at + 4);
    parts.push(video.subarray(from, next), userData(pairs.get(frame) ?? [0, 0]));
    from = next;
  }
  return Buffer.concat([...parts, video.subarray(from)]);
}

function* startCodes(video: Buffer): Generator<number> {
  const prefix = Buffer.from([0, 0, 1]);
  for (let at = video.indexOf(prefix); at !== -1; at = video.indexOf(prefix, at + 3)) yield at;
}

/** user_data with "GA94", type 3 (cc_data), one pair for field 1 (A/53 part 4, table 6.9). */
function userData([first, second]: Pair): Buffer {
  const head = [0, 0, 1, 0xb2, 0x47, 0x41, 0x39, 0x34, 3, 0x41, 0xff, 0xfc];
  return Buffer.from([...head, withParity(first), withParity(second), 0xff]);
}

function withParity(byte: number): number {
  let ones = 0;
  for (let bits = byte; bits > 0; bits >>= 1) ones += bits & 1;
  return ones % 2 === 1 ? byte : byte | 0x80;
}
