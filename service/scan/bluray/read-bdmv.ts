import type { Medium } from '../medium/medium.ts';
import { isDamage } from '../medium/read-failure.ts';
import { readWholeFile } from '../medium/whole-file.ts';
import { parseStructure } from '../structure.ts';

/** A file of BDMV as it could be read. */
export interface BdmvFile<T> {
  value: T;
  data: Buffer;
  /** In words, when the backup was needed. */
  damaged: string | undefined;
}

/**
 * Reads "PLAYLIST/00001.MPLS" in BDMV, or its copy in BACKUP where the original is missing,
 * unreadable or worse. Throws `disc-unreadable` or `read-error` when neither can be used.
 */
export async function readBdmv<T>(
  medium: Medium,
  name: string,
  parse: (data: Buffer) => T,
): Promise<BdmvFile<T>> {
  const read = async (path: string) => {
    const data = await readWholeFile(medium, path);
    return { value: parseStructure(name, () => parse(data)), data };
  };
  try {
    return { ...(await read(`BDMV/${name}`)), damaged: undefined };
  } catch (failure) {
    if (!isDamage(failure)) throw failure;
    const backup = await read(`BDMV/BACKUP/${name}`).catch((error: unknown) => {
      throw isDamage(error) ? failure : error;
    });
    return { ...backup, damaged: `${name} is damaged; its backup is used` };
  }
}

/** The five digits of the files of a folder that are there as original or as backup, in order. */
export function bdmvNumbers({ files }: Pick<Medium, 'files'>, folder: string, end: string) {
  const pattern = new RegExp(`^BDMV/(?:BACKUP/)?${folder}/(\\d{5})\\.${end}$`);
  const numbers = files.flatMap(({ path }) => pattern.exec(path)?.[1] ?? []);
  return [...new Set(numbers)].sort();
}
