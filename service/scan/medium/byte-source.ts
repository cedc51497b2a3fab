import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { DiscflowError } from '../../errors.ts';
import { SECTOR_BYTES } from './medium.ts';
import { readFailure } from './read-failure.ts';

/** Random access to a file or a block device. */
export interface ByteSource {
  /** Infinity for a block device, which does not tell. */
  readonly bytes: number;
  /** Fills `into`; `what` names the place in errors. */
  read(position: number, into: Buffer, what?: string): Promise<void>;
  close(): Promise<void>;
}

interface Options {
  /** Once aborted, every read throws the reason. */
  signal?: AbortSignal | undefined;
}

/** O_NONBLOCK, because a plain open pulls an open tray back in. Throws the errors of `readFailure`. */
export async function openByteSource(path: string, { signal }: Options = {}): Promise<ByteSource> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(
    (error: unknown) => {
      throw readFailure(error, path);
    },
  );
  const stats = await handle.stat();
  return {
    bytes: stats.isBlockDevice() ? Number.POSITIVE_INFINITY : stats.size,
    async read(position, into, what = path) {
      let filled = 0;
      while (filled < into.length) {
        signal?.throwIfAborted();
        const sector = Math.floor((position + filled) / SECTOR_BYTES);
        const { bytesRead } = await handle
          .read(into, filled, into.length - filled, position + filled)
          .catch((error: unknown) => {
            throw readFailure(error, `sector ${sector} of ${what}`);
          });
        if (bytesRead === 0) throw endReached(sector, what);
        filled += bytesRead;
      }
    },
    close: () => handle.close(),
  };
}

function endReached(sector: number, what: string): DiscflowError {
  return new DiscflowError('read-error', `${what} ends before sector ${sector}.`, {
    hint: 'The copy is incomplete: copy the disc again.',
  });
}
