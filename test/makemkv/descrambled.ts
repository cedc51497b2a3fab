import { type Medium, SECTOR_BYTES } from '../../service/scan/medium/medium.ts';
import { descramble } from '../authoring/disc-faults.ts';

/** A disc whose scrambling is taken away while it is read: its author's way of it is known here. */
export function descrambled(medium: Medium): Medium {
  return {
    ...medium,
    async read(path, position, into) {
      await medium.read(path, position, into);
      if (path.endsWith('.VOB')) descrambleSectors(into);
    },
  };
}

/** Whole sectors, in place. */
export function descrambleSectors(bytes: Buffer): void {
  for (let at = 0; at + SECTOR_BYTES <= bytes.length; at += SECTOR_BYTES)
    descramble(bytes.subarray(at, at + SECTOR_BYTES));
}
