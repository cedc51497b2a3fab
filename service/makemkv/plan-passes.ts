import type { DiscScan, Relation } from '../scan/record.ts';
import type { JoinedTitle } from './join-titles.ts';
import type { MakeMkvListing } from './listing.ts';

/** Bytes per second that a drive reads at least; a slower one makes single passes cheaper still. */
const READING_SPEED = { dvd: 8e6, bluray: 20e6 } as const;
/** Never saved only because the others are. */
const NEVER: ReadonlySet<Relation['kind']> = new Set(['play-all', 'decoy']);

interface Needs {
  readonly scan: Pick<DiscScan, 'kind' | 'titles'>;
  readonly listing: Pick<MakeMkvListing, 'titles' | 'count'>;
  readonly titles: readonly JoinedTitle[];
  /** What opening and looking at the disc took. */
  readonly openMilliseconds: number;
}

/**
 * Whether all titles are saved in one pass, or the wanted ones each by itself. One pass reads unwanted titles, too;
 * single passes open and look at the disc again for each title.
 */
export function choosePasses({ scan, listing, titles, openMilliseconds }: Needs): 'all' | 'single' {
  if (titles.length < 2 || !hasDistinctNames(listing)) return 'single';
  const wanted = new Set(titles.map(({ title }) => title.index));
  const unwanted = listing.titles.filter(({ index }) => !wanted.has(index));
  const relations = new Map(scan.titles.map(({ number, relation }) => [number, relation?.kind]));
  const isNever = unwanted.some(({ number }) => {
    const kind = number === null ? undefined : relations.get(number);
    return kind !== undefined && NEVER.has(kind);
  });
  if (isNever) return 'single';
  const bytes = unwanted.reduce((sum, title) => sum + title.bytes, 0);
  const speed = scan.kind === 'dvd' ? READING_SPEED.dvd : READING_SPEED.bluray;
  return bytes / speed <= ((titles.length - 1) * openMilliseconds) / 1000 ? 'all' : 'single';
}

/** Only then is it known which file is which title; equal names would even overwrite each other, or ask. */
function hasDistinctNames({ titles, count }: Pick<MakeMkvListing, 'titles' | 'count'>): boolean {
  const names = new Set(titles.map(({ outputFile }) => outputFile.toLowerCase()));
  return count === titles.length && names.size === titles.length && !names.has('');
}
