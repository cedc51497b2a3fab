import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { DiscflowError } from '../errors.ts';
import { hashFile } from './hash-file.ts';

const CHUNK_BYTES = 1024 * 1024;

interface CopyOptions {
  readonly from: string;
  /** Created, never overwritten; removed again when the copy fails. */
  readonly to: string;
  /** Device (`st_dev`) on which the copy must lie. */
  readonly device: number;
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
}

/**
 * Copies a file to another file system and reads it back from there. Resolves to its SHA-256. Throws
 * `copy-damaged` when what arrived is not what was sent, system errors, and the signal's reason.
 */
export async function copyVerified(options: CopyOptions): Promise<string> {
  const { from, to, signal } = options;
  const file = await open(to, 'wx');
  try {
    const sent = await stream(file, options);
    const arrived = await hashFile(to, { signal, fresh: true });
    if (arrived !== sent) throw damaged(from, to);
    return sent;
  } catch (error) {
    await rm(to, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function stream(file: FileHandle, options: CopyOptions): Promise<string> {
  const hash = createHash('sha256');
  try {
    await checkDevice(file, options);
    const chunks: AsyncIterable<Buffer> = createReadStream(options.from, {
      highWaterMark: CHUNK_BYTES,
      signal: options.signal,
    });
    for await (const chunk of chunks) {
      hash.update(chunk);
      await file.writeFile(chunk);
      options.onBytes(chunk.length);
    }
    await file.sync();
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}

/** A library can be unmounted between the check and the file; then the file lies beside it. */
async function checkDevice(file: FileHandle, { to, device }: CopyOptions): Promise<void> {
  const { dev } = await file.stat();
  if (dev === device) return;
  throw new DiscflowError('library-unavailable', `${to} would lie on another file system`, {
    hint: 'Mount the library again; filing goes on by itself.',
  });
}

function damaged(from: string, to: string): DiscflowError {
  return new DiscflowError('copy-damaged', `The copy of ${from} differs from it: ${to}`, {
    hint: 'It was removed and is copied again. If this repeats, check cables, memory and the target disk.',
    transient: true,
  });
}
