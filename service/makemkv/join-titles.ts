import type { WantedTitle } from '../rip/wanted-title.ts';
import type { ListedDisc } from './list-disc.ts';
import type { MakeMkvListing, MakeMkvTitle } from './listing.ts';

/** A title that MakeMKV saves, and the titles of ours that it is. */
export interface JoinedTitle {
  readonly title: MakeMkvTitle;
  /** The first is saved; others play the same by MakeMKV's judgement and get a copy. */
  readonly wanted: readonly [WantedTitle, ...WantedTitle[]];
}

export interface Joined {
  readonly titles: readonly JoinedTitle[];
  /** Wanted titles that MakeMKV does not offer, with the reason in words. */
  readonly missing: readonly { wanted: WantedTitle; reason: string }[];
}

const MOST_STEPS = 10;

/** Finds each wanted title in MakeMKV's list, by the number that the disc gives it. */
export function joinTitles(
  wanted: readonly WantedTitle[],
  { listing, readErrors }: Pick<ListedDisc, 'listing' | 'readErrors'>,
): Joined {
  const joined = new Map<MakeMkvTitle, [WantedTitle, ...WantedTitle[]]>();
  const missing: Joined['missing'][number][] = [];
  for (const one of wanted) {
    const title = find(one.title.number, listing);
    const others = title && joined.get(title);
    if (!title)
      missing.push({ wanted: one, reason: reasonFor(one.title.number, listing, readErrors) });
    else if (others) others.push(one);
    else joined.set(title, [one]);
  }
  const titles = [...joined].map(([title, ours]) => ({ title, wanted: ours }));
  return { titles: titles.sort((a, b) => a.title.index - b.title.index), missing };
}

/** Of a title with angles the first. What MakeMKV skipped as equal to another is that other. */
function find(number: number, { titles, duplicates }: MakeMkvListing): MakeMkvTitle | undefined {
  let wanted = number;
  for (let step = 0; step < MOST_STEPS; step++) {
    const angles = titles.filter((title) => title.number === wanted);
    const [first] = angles.toSorted((a, b) => (a.angle ?? 0) - (b.angle ?? 0));
    if (first) return first;
    const original = duplicates.get(wanted);
    if (original === undefined) return undefined;
    wanted = original;
  }
  return undefined;
}

function reasonFor(number: number, { skipped }: MakeMkvListing, readErrors: number): string {
  const said = skipped.get(number);
  if (said !== undefined) return said;
  if (readErrors > 0)
    return `reading the disc's structure failed ${readErrors} times, which hides titles`;
  return 'it takes the title for empty, or for a copy of another';
}
