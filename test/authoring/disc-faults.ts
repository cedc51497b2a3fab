import { constants, copyFile, open, readFile, stat, truncate } from 'node:fs/promises';
import { basename } from 'node:path';

const SECTOR = 2048;
const CHUNK_SECTORS = 1024;
const LABEL_OFFSET = 16 * SECTOR + 40;
const LABEL_BYTES = 32;

/** A new image made from one that stays as it is. */
export interface FaultyCopy {
  readonly image: string;
  readonly output: string;
}

function copy({ image, output }: FaultyCopy): Promise<void> {
  return copyFile(image, output, constants.COPYFILE_FICLONE);
}

/** An image that ends early, as an unfinished download does; `share` of its sectors are left. */
export async function truncateImage(files: FaultyCopy, share: number): Promise<void> {
  await copy(files);
  const { size } = await stat(files.image);
  await truncate(files.output, Math.floor((size / SECTOR) * share) * SECTOR);
}

/** An image that is longer than its content, with a hole at its end that takes no room on disk. */
export async function padImage(files: FaultyCopy, bytes: number): Promise<void> {
  await copy(files);
  await truncate(files.output, bytes);
}

/** Writes raw bytes over the ISO 9660 volume label: names no authoring program would write. */
export async function relabelImage(files: FaultyCopy, label: string | Buffer): Promise<void> {
  await copy(files);
  const field = Buffer.alloc(LABEL_BYTES, ' ');
  Buffer.from(label).copy(field);
  await overwrite(files.output, LABEL_OFFSET, field);
}

async function overwrite(path: string, position: number, bytes: Buffer): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.write(bytes, 0, bytes.length, position);
  } finally {
    await file.close();
  }
}

/** Goes through an image a mebibyte at a time; `change` says whether it wrote into the chunk. */
async function eachChunk(
  path: string,
  change: (chunk: Buffer, position: number) => boolean,
): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const buffer = Buffer.alloc(CHUNK_SECTORS * SECTOR);
    for (let position = 0; ; position += buffer.length) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
      if (bytesRead === 0) break;
      const chunk = buffer.subarray(0, bytesRead);
      if (change(chunk, position)) await file.write(chunk, 0, bytesRead, position);
    }
  } finally {
    await file.close();
  }
}

/** A pack of video, audio or subtitles: not navigation (BB system header, BF) and not padding (BE). */
function isMediaPack(sector: Buffer): boolean {
  return (
    sector.length === SECTOR &&
    sector.readUInt32BE(0) === 0x1ba &&
    sector.readUIntBE(14, 3) === 1 &&
    ![0xbb, 0xbe, 0xbf].includes(sector.readUInt8(17))
  );
}

const SCRAMBLED = 0x30;

function scramble(sector: Buffer): void {
  sector.writeUInt8(sector.readUInt8(20) | SCRAMBLED, 20);
  for (let i = 128; i < SECTOR; i++) sector.writeUInt8(sector.readUInt8(i) ^ 0x5a, i);
}

/** Makes a sector what it was before `scrambleImage`; others stay as they are. */
export function descramble(sector: Buffer): void {
  if (!isMediaPack(sector) || (sector.readUInt8(20) & SCRAMBLED) !== SCRAMBLED) return;
  for (let i = 128; i < SECTOR; i++) sector.writeUInt8(sector.readUInt8(i) ^ 0x5a, i);
  sector.writeUInt8(sector.readUInt8(20) & ~SCRAMBLED, 20);
}

/**
 * An image that looks encrypted with CSS: two of three media packs carry the scrambling mark and a
 * payload nobody can decode. No real CSS is involved. Returns the number of packs changed.
 */
export async function scrambleImage(files: FaultyCopy): Promise<number> {
  let packs = 0;
  await copy(files);
  await eachChunk(files.output, (chunk, position) => {
    for (let at = 0; at < chunk.length; at += SECTOR) {
      const sector = chunk.subarray(at, at + SECTOR);
      if (((position + at) / SECTOR) % 3 === 0 || !isMediaPack(sector)) continue;
      scramble(sector);
      packs++;
    }
    return true;
  });
  return packs;
}

/**
 * Overwrites one file inside an image. It is found by its first sector; the first of two equal ones
 * counts, so an IFO is overwritten and its BUP, which follows later, stays.
 */
export async function garbleFile(files: FaultyCopy, fileOnDisc: string): Promise<void> {
  const content = await readFile(fileOnDisc);
  const first = content.subarray(0, SECTOR);
  let found: number | undefined;
  await copy(files);
  await eachChunk(files.output, (chunk, position) => {
    for (let at = 0; found === undefined && at < chunk.length; at += SECTOR)
      if (chunk.subarray(at, at + first.length).equals(first)) found = position + at;
    return false;
  });
  if (found === undefined) throw new Error(`${basename(fileOnDisc)} is not in the image`);
  await overwrite(files.output, found, Buffer.alloc(content.length, 0xa5));
}

/** Overwrites sectors of a file with zeros, as salvaging tools leave where a disc was unreadable. */
export async function zeroSectors(
  path: string,
  { first, count }: { first: number; count: number },
): Promise<void> {
  await overwrite(path, first * SECTOR, Buffer.alloc(count * SECTOR));
}
