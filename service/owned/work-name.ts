import type { OwnedFile } from '../contract/owned.ts';

/** What the name of a folder or file in a media library says. */
export interface WorkName {
  title: string;
  year: number | null;
  tmdb: number | null;
  edition: string | null;
  resolution: OwnedFile['resolution'];
}

/**
 * `[tmdbid-603]` (Jellyfin, ours), `{tmdb-603}` (Plex) and what lies between them. Sources: jellyfin.org/docs,
 * "Movies"; support.plex.tv, "Naming and organizing your movie files".
 */
const TMDB = /[[({]\s*tmdb(?:id)?\s*[-=]\s*(\d{1,9})\s*[\])}]/i;
const EDITION = /\{edition-([^{}]{1,100})\}/i;
const TAG = /\{[^{}]*\}|\[[^[\]]*\]|\((?:tmdb|imdb|tvdb)(?:id)?\s*[-=][^()]*\)/gi;
/** "(1999)" counts wherever it stands, a bare year only where the names of releases have it. */
const YEAR = /[([](19\d\d|20\d\d)[)\]]/;
const RELEASE_YEAR =
  /^(.+?)[ ._](19\d\d|20\d\d)(?=[ ._](?:.*[ ._])?(?:\d{3,4}[pi]|uhd|4k|blu-?ray|b[dr]rip|dvd|web|hdtv|remux|x26[45]|h26[45]|hevc|xvid)|$)/i;

const resolutions: readonly [RegExp, NonNullable<OwnedFile['resolution']>][] = [
  [/\b(?:2160[pi]|4k|uhd)\b/i, '2160p'],
  [/\b1080[pi]\b/i, '1080p'],
  [/\b720[pi]\b/i, '720p'],
  [/\b(?:480[pi]|576[pi]|dvd(?:rip|[59])?|xvid)\b/i, 'sd'],
];
/** What stands behind " - " of a version and is none of a cut: "Film (1999) - 1080p.mkv". */
const TECHNICAL =
  /^(?:[\s._-]|\d{3,4}[pi]|4k|uhd|hdr\d*\+?|dv|sdr|3d|blu-?ray|remux|bd|dvd|web-?dl|web-?rip|hdtv|x26[45]|h\.?26[45]|hevc|avc|av1|part ?\d+|cd ?\d+)*$/i;

/** Reads a name without its extension. Never throws; the title may be empty. */
export function readWorkName(name: string): WorkName {
  const tmdb = TMDB.exec(name)?.[1];
  const tagged = EDITION.exec(name)?.[1]?.trim();
  const bare = name.replace(TAG, (tag) => (YEAR.test(tag) ? tag : ' '));
  const { title, year, rest } = splitAtYear(bare);
  return {
    title: title.replaceAll(/\s+/g, ' ').trim(),
    year,
    tmdb: tmdb === undefined ? null : Number(tmdb),
    edition: tagged || versionIn(rest),
    resolution: resolutions.find(([pattern]) => pattern.test(rest || name))?.[1] ?? null,
  };
}

function splitAtYear(name: string): { title: string; year: number | null; rest: string } {
  const found = YEAR.exec(name);
  if (found && found.index > 0)
    return {
      title: name.slice(0, found.index),
      year: Number(found[1]),
      rest: name.slice(found.index + found[0].length),
    };
  const release = RELEASE_YEAR.exec(name);
  if (release?.[1] && release[2])
    return {
      title: release[1].replaceAll(/[._]+/g, ' '),
      year: Number(release[2]),
      rest: name.slice(release[0].length),
    };
  return { title: name, year: null, rest: '' };
}

/** "Director's Cut" of "Film (1982) - Director's Cut" or "Film (1982) - [Director's Cut]". */
function versionIn(rest: string): string | null {
  const said = /^\s+-\s+(.{1,100})$/.exec(rest.trimEnd())?.[1]?.trim();
  return said === undefined || TECHNICAL.test(said) ? null : said;
}

/** Which episodes a file holds. */
export interface EpisodeNumbers {
  season: number;
  episodes: number[];
}

const EPISODES = /\bs(\d{1,4})[ ._-]?e(\d{1,4})((?:[ ._]?-?[ ._]?e\d{1,4}|-\d{1,4})*)/i;
const CROSSED = /\b(\d{1,2})x(\d{2,3})(?:-(?:\d{1,2}x)?(\d{2,3}))?\b/;
const LONGEST_SPAN = 20;

/** "S01E02", "S01E01-E03", "S01E01E02" or "1x02"; null when the name says none. */
export function episodesInName(name: string): EpisodeNumbers | null {
  const [, season, first, more = ''] = EPISODES.exec(name) ?? [];
  if (season !== undefined && first !== undefined) {
    const others = [...more.matchAll(/\d+/g)].map(([number]) => Number(number));
    return { season: Number(season), episodes: span(Number(first), others) };
  }
  const [, series, number, last] = CROSSED.exec(name) ?? [];
  if (series === undefined || number === undefined) return null;
  return { season: Number(series), episodes: span(Number(number), last ? [Number(last)] : []) };
}

/** "E01-E03" holds what lies between as well; numbers that run backwards are no span. */
function span(first: number, others: readonly number[]): number[] {
  const last = others.at(-1);
  if (last === undefined || last <= first || last - first > LONGEST_SPAN) return [first];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
