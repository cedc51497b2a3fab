import { type FileHandle, open, rm } from 'node:fs/promises';
import { DiscflowError } from '../../errors.ts';
import {
  firstBrokenPacket,
  hasScrambledUnit,
  UNIT_BYTES,
} from '../../scan/bluray/aligned-units.ts';
import { PACKET_BYTES } from '../../scan/bluray/stretch.ts';
import { type Medium, SECTOR_BYTES } from '../../scan/medium/medium.ts';
import { alternateBuffers, writeFully } from '../double-buffer.ts';
import { readPatiently } from '../patient-read.ts';
import { untilAborted } from '../until-aborted.ts';
import { streamPath } from './needed-clips.ts';

/** Large enough for the drive to stream, small enough to notice a cancel; whole sectors and units. */
const BLOCK_BYTES = 341 * UNIT_BYTES;

interface CopyOptions {
  medium: Medium;
  clip: string;
  output: string;
  signal: AbortSignal;
  onBytes: (count: number) => void;
}

/**
 * Copies a stream file to staging and looks at every packet on the way. While a block is written
 * the next one is read. Throws `read-error`, `encrypted`, `disc-removed`, `cancelled`, and system
 * errors of the staging disk; then nothing is left behind.
 */
export async function copyClip(options: CopyOptions): Promise<void> {
  const file = await open(options.output, 'w');
  try {
    await copyBlocks(options, file);
  } catch (error) {
    await rm(options.output, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

async function copyBlocks(options: CopyOptions, file: FileHandle): Promise<void> {
  const { medium, clip, signal, onBytes } = options;
  const path = streamPath(clip);
  const bytes = medium.files.find((candidate) => candidate.path === path)?.bytes;
  if (bytes === undefined) throw missing(clip);
  const nextBuffer = alternateBuffers(Math.min(BLOCK_BYTES, Math.max(1, bytes)));
  let writing: Promise<void> = Promise.resolve();
  try {
    for (let position = 0; position < bytes; position += BLOCK_BYTES) {
      const block = nextBuffer().subarray(0, Math.min(BLOCK_BYTES, bytes - position));
      const at = position;
      const read = readPatiently(block, {
        read: (offset, part) => medium.read(path, at + offset, part),
        nameOf: (offset) => `Sector ${(at + offset) / SECTOR_BYTES} of clip ${clip}`,
        signal,
      });
      await untilAborted(read, signal);
      assertPackets(block, clip, position);
      await writing;
      writing = writeFully(file, block, position);
      writing.catch(() => undefined);
      onBytes(block.length);
    }
  } finally {
    await writing.catch(() => undefined);
  }
  await writing;
}

function assertPackets(block: Buffer, clip: string, position: number): void {
  const broken = firstBrokenPacket(block);
  if (broken === -1) return;
  if (hasScrambledUnit(block))
    throw new DiscflowError('encrypted', `Clip ${clip} is encrypted (AACS)`, {
      hint: 'This disc is copy-protected; reading it needs MakeMKV.',
    });
  const packet = (position + broken) / PACKET_BYTES;
  throw new DiscflowError('read-error', `Clip ${clip} is damaged at its packet ${packet}`, {
    hint: 'Clean the disc or try another drive; for a copy, make it again.',
  });
}

function missing(clip: string): DiscflowError {
  return new DiscflowError('read-error', `Clip ${clip} is not on the disc`, {
    hint: 'The disc or its copy is incomplete. Copy it again, or try another drive.',
  });
}
