import { type Medium, SECTOR_BYTES } from '../medium/medium.ts';
import { isDamage } from '../medium/read-failure.ts';
import { readWholeFile } from '../medium/whole-file.ts';
import { damagedStructure, parseStructure } from '../structure.ts';

interface Parsed {
  /** What is wrong inside, where the rest can be used. */
  faults: string[];
}

/**
 * Reads "VTS_01_0.IFO", or its backup where the original is missing, unreadable or worse.
 * `damaged` says in words when the backup was needed. Throws `disc-unreadable` when neither can be used.
 */
export async function readIfo<T extends Parsed>(
  medium: Medium,
  name: string,
  parse: (ifo: Buffer) => T,
): Promise<{ value: T; damaged: string | undefined }> {
  const original = await attempt(medium, `${name}.IFO`, parse);
  if (original.value?.faults.length === 0) return { value: original.value, damaged: undefined };
  const backup = await attempt(medium, `${name}.BUP`, parse);
  const isBackupBetter = faultCount(backup.value) < faultCount(original.value);
  const value = isBackupBetter ? backup.value : original.value;
  if (value === undefined) throw original.failure ?? damagedStructure(`${name}.IFO`);
  const damaged = isBackupBetter ? `${name}.IFO is damaged; its backup is used` : undefined;
  return { value, damaged };
}

function faultCount(value: Parsed | undefined): number {
  return value?.faults.length ?? Number.POSITIVE_INFINITY;
}

async function attempt<T>(medium: Medium, file: string, parse: (ifo: Buffer) => T) {
  try {
    const ifo = await readWholeFile(medium, `VIDEO_TS/${file}`, { atLeast: SECTOR_BYTES });
    return { value: parseStructure(file, () => parse(ifo)), failure: undefined };
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { value: undefined, failure: error };
  }
}
