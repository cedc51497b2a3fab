import type { FileHandle } from 'node:fs/promises';

/** Two buffers in turn: one is being written while the other is filled. */
export function alternateBuffers(bytes: number): () => Buffer {
  let [next, other] = [Buffer.allocUnsafe(bytes), Buffer.allocUnsafe(bytes)];
  return () => {
    [next, other] = [other, next];
    return other;
  };
}

export async function writeFully(file: FileHandle, block: Buffer, position: number): Promise<void> {
  for (let done = 0; done < block.length; ) {
    const { bytesWritten } = await file.write(block, done, block.length - done, position + done);
    done += bytesWritten;
  }
}
