import { createHash } from 'node:crypto';
import { type Medium, SECTOR_BYTES } from './medium/medium.ts';
import { isDamage } from './medium/read-failure.ts';
import { readWholeFile } from './medium/whole-file.ts';

interface NamedFile {
  name: string;
  bytes: number;
}

/** TheDiscDB's content hash: MD5 over the sizes (int64, little-endian) in the order of the names. */
export function contentHash(files: readonly NamedFile[]): string {
  const md5 = createHash('md5');
  for (const { bytes } of files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const size = Buffer.alloc(8);
    size.writeBigInt64LE(BigInt(bytes));
    md5.update(size);
  }
  return md5.digest('hex').toUpperCase();
}

/** The files in VIDEO_TS that belong to a DVD, by bare name; strangers such as .DS_Store do not count. */
export function dvdFiles({ files }: Pick<Medium, 'files'>): NamedFile[] {
  return files.flatMap(({ path, bytes }) => {
    const [, name] = /^VIDEO_TS\/([^/]+\.(?:IFO|BUP|VOB))$/.exec(path) ?? [];
    return name === undefined ? [] : [{ name, bytes }];
  });
}

/** The streams of a Blu-ray disc, by bare name: those in the folder itself, not the 3D ones below. */
export function blurayFiles({ files }: Pick<Medium, 'files'>): NamedFile[] {
  return files.flatMap(({ path, bytes }) => {
    const [, name] = /^BDMV\/STREAM\/([^/]+\.M2TS)$/.exec(path) ?? [];
    return name === undefined ? [] : [{ name, bytes }];
  });
}

/** The files that the content hash of a disc counts. */
export function hashedFiles(medium: Pick<Medium, 'files'>): NamedFile[] {
  const files = dvdFiles(medium);
  return files.length > 0 ? files : blurayFiles(medium);
}

/** TheDiscDB's GlobalDiscId of a Blu-ray disc: SHA-1 of its unit keys. Null on discs without AACS. */
export async function unitKeyId(medium: Medium): Promise<string | null> {
  for (const folder of ['AACS', 'AACS/DUPLICATE']) {
    const path = `${folder}/UNIT_KEY_RO.INF`;
    const data = await readIfPossible(medium, path, 1);
    if (data) return createHash('sha1').update(data).digest('hex').toUpperCase();
  }
  return null;
}

/** Of more files libdvdread's disc id takes no notice. */
const maximumIfos = 10;

/**
 * TheDiscDB's GlobalDiscId, which is libdvdread's disc id: MD5 over VIDEO_TS.IFO and the IFOs of
 * its title sets. A missing one does not count; one that cannot be read counts by its backup.
 */
export async function globalDiscId(medium: Medium): Promise<string> {
  const md5 = createHash('md5');
  const manager = await readEither(medium, 'VIDEO_TS');
  const titleSets = manager?.readUInt16BE(0x3e) ?? maximumIfos;
  if (manager) md5.update(manager);
  for (let number = 1; number <= Math.min(titleSets, maximumIfos - 1); number++) {
    const ifo = await readEither(medium, `VTS_${String(number).padStart(2, '0')}_0`);
    if (ifo) md5.update(ifo);
  }
  return md5.digest('hex').toUpperCase();
}

async function readEither(medium: Medium, name: string): Promise<Buffer | undefined> {
  const path = `VIDEO_TS/${name}.IFO`;
  if (!medium.files.some((file) => file.path === path)) return undefined;
  return (
    (await readIfPossible(medium, path, SECTOR_BYTES)) ??
    readIfPossible(medium, `VIDEO_TS/${name}.BUP`, SECTOR_BYTES)
  );
}

async function readIfPossible(
  medium: Medium,
  path: string,
  atLeast: number,
): Promise<Buffer | undefined> {
  try {
    return await readWholeFile(medium, path, { atLeast });
  } catch (error) {
    if (isDamage(error)) return undefined;
    throw error;
  }
}
