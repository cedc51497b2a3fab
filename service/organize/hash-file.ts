import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { systemCode } from '../errors.ts';

/** Not among the types that come with Node.js. */
declare const WebAssembly: {
  Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
};

const WASM_PAGE_BYTES = 64 * 1024;
const CHUNK_BYTES = 1024 * 1024;

interface HashOptions {
  readonly signal?: AbortSignal | undefined;
  /** Read from the medium or the server again, not from this machine's memory. */
  readonly fresh?: boolean;
}

/**
 * SHA-256 of a file in hex, a mebibyte at a time (about 0.7 ms of the event loop each).
 * Throws system errors and the signal's reason.
 */
export async function hashFile(path: string, options: HashOptions = {}): Promise<string> {
  const file = options.fresh ? await openUncached(path) : await open(path, 'r');
  try {
    const buffer = options.fresh ? alignedBuffer() : Buffer.allocUnsafe(2 * CHUNK_BYTES);
    return await hashOf(file, buffer, options.signal);
  } catch (error) {
    // Some file systems accept the flag and refuse the reading.
    if (options.fresh && systemCode(error) === 'EINVAL')
      return hashFile(path, { signal: options.signal });
    throw error;
  } finally {
    await file.close();
  }
}

/** A copy in the page cache proves nothing about the disk; without O_DIRECT (tmpfs, macOS) it has to do. */
async function openUncached(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | (constants.O_DIRECT ?? 0));
  } catch (error) {
    if (systemCode(error) === 'EINVAL') return open(path, 'r');
    throw error;
  }
}

/** One half of the buffer is read while the other is hashed. */
async function hashOf(
  file: FileHandle,
  buffer: Buffer,
  signal: AbortSignal | undefined,
): Promise<string> {
  const hash = createHash('sha256');
  const read = (half: number, position: number) =>
    file.read(buffer, half * CHUNK_BYTES, CHUNK_BYTES, position);
  let reading = read(0, 0);
  for (let half = 0, position = 0; ; half = 1 - half) {
    const { bytesRead } = await reading;
    signal?.throwIfAborted();
    if (bytesRead === 0) return hash.digest('hex');
    position += bytesRead;
    reading = read(1 - half, position);
    const start = half * CHUNK_BYTES;
    hash.update(buffer.subarray(start, start + bytesRead));
  }
}

/** O_DIRECT wants page-aligned memory (open(2), "O_DIRECT"), which Node.js only has in WebAssembly. */
function alignedBuffer(): Buffer {
  const pages = (2 * CHUNK_BYTES) / WASM_PAGE_BYTES;
  return Buffer.from(new WebAssembly.Memory({ initial: pages }).buffer);
}
