import type { Identity } from '../../contract/identity.ts';
import type { TitleRole } from '../../contract/title.ts';
import type { Catalogue } from '../../jobs/document.ts';
import { titleId } from '../titles.ts';
import type { FittingDisc } from './fit-known-disc.ts';
import type { LookedUp } from './look-up.ts';

/** TheDiscDB's entry about the disc, if it is about what the disc was taken for. */
export function describedDisc(
  { discs, described }: LookedUp,
  { kind, title, tmdb, season }: Pick<Identity, 'kind' | 'title' | 'tmdb' | 'season'>,
): FittingDisc | null {
  const fits = discs.filter(({ disc, season: its }, index) => {
    const id = described[index]?.tmdb ?? disc.externalIds.tmdb;
    if (disc.kind !== null && disc.kind !== kind && kind !== 'extras') return false;
    if (its !== null && season !== null && its !== season) return false;
    return tmdb === null || id === null ? disc.title === title : id === tmdb;
  });
  return fits[0] ?? null;
}

/** What the titles are, by number. */
export function describedRoles(disc: FittingDisc | null): Map<number, TitleRole> {
  return new Map(disc?.titles.map(({ number, role }) => [number, role]));
}

/** The matches that the entry names, kept with the job; the season's episodes stay as they are. */
export function catalogueOf(disc: FittingDisc | null, before: Catalogue | null): Catalogue | null {
  const titles = (disc?.titles ?? []).flatMap(({ number, match }) =>
    match === null || match.kind === 'movie' ? [] : [{ id: titleId(number), match }],
  );
  return titles.length === 0 && before === null ? null : { titles, season: before?.season ?? null };
}
