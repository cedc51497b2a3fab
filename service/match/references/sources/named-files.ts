import { resolve, sep } from 'node:path';
import { systemCode } from '../../../errors.ts';
import { LARGEST_SUBTITLE } from '../files/limits.ts';
import type { SubtitleFile } from '../files/subtitle-file.ts';
import { readReferenceName } from '../names/reference-name.ts';
import { seasonInFolder } from '../names/season-folder.ts';
import type { ReferenceQuery, ReferenceSourceName } from '../reference.ts';
import { isShow, mayBeShow } from '../same-show.ts';
import type { ReadOutcome, ReferenceFile } from './reference-source.ts';

interface Options {
  readonly source: ReferenceSourceName;
  /** Put before each file's path: the folder that was listed, where its name counts. */
  readonly under: string | null;
  /** Files that name no show are of this one: somebody said so of their folder. */
  readonly vouched: boolean;
}

export interface NamedFiles {
  readonly files: ReferenceFile[];
  /** Of the show, but without season or episode in their names. */
  readonly nameless: readonly string[];
  /** Titles of other shows. */
  readonly others: ReadonlySet<string>;
}

/**
 * The end of a listed folder's own path, as far as it says of what show and season its files are. A folder that
 * was named for the show may be called anything.
 */
export function placeOf(folder: string, { vouched }: { vouched: boolean }): string | null {
  const parts = resolve(folder).split(sep).slice(-2);
  if (!vouched) return parts.join('/');
  const last = parts.at(-1) ?? '';
  return seasonInFolder(last) ? last : null;
}

/** The files of a show and its seasons, by their names. */
export function filesOfShow(
  listed: readonly SubtitleFile[],
  query: ReferenceQuery,
  { source, under, vouched }: Options,
): NamedFiles {
  const files: ReferenceFile[] = [];
  const nameless: string[] = [];
  const others = new Set<string>();
  for (const file of listed) {
    const name = readReferenceName(under === null ? file.relative : `${under}/${file.relative}`);
    if (name === null) continue;
    const { folderShow, fileShow, season, episodes } = name;
    const inFolder = folderShow !== null && isShow(folderShow, query);
    const unnamed = vouched && folderShow === null;
    const isOurs = inFolder || (fileShow === null ? unnamed : isShow(fileShow, query));
    if (!isOurs) {
      const other = fileShow ?? folderShow;
      if (other) others.add(other.title);
      continue;
    }
    if (season === null || episodes.length === 0) nameless.push(file.path);
    else if (query.seasons.length === 0 || query.seasons.includes(season))
      files.push({
        source,
        origin: file.path,
        season,
        episodes,
        name: name.name,
        language: name.language,
        forced: name.forced,
        otherShow: fileShow && !mayBeShow(fileShow, query) ? fileShow.title : null,
        read: () => readBounded(file),
      });
  }
  return { files, nameless, others };
}

async function readBounded(file: SubtitleFile): Promise<ReadOutcome> {
  if (file.size > LARGEST_SUBTITLE)
    return { state: 'unreadable', says: 'is larger than subtitles are' };
  try {
    return { state: 'read', bytes: await file.read() };
  } catch (error) {
    const code = systemCode(error);
    const reason = code ?? (error instanceof Error ? error.message : String(error));
    return { state: 'unreadable', says: `cannot be read (${reason.slice(0, 200)})` };
  }
}
