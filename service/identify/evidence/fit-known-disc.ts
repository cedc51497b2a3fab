import type { MatchStatement, TitleRole } from '../../contract/title.ts';
import type {
  ItemType,
  KnownDisc,
  KnownItem,
  KnownTitle,
} from '../../metadata/thediscdb/known-disc.ts';
import type { ScannedTitle } from '../../scan/record.ts';

/** One title of the disc as somebody has described it. */
export interface DescribedTitle {
  readonly number: number;
  readonly role: TitleRole;
  /** Null for what is played but is not content of its own. */
  readonly match: MatchStatement | null;
}

/** An entry of TheDiscDB laid over the disc that is in the drive. */
export interface FittingDisc {
  readonly disc: KnownDisc;
  readonly titles: readonly DescribedTitle[];
  /** The season of its episodes; null when they are of several or none. */
  readonly season: number | null;
  /** The disc has a title that is longer than all that somebody has described: the entry is unfinished. */
  readonly isUnfinished: boolean;
  /** Several films that share nothing: the entry names one work for all of them. */
  readonly isSeveralFilms: boolean;
  /** Seconds of what it calls the film and its cuts, or the episodes. */
  readonly runtimes: readonly number[];
  /** Seconds of what it calls the film; 0 without one. */
  readonly feature: number;
  /** Seconds of the disc's longest title that plays nothing twice. */
  readonly longest: number;
}

type Scanned = Pick<ScannedTitle, 'number' | 'duration' | 'bytes' | 'relation'>;

/** IFO times of NTSC discs are a thousandth short, and entries are rounded to whole seconds. */
const TOLERANCE = { seconds: 3, share: 0.01 };
/** MakeMKV, which most entries were made with, leaves out some of the container. */
const SIZE_TOLERANCE = 0.05;
/** Entries have slips in single titles; more than that and it is another disc with the same hash. */
const LEAST_FIT = 0.8;

/**
 * Joins an entry's titles with those of the scan by title or playlist number; a title whose length differs is
 * left out. Null when too few of them are on the disc: then the entry is about another one.
 */
export function fitKnownDisc(disc: KnownDisc, scanned: readonly Scanned[]): FittingDisc | null {
  const described = disc.titles.filter(({ item, number }) => item !== null && number !== null);
  const fitting = described.filter((title) => scanned.some((other) => isSame(title, other)));
  if (fitting.length === 0 || fitting.length < LEAST_FIT * described.length) return null;
  const titles = fitting.flatMap(({ number, item }) =>
    number === null || item === null ? [] : [{ number, ...describe(item) }],
  );
  const seasons = new Set(fitting.flatMap(({ item }) => (isEpisode(item) ? [item?.season] : [])));
  const [season = null] = seasons.size === 1 ? seasons : [];
  const isUnfinished =
    lengthOf(scanned) > lengthOf(scanned.filter(isDescribed)) + TOLERANCE.seconds;
  const oneMain = withOneMain(titles, scanned);
  const isSeveralFilms = oneMain.filter(({ role }) => role === 'main').length > 1;
  const having = (...roles: TitleRole[]) =>
    scanned.filter(({ number }) =>
      oneMain.some((title) => title.number === number && roles.includes(title.role)),
    );
  return {
    disc,
    titles: oneMain,
    season,
    isUnfinished,
    isSeveralFilms,
    runtimes: having('main', 'cut', 'episode').map(({ duration }) => duration),
    feature: lengthOf(having('main')),
    longest: lengthOf(scanned.filter(({ relation }) => relation === null || isDistinct(relation))),
  };

  function isDescribed({ number }: { number: number }): boolean {
    return titles.some((title) => title.number === number);
  }
}

function isDistinct({ kind }: NonNullable<Scanned['relation']>): boolean {
  return kind === 'cut' || kind === 'chapter-of';
}

function lengthOf(titles: readonly Pick<ScannedTitle, 'duration'>[]): number {
  return Math.max(0, ...titles.map(({ duration }) => duration));
}

function isSame({ number, duration, size }: KnownTitle, scanned: Scanned): boolean {
  if (number !== scanned.number) return false;
  const tolerance = Math.max(TOLERANCE.seconds, TOLERANCE.share * scanned.duration);
  if (duration !== null) return Math.abs(duration - scanned.duration) <= tolerance;
  // A number alone proves nothing: nearly every disc has a title 1.
  return size !== null && Math.abs(size - scanned.bytes) <= SIZE_TOLERANCE * scanned.bytes;
}

function isEpisode(item: KnownItem | null): boolean {
  return item?.type === 'episode' && !item.playAll;
}

const roles: Partial<Record<ItemType, TitleRole>> = {
  'main-movie': 'main',
  episode: 'episode',
  trailer: 'trailer',
};

function describe(item: KnownItem): Omit<DescribedTitle, 'number'> {
  if (item.playAll) return { role: 'play-all', match: null };
  const role = roles[item.type] ?? 'extra';
  const { title: name, season, episodes } = item;
  switch (role) {
    case 'main':
      return { role, match: { kind: 'movie' } };
    case 'episode':
      return { role, match: { kind: 'episode', season, episodes: [...episodes], name } };
    default:
      return { role, match: { kind: 'extra', name } };
  }
}

/** Of several versions of a film, which share most of what they play, the longest is the main one. */
function withOneMain(titles: DescribedTitle[], scanned: readonly Scanned[]): DescribedTitle[] {
  const length = (number: number) =>
    scanned.find((title) => title.number === number)?.duration ?? 0;
  const [main] = titles
    .filter(({ role }) => role === 'main')
    .toSorted((a, b) => length(b.number) - length(a.number));
  return titles.map((title) =>
    title.role === 'main' && main && title !== main && areCuts(title, main, scanned)
      ? { ...title, role: 'cut' }
      : title,
  );
}

function areCuts(a: DescribedTitle, b: DescribedTitle, scanned: readonly Scanned[]): boolean {
  const relationOf = (number: number) =>
    scanned.find((title) => title.number === number)?.relation ?? null;
  return (
    (relationOf(a.number)?.of.includes(b.number) ?? false) ||
    (relationOf(b.number)?.of.includes(a.number) ?? false)
  );
}
