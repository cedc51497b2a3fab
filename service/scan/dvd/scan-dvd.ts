import { contentHash, dvdFiles, globalDiscId } from '../fingerprint.ts';
import type { Medium } from '../medium/medium.ts';
import { isDamage } from '../medium/read-failure.ts';
import type { DvdScan, DvdTitle } from '../record.ts';
import { findRelations } from '../relations.ts';
import { damagedStructure } from '../structure.ts';
import { findEncryption } from './encryption.ts';
import { readIfo } from './read-ifo.ts';
import { describeTitle } from './title.ts';
import { openTitleSet } from './title-set.ts';
import { type ListedTitle, parseVideoManager } from './vmg.ts';
import { parseTitleSet, type TitleSetInfo } from './vts.ts';

interface Options {
  signal?: AbortSignal;
}

/**
 * Reads everything that a DVD's own structure says. Titles that cannot be read are named in
 * `damaged`, the others are listed. Throws `disc-unreadable` when no title can be read,
 * `disc-removed` when the disc is gone.
 */
export async function scanDvd(medium: Medium, { signal }: Options = {}): Promise<DvdScan> {
  const manager = await readIfo(medium, 'VIDEO_TS', parseVideoManager);
  const damaged = manager.damaged ? [manager.damaged] : [];
  const sets = await readTitleSets(medium, manager.value.titles, damaged, signal);
  const titles = findRelations(describeTitles(manager.value.titles, sets, damaged));
  if (titles.length === 0) throw damagedStructure(damaged.join('; '));
  const files = dvdFiles(medium);
  return {
    v: 1,
    structure: 'ifo',
    kind: 'dvd',
    source: medium.source,
    label: medium.label,
    name: null,
    fingerprint: contentHash(files),
    globalId: await globalDiscId(medium),
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    encryption: await findEncryption(medium, titles, { signal }),
    titles,
    unreadable: unreadableTitles(medium, manager.value.titles, sets),
    damaged,
  };
}

/** A title set that was listed and written, but is lost. One that is not on the disc at all never was a title. */
function unreadableTitles(
  { files }: Medium,
  listed: readonly ListedTitle[],
  sets: ReadonlyMap<number, TitleSetInfo>,
): DvdScan['unreadable'] {
  return listed.flatMap(({ titleSet }, index) => {
    const path = `VIDEO_TS/${titleSetName(titleSet)}.`;
    if (sets.has(titleSet) || !files.some((file) => file.path.startsWith(path))) return [];
    return [{ number: index + 1, reason: `Title set ${titleSet} cannot be read` }];
  });
}

function titleSetName(number: number): string {
  return `VTS_${String(number).padStart(2, '0')}_0`;
}

async function readTitleSets(
  medium: Medium,
  titles: ListedTitle[],
  damaged: string[],
  signal: AbortSignal | undefined,
): Promise<Map<number, TitleSetInfo>> {
  const sets = new Map<number, TitleSetInfo>();
  for (const number of new Set(titles.map(({ titleSet }) => titleSet))) {
    signal?.throwIfAborted();
    const { sectors } = openTitleSet(medium, number);
    try {
      const parse = (ifo: Buffer) => parseTitleSet(ifo, sectors);
      const set = await readIfo(medium, titleSetName(number), parse);
      sets.set(number, set.value);
      if (set.damaged) damaged.push(set.damaged);
    } catch (error) {
      if (!isDamage(error)) throw error;
      damaged.push(`Title set ${number} cannot be read: ${error.message}`);
    }
  }
  return sets;
}

/** The titles that can be read, under the numbers that the disc gives them. */
function describeTitles(
  listed: ListedTitle[],
  sets: ReadonlyMap<number, TitleSetInfo>,
  damaged: string[],
): DvdTitle[] {
  return listed.flatMap((title, index) => {
    const set = sets.get(title.titleSet);
    try {
      if (set === undefined) throw damagedStructure(`title set ${title.titleSet} is missing`);
      return [describeTitle(index + 1, title, set)];
    } catch (error) {
      if (!isDamage(error)) throw error;
      damaged.push(`Title ${index + 1} cannot be read: ${error.message}`);
      return [];
    }
  });
}
