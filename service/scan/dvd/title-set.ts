import { DiscflowError } from '../../errors.ts';
import { type Medium, type MediumFile, SECTOR_BYTES } from '../medium/medium.ts';

/** The VOBs of a title set as the one stream that cell addresses count in. */
export interface TitleSet {
  readonly number: number;
  readonly sectors: number;
  /**
   * Reads `count` sectors from `firstSector` on into the start of `into`.
   * Throws `read-error` past the end or at a bad sector, `disc-removed` when the disc is gone.
   */
  read(firstSector: number, count: number, into: Buffer): Promise<void>;
}

interface Part {
  path: string;
  first: number;
  sectors: number;
}

/** Opens the video of title set 1 to 99. A set without VOBs has no sectors. */
export function openTitleSet(medium: Medium, number: number): TitleSet {
  const parts = titleSetParts(medium.files, number);
  const sectors = parts.reduce((sum, part) => sum + part.sectors, 0);
  return {
    number,
    sectors,
    async read(firstSector, count, into) {
      if (firstSector < 0 || firstSector + count > sectors)
        throw outside(number, firstSector, count);
      for (const { path, first, from, to } of overlaps(parts, firstSector, firstSector + count)) {
        const target = into.subarray(
          (from - firstSector) * SECTOR_BYTES,
          (to - firstSector) * SECTOR_BYTES,
        );
        await medium.read(path, (from - first) * SECTOR_BYTES, target);
      }
    },
  };
}

/** VTS_nn_1.VOB to VTS_nn_9.VOB; a gap ends the stream, because all addresses after it would shift. */
function titleSetParts(files: readonly MediumFile[], number: number): Part[] {
  const bytes = new Map(files.map((file) => [file.path, file.bytes]));
  const parts: Part[] = [];
  let first = 0;
  for (let index = 1; index <= 9; index++) {
    const path = `VIDEO_TS/VTS_${String(number).padStart(2, '0')}_${index}.VOB`;
    const sectors = Math.floor((bytes.get(path) ?? 0) / SECTOR_BYTES);
    if (sectors === 0) break;
    parts.push({ path, first, sectors });
    first += sectors;
  }
  return parts;
}

function overlaps(parts: readonly Part[], start: number, end: number) {
  return parts
    .map(({ path, first, sectors }) => ({
      path,
      first,
      from: Math.max(first, start),
      to: Math.min(first + sectors, end),
    }))
    .filter(({ from, to }) => from < to);
}

function outside(number: number, firstSector: number, count: number): DiscflowError {
  return new DiscflowError(
    'read-error',
    `Sectors ${firstSector} to ${firstSector + count - 1} are not in the video of title set ${number}.`,
    { hint: 'The disc or its copy is incomplete. Copy it again, or try another drive.' },
  );
}
