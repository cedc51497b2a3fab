import { systemCode } from '../../errors.ts';
import { type Medium, SECTOR_BYTES } from '../medium/medium.ts';
import { isDamage } from '../medium/read-failure.ts';
import type { DvdTitle } from '../record.ts';
import { openTitleSet } from './title-set.ts';

type Playable = Pick<DvdTitle, 'titleSet' | 'cells' | 'bytes'>;

interface Options {
  signal?: AbortSignal | undefined;
}

/** Places looked at in each title set: a few seeks on a drive, hardly any time on an image. */
const places = 4;
const sectorsAtPlace = 16;

/** Stream ids whose packs are never scrambled: system header, padding, navigation. */
const plainStreams = new Set([0xbb, 0xbe, 0xbf]);

/**
 * Looks for scrambled packs in the cells of some titles. A drive that was not unlocked refuses
 * scrambled sectors instead (sense 05/6F/03, an EIO for us): video that a device cannot read
 * anywhere is therefore taken for encrypted, too. Throws `disc-removed`.
 */
export async function findEncryption(
  medium: Medium,
  titles: readonly Playable[],
  { signal }: Options = {},
): Promise<'css' | null> {
  let readable = 0;
  let refused = 0;
  for (const { titleSet, sectors } of samples(titles)) {
    signal?.throwIfAborted();
    const count = Math.min(sectorsAtPlace, sectors.to - sectors.from);
    const packs = Buffer.alloc(count * SECTOR_BYTES);
    try {
      await openTitleSet(medium, titleSet).read(sectors.from, count, packs);
      readable++;
      if (hasScrambledPack(packs)) return 'css';
    } catch (error) {
      if (!isDamage(error)) throw error;
      if (systemCode(error.cause) === 'EIO') refused++;
    }
  }
  return medium.origin === 'device' && readable === 0 && refused > 0 ? 'css' : null;
}

/** Spread over the longest title of every set, because title sets are encrypted one by one. */
function samples(titles: readonly Playable[]) {
  const longest = new Map<number, Playable>();
  for (const title of titles)
    if (title.bytes > (longest.get(title.titleSet)?.bytes ?? 0)) longest.set(title.titleSet, title);
  return [...longest.values()].flatMap(({ titleSet, cells }) =>
    Array.from({ length: places }, (_, place) => {
      const cell = cells[Math.floor(((place + 0.5) * cells.length) / places)] ?? cells[0];
      if (cell === undefined) return [];
      const to = cell.lastSector + 1;
      const from =
        cell.firstSector + Math.floor(((to - cell.firstSector) * (place + 0.5)) / places);
      return [{ titleSet, sectors: { from, to } }];
    }).flat(),
  );
}

/** True when a pack's PES header says that its payload is scrambled (ISO 13818-1, 2.4.3.6). */
export function hasScrambledPack(packs: Buffer): boolean {
  for (let at = 0; at + SECTOR_BYTES <= packs.length; at += SECTOR_BYTES) {
    if (packs.readUInt32BE(at) !== 0x1ba) continue;
    const packet = at + 14 + (packs.readUInt8(at + 13) & 7);
    const stream = packs.readUInt32BE(packet) - 0x100;
    if (stream < 0xbb || stream > 0xff || plainStreams.has(stream)) continue;
    const flags = packs.readUInt8(packet + 6);
    if ((flags & 0xc0) === 0x80 && (flags & 0x30) !== 0) return true;
  }
  return false;
}
