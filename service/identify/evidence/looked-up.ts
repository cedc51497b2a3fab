import type { Ranking } from '../../metadata/rank/rank-works.ts';
import type { Film, Show } from '../../metadata/works.ts';
import type { Name } from '../names.ts';
import type { DescribedDisc } from './described-disc.ts';

/** A name of the disc, and the works that may be meant by it. */
export interface NamedRanking {
  readonly name: Name;
  readonly ranking: Ranking;
}

/** What the catalogues say of a disc. */
export interface LookedUp {
  /** The work whose TMDB number somebody stated without its title. */
  readonly stated: Film | Show | null;
  /** Entries of TheDiscDB that fit the disc. */
  readonly described: readonly DescribedDisc[];
  readonly rankings: readonly NamedRanking[];
  /** A name could not be looked up: what it means may be a rival of what was found. */
  readonly incomplete?: boolean;
  /** What could not be asked or did not fit, in words. */
  readonly remarks: readonly string[];
}

export const nothingLookedUp: LookedUp = {
  stated: null,
  described: [],
  rankings: [],
  remarks: [],
};
