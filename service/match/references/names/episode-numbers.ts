/** What a file's name says of its episodes. */
export interface EpisodeMark {
  /** Null when the name has a number alone. */
  readonly season: number | null;
  /** In order and never empty. */
  readonly episodes: readonly number[];
  /** What stands before and behind. */
  readonly before: string;
  readonly behind: string;
}

const LONGEST_SPAN = 20;
const episodeWords =
  'episodes?|épisodes?|episodio|episódio|puntata|folgen?|teil|aflevering|avsnitt|afsnit|odcinek|epizoda|серия|ep?';
const seasonWords = 'season|series|staffel|saison|temporada|stagione|seizoen|сезон|s';

/** "S01E02", "s01.e02", "S01E01E02", "S01E01-E03", "S01E01-03", "Season 1 Episode 2", "Staffel 1, Folge 2". */
const worded = new RegExp(
  `(?:^|[^\\p{L}\\p{N}])(?:${seasonWords})[ ._-]?(\\d{1,4})[ ._,-]{0,3}(?:${episodeWords})[ ._-]?(\\d{1,4})` +
    `((?:(?:[ ._]?[-&+][ ._]?|[ ._]?)(?:${episodeWords})[ ._-]?\\d{1,4}|-\\d{1,3}(?![\\p{L}\\p{N}]))*)(?![\\p{N}])`,
  'iu',
);
/** "1x02", "1x02-03", "1x02-1x04". */
const crossed =
  /(?:^|[^\p{L}\p{N}])(\d{1,2})x(\d{2,3})((?:-(?:\d{1,2}x)?\d{2,3})?)(?![\p{L}\p{N}])/iu;
/** "Episode 2", "E02", "Folge 02-03", where the folder says the season. */
const numbered = new RegExp(
  `(?:^|[^\\p{L}\\p{N}])(?:${episodeWords})[ ._-]{0,2}(\\d{1,4})((?:-(?:${episodeWords})?\\d{1,4})?)(?![\\p{L}\\p{N}])`,
  'iu',
);
/** "02 - Name", "02. Name", "02", "Show - 02 - Name". */
const leading = /^[ ._[(#-]{0,3}(\d{1,4})((?:-\d{1,4})?)(?=$|[\])]|[ ._-]+(?!\d))/;
const between = /(?:^|\s)- ?(\d{1,4})((?:-\d{1,4})?)(?=$|\s)/;
/** "Show 02", "show_102". */
const trailing = /[ ._-](\d{1,3})()$/;

/** The strongest form that the name has; null when it has no number of an episode. */
export function episodesInStem(stem: string): EpisodeMark | null {
  for (const pattern of [worded, crossed]) {
    const found = pattern.exec(stem);
    const [, season, first, more = ''] = found ?? [];
    if (found && season !== undefined && first !== undefined)
      return mark(stem, found, Number(season), numbers(first, more));
  }
  for (const pattern of [numbered, leading, between, trailing]) {
    const found = pattern.exec(stem);
    const [, first, more = ''] = found ?? [];
    if (found && first !== undefined && !isYear(first))
      return mark(stem, found, null, numbers(first, more));
  }
  return null;
}

function mark(
  stem: string,
  found: RegExpExecArray,
  season: number | null,
  episodes: readonly number[],
): EpisodeMark {
  const behind = stem.slice(found.index + found[0].length);
  return { season, episodes, before: stem.slice(0, found.index), behind };
}

/** "E01-E03" and "E01-03" hold what lies between as well, "E01E03" does not. */
function numbers(first: string, more: string): number[] {
  const all = [Number(first)];
  for (const [, dash, number] of more.matchAll(/(-?)[^\d-]*?(?:\d{1,2}x)?(\d+)/g)) {
    const last = all.at(-1) ?? 0;
    const next = Number(number);
    const isSpan = dash === '-' && next > last && next - last <= LONGEST_SPAN;
    if (isSpan) for (let one = last + 1; one <= next; one++) all.push(one);
    else if (next > last && next - last <= LONGEST_SPAN) all.push(next);
  }
  return all;
}

function isYear(number: string): boolean {
  return /^(?:19|20)\d\d$/.test(number);
}
