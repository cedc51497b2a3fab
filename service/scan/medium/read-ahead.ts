import type { ByteSource } from './byte-source.ts';
import { isDamage } from './read-failure.ts';

const WINDOW_BYTES = 128 * 1024;

/**
 * Turns many small reads that follow each other, as those of a file system's entries, into few larger
 * ones. After a first failure it reads exactly what is asked for: what is near it may be damaged, and
 * a drive takes long to say so.
 */
export function withReadAhead(source: ByteSource): ByteSource {
  let window = { start: 0, data: Buffer.alloc(0) };
  let isOn = true;

  async function fillWindow(position: number, what: string | undefined): Promise<void> {
    const data = Buffer.alloc(Math.min(WINDOW_BYTES, source.bytes - position));
    try {
      await source.read(position, data, what);
      window = { start: position, data };
    } catch (error) {
      if (!isDamage(error)) throw error;
      isOn = false;
    }
  }

  return {
    bytes: source.bytes,
    async read(position, into, what) {
      const isInside = () =>
        position >= window.start && position + into.length <= window.start + window.data.length;
      const fits = position + into.length <= source.bytes && into.length <= WINDOW_BYTES;
      if (!isInside() && isOn && fits) await fillWindow(position, what);
      if (!isInside()) return source.read(position, into, what);
      window.data.copy(into, 0, position - window.start);
    },
    close: () => source.close(),
  };
}
