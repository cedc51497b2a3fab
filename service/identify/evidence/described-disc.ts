import { isDeepStrictEqual } from 'node:util';
import type { Identity } from '../../contract/identity.ts';
import type { TitleRole } from '../../contract/title.ts';
import type { Catalogue } from '../../jobs/document.ts';
import type { Film, Show } from '../../metadata/works.ts';
import { titleId } from '../titles.ts';
import type { DescribedTitle, FittingDisc } from './fit-known-disc.ts';

/** An entry of TheDiscDB that fits the disc, with the work that it names. */
export interface DescribedDisc extends FittingDisc {
  /** Null where TMDB says nothing of it. */
  readonly work: Film | Show | null;
  /** TMDB was asked, and has no work of this number and kind. */
  readonly isWorkMissing: boolean;
}

/**
 * What TheDiscDB's entries say of the disc's titles, as far as they are about what the disc was taken for. A title of
 * which two of them say different things is left out.
 */
export function describedTitles(
  described: readonly DescribedDisc[],
  { kind, title, tmdb, season }: Pick<Identity, 'kind' | 'title' | 'tmdb' | 'season'>,
): DescribedTitle[] {
  const fits = described.filter(({ disc, work, season: its }) => {
    const id = work?.tmdb ?? disc.externalIds.tmdb;
    if (disc.kind !== null && disc.kind !== kind && kind !== 'extras') return false;
    if (its !== null && season !== null && its !== season) return false;
    return tmdb === null || id === null ? disc.title === title : id === tmdb;
  });
  const all = fits.flatMap(({ titles }) => titles);
  const byNumber = new Map(all.toReversed().map((one) => [one.number, one]));
  const disputed = new Set(
    all.filter((one) => !saysTheSame(one, byNumber.get(one.number))).map(({ number }) => number),
  );
  return [...byNumber.values()].reverse().filter(({ number }) => !disputed.has(number));
}

/** Two people may name an extra in two ways. */
function saysTheSame(a: DescribedTitle, b: DescribedTitle | undefined): boolean {
  const meaning = ({ role, match }: DescribedTitle) => [role, match && { ...match, name: null }];
  return b !== undefined && isDeepStrictEqual(meaning(a), meaning(b));
}

/** What the titles are, by number. */
export function describedRoles(titles: readonly DescribedTitle[]): Map<number, TitleRole> {
  return new Map(titles.map(({ number, role }) => [number, role]));
}

/** The matches that the entries name, kept with the job; the season's episodes stay as they are. */
export function catalogueOf(
  described: readonly DescribedTitle[],
  before: Catalogue | null,
): Catalogue | null {
  const titles = described.flatMap(({ number, match }) =>
    match === null || match.kind === 'movie' ? [] : [{ id: titleId(number), match }],
  );
  return titles.length === 0 && before === null ? null : { titles, season: before?.season ?? null };
}
