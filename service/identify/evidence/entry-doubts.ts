import type { IdentityKind } from '../../contract/identity.ts';
import type { Ranking } from '../../metadata/rank/rank-works.ts';
import { reasonsOf } from '../../metadata/rank/reasons.ts';
import { createLikeness } from '../../metadata/rank/title-likeness.ts';
import { titlesOf } from '../../metadata/works.ts';
import { kindWords } from '../candidates.ts';
import type { Name } from '../names.ts';
import type { KindGuess } from '../structure/kinds.ts';
import type { DescribedDisc } from './described-disc.ts';
import type { NamedRanking } from './looked-up.ts';

/** Something that speaks against an entry of TheDiscDB. */
export interface Doubt {
  readonly says: string;
  /** How much less probable it makes the entry: its odds are multiplied by this, which is below 1. */
  readonly factor: number;
}

/** What else is known of the disc. */
export interface OtherEvidence {
  readonly kinds: readonly KindGuess[];
  readonly names: readonly Name[];
  readonly rankings: readonly NamedRanking[];
  /** A name could not be looked up. */
  readonly incomplete?: boolean | undefined;
}

/** As good as a proof that the entry is wrong, or that what contradicts it is. */
const STRONG = 0.1;
/** Happens with right entries, too; two of them are a question. */
const WEAK = 0.3;

/**
 * Weighs an entry against everything that whoever typed it in could not choose: the disc's own structure and names, and
 * what TMDB says of the work. A right entry agrees with all of it, or nearly.
 */
export function doubtsAbout(
  entry: DescribedDisc,
  kind: IdentityKind,
  { kinds, names, rankings, incomplete = false }: OtherEvidence,
): Doubt[] {
  return [
    ...kindDoubts(kind, kinds),
    ...seasonOfFilm(kind, names),
    ...featureDoubts(entry),
    ...workDoubts(entry, kind),
    ...nameDoubts(entry, names, { rankings, incomplete }),
  ];
}

/** A structure that speaks for another kind as clearly as it can. */
function kindDoubts(kind: IdentityKind, kinds: readonly KindGuess[]): Doubt[] {
  const [first] = kinds;
  if (!first || first.kind === kind || (kind !== 'movie' && kind !== 'tv')) return [];
  const probability = kinds.find((guess) => guess.kind === kind)?.probability ?? 0;
  const factor = Math.max(0.05, 2 * probability);
  const says = `The disc looks like another kind (${kindWords[first.kind]}): ${first.says}`;
  return factor < 1 ? [{ says, factor }] : [];
}

function seasonOfFilm(kind: IdentityKind, names: readonly Name[]): Doubt[] {
  const season = names.find((name) => name.season !== null && !name.fallback)?.season ?? null;
  if (kind !== 'movie' || season === null) return [];
  return [{ says: `The disc names a season (${season}), which no film has`, factor: STRONG }];
}

/** Extras may be longer than the film, but not by so much. */
const LEAST_OF_LONGEST = 0.5;

function featureDoubts({ titles, feature, longest }: DescribedDisc): Doubt[] {
  if (!titles.some(({ role }) => role === 'main')) return [];
  if (feature >= LEAST_OF_LONGEST * longest) return [];
  const [its, whole] = [feature, longest].map((seconds) => Math.round(seconds / 60));
  const says = `What it calls the film runs ${its} min, and another title ${whole} min`;
  return [{ says, factor: STRONG }];
}

function workDoubts(entry: DescribedDisc, kind: IdentityKind): Doubt[] {
  const { disc, work, isWorkMissing, season, runtimes } = entry;
  if (isWorkMissing) {
    const says = `TMDB knows nothing of its number ${disc.externalIds.tmdb}`;
    return [{ says, factor: STRONG }];
  }
  if (work === null) return [];
  const doubts: Doubt[] = [];
  if (createLikeness(disc.title)(titlesOf(work)).value === 0)
    doubts.push({ says: `Its number at TMDB is that of "${work.title}"`, factor: STRONG });
  if (disc.year !== null && work.year !== null && Math.abs(disc.year - work.year) > 1)
    doubts.push({ says: `It says ${disc.year}, and TMDB ${work.year}`, factor: WEAK });
  if (kind !== 'extras') {
    const { others } = reasonsOf({ title: disc.title, season, runtimes }, work);
    for (const { says, factor } of others)
      if (factor < 1) doubts.push({ says: `TMDB: ${says}`, factor });
  }
  return [...doubts, ...episodeDoubts(entry)];
}

/** An episode behind the last one that TMDB knows of the season. */
function episodeDoubts({ work, titles }: DescribedDisc): Doubt[] {
  if (work?.kind !== 'tv') return [];
  for (const { match } of titles) {
    const season = work.seasons.find((one) => one.season === match?.season);
    const last = Math.max(0, ...(match?.episodes ?? []));
    if (!season || season.episodes === 0 || last <= season.episodes) continue;
    const says = `It names episode ${last}, and TMDB has ${season.episodes} of season ${season.season}`;
    return [{ says, factor: WEAK }];
  }
  return [];
}

/** The work that a name leads to, where one was found. */
const found: ReadonlySet<Ranking['verdict']> = new Set(['clear', 'twins']);

function nameDoubts(
  entry: DescribedDisc,
  names: readonly Name[],
  { rankings, incomplete }: { rankings: readonly NamedRanking[]; incomplete: boolean },
): Doubt[] {
  const [first] = names;
  if (!first || isNamedLike(entry, names)) return [];
  const leading = rankings.filter(({ ranking }) => found.has(ranking.verdict));
  const works = leading.flatMap(({ ranking }) => ranking.ranked.slice(0, 2));
  if (works.some(({ work }) => entry.work?.tmdb === work.tmdb && entry.work.kind === work.kind))
    return [];
  const says = `The disc calls itself "${first.title}"`;
  return [{ says, factor: works.length > 0 || incomplete ? STRONG : WEAK }];
}

/** Whether one of the disc's names is, or may be, that of the entry's work; true where it has none. */
export function isNamedLike(
  { disc, work }: Pick<DescribedDisc, 'disc' | 'work'>,
  names: readonly Name[],
): boolean {
  const called = names.flatMap(({ title }) => title ?? []);
  const titles = [disc.title, ...(work === null ? [] : titlesOf(work))];
  return called.length === 0 || called.some((name) => createLikeness(name)(titles).value > 0);
}
