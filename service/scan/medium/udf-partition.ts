import { damagedStructure } from '../structure.ts';
import type { Extent } from './file-tree.ts';
import { SECTOR_BYTES } from './medium.ts';

/** A block of a partition, by the reference that the volume gives it. */
export interface Place {
  block: number;
  partition: number;
}

/** Where `bytes` from a block on lie on the disc. Throws `disc-unreadable` for what is nowhere. */
export type Locate = (place: Place, bytes: number) => Extent[];

/** A partition whose blocks follow each other from a sector on. */
export function plainPartition(start: number): Locate {
  return ({ block }, bytes) => [{ position: (start + block) * SECTOR_BYTES, bytes }];
}

/** A partition whose blocks are those of a file (UDF 2.50, 2.2.10): its extents in order. */
export function filePartition(extents: readonly Extent[]): Locate {
  return ({ block }, bytes) => sliceOf(extents, block * SECTOR_BYTES, bytes);
}

function sliceOf(extents: readonly Extent[], from: number, bytes: number): Extent[] {
  const slice: Extent[] = [];
  let [skip, left] = [from, bytes];
  for (const extent of extents) {
    const part = Math.min(extent.bytes - skip, left);
    if (part > 0) slice.push({ position: extent.position + skip, bytes: part });
    left -= Math.max(0, part);
    skip = Math.max(0, skip - extent.bytes);
  }
  if (left > 0) throw damagedStructure('a reference to a partition');
  return slice;
}
