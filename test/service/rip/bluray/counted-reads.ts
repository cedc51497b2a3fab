import type { Medium } from '../../../../service/scan/medium/medium.ts';

/** A drive that counts the bytes that are read of each clip. */
export function countClipReads(reads: Map<string, number>): (medium: Medium) => Medium {
  return (medium) => ({
    ...medium,
    async read(path, position, into) {
      if (path.endsWith('.M2TS')) reads.set(path, (reads.get(path) ?? 0) + into.length);
      await medium.read(path, position, into);
    },
  });
}
