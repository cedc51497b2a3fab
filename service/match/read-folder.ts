import { readdir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { DiscflowError, systemCode } from '../errors.ts';
import { readDuration } from './evidence/media-duration.ts';
import type { MediaAccess } from './evidence/media-streams.ts';
import type { TitleToMeasure } from './measure/title-to-measure.ts';

const video = /\.(?:mkv|mp4|m4v|m2ts|ts|mpg|vob)$/i;
/** Trailers, menus and logos are no episodes. */
const SHORTEST_SECONDS = 120;

/**
 * The video files of a folder as the titles of a disc, in the order of their names, with numbers in names as numbers.
 * Throws `bad-request` for a folder that cannot be read or holds none.
 */
export async function titlesInFolder(
  folder: string,
  access: MediaAccess,
): Promise<TitleToMeasure[]> {
  const names = (await namesIn(folder)).filter((name) => video.test(name));
  if (names.length === 0)
    throw new DiscflowError('bad-request', `There is no video file in ${folder}`, {
      hint: 'Name a folder with the ripped titles of a disc: MKV files.',
    });
  const sorted = names.sort(new Intl.Collator('en', { numeric: true }).compare);
  const titles: TitleToMeasure[] = [];
  for (const [index, name] of sorted.entries()) {
    const file = join(folder, name);
    const duration = await readDuration(file, access);
    const number = index + 1;
    const id = `t${String(number).padStart(2, '0')}`;
    const role = duration < SHORTEST_SECONDS ? 'extra' : 'unknown';
    titles.push({ id, number, file, duration, role, described: null, stated: null });
  }
  return titles;
}

/** "B1_t00.mkv" is what a person knows the title by. */
export function nameOfFile({ file }: Pick<TitleToMeasure, 'file'>): string {
  return parse(file).base;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder, { withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    throw new DiscflowError('bad-request', `${folder} cannot be read (${systemCode(error)})`, {
      hint: 'Name a folder with the ripped titles of a disc: MKV files.',
      cause: error,
    });
  }
}
