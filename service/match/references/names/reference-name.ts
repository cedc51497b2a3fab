import { readWorkName } from '../../../owned/work-name.ts';
import { languageOfWord } from '../language.ts';
import { type EpisodeMark, episodesInStem } from './episode-numbers.ts';
import { seasonInFolder } from './season-folder.ts';
import { takeTags } from './tags.ts';

/** A show as a name gives it. */
export interface NamedShow {
  readonly title: string;
  readonly year: number | null;
  readonly tmdb: number | null;
}

/** What the path of a subtitle file says of it. */
export interface ReferenceName {
  /** Of the folders, the nearest that is no season, language or drawer; null when there is none. */
  readonly folderShow: NamedShow | null;
  /** What the file's own name begins with, if it names a show. */
  readonly fileShow: NamedShow | null;
  /** Null when nothing says it. */
  readonly season: number | null;
  /** In order; empty when the name says none. */
  readonly episodes: readonly number[];
  readonly name: string | null;
  /** BCP 47. */
  readonly language: string | null;
  readonly forced: boolean;
}

const subtitle = /\.(?:srt|vtt|webvtt|ass|ssa)$/i;
/** Folders that people keep subtitles in. */
const drawer =
  /^(?:subs?|subtitles?|untertitel|sous-titres|subtítulos|sottotitoli|srt|vtt|ass|references?|extracted|tv|tv shows|shows|series|serien|séries)$/iu;
/** From here on a release tells of its picture, sound and maker. */
const release =
  /(?:^|[ ._([-])(?:\d{3,4}[pi]|4k|uhd|hdr\d*|blu-?ray|b[dr]-?rip|dvd(?:-?rip)?|web(?:-?(?:dl|rip))?|hdtv|pdtv|remux|x26[45]|h\.?26[45]|hevc|xvid|divx|proper|repack|internal|amzn|nf|dsnp|aac|ac3|dts)(?=$|[ ._)\]-])/i;
const LONGEST_NAME = 300;

export function isSubtitleName(path: string): boolean {
  return subtitle.test(path);
}

/** Reads a path with "/" between its parts, beginning where names begin to count. Null for no subtitle file. */
export function readReferenceName(path: string): ReferenceName | null {
  const parts = path.split('/').filter((part) => part !== '');
  const file = parts.pop() ?? '';
  if (!isSubtitleName(file)) return null;
  const tags = takeTags(file.replace(subtitle, '').slice(-LONGEST_NAME));
  const folders = readFolders(parts);
  const own = episodesInStem(tags.rest);
  // "Show.S01E02.1080p/2_English.srt": the folder has its episode.
  const found = own === null || own.season === null ? (folders.mark ?? own) : own;
  const season = found?.season ?? folders.season;
  return {
    folderShow: folders.show,
    fileShow: own && own === found ? showNamed(own.before) : null,
    season,
    episodes: found === null ? [] : withoutSeason(found, season),
    name: found && nameBehind(found.behind),
    language: tags.language ?? folders.language,
    forced: tags.forced || folders.forced,
  };
}

interface Folders {
  mark: EpisodeMark | null;
  season: number | null;
  show: NamedShow | null;
  language: string | null;
  forced: boolean;
}

/** From the file up to the first folder that names a show. */
function readFolders(parts: readonly string[]): Folders {
  const said: Folders = { mark: null, season: null, show: null, language: null, forced: false };
  for (const part of parts.toReversed()) {
    const name = part.slice(0, LONGEST_NAME);
    const { rest, language, forced } = takeTags(name);
    const ownLanguage = languageOfWord(name) ?? language;
    said.language ??= ownLanguage;
    said.forced ||= forced || /^forced$/i.test(name);
    const mark = episodesInStem(rest);
    const season = seasonInFolder(name);
    if (mark !== null && mark.season !== null) {
      said.mark ??= mark;
      said.show = showNamed(mark.before);
    } else if (season) {
      said.season ??= season.season;
      said.show = showNamed(season.before);
    } else if (languageOfWord(name) === null && !drawer.test(name) && !/^forced$/i.test(name))
      said.show = showNamed(rest);
    if (said.show) break;
  }
  return said;
}

function showNamed(text: string): NamedShow | null {
  const cut = release.exec(text);
  const { title, year, tmdb } = readWorkName(spaced(cut ? text.slice(0, cut.index) : text));
  const bare = title.replaceAll(/^[\s._-]+|[\s._([-]+$/g, '');
  return /[\p{L}\p{N}]/u.test(bare) ? { title: bare, year, tmdb } : null;
}

/** "102" in the folder of season 1 is its second episode. */
function withoutSeason(
  { season, episodes }: EpisodeMark,
  actual: number | null,
): readonly number[] {
  const hundreds = actual === null ? 0 : actual * 100;
  const counted = season === null && hundreds > 0;
  if (!counted || !episodes.every((one) => one > hundreds && one < hundreds + 100)) return episodes;
  return episodes.map((one) => one - hundreds);
}

function nameBehind(text: string): string | null {
  const cut = release.exec(text);
  const name = spaced(cut ? text.slice(0, cut.index) : text).replaceAll(
    /^[\s._)\]-]+|[\s._([-]+$/g,
    '',
  );
  return /[\p{L}\p{N}]/u.test(name) ? name : null;
}

/** "The.Long_Night" as it is spoken; where there are spaces, points belong to the name. */
function spaced(text: string): string {
  return (/\s\S*\p{L}|\p{L}\S*\s/u.test(text) ? text : text.replaceAll(/[._]/g, ' ')).replaceAll(
    /\s+/g,
    ' ',
  );
}
