import type { IdentityStatement } from '../../contract/identity.ts';
import { stated as saying } from '../../contract/stated.ts';
import type { TitleForm } from '../../metadata/works.ts';
import type { Name } from '../names.ts';
import type { KindGuess } from '../structure/kinds.ts';
import { describedPossibilities } from './described-possibilities.ts';
import type { LookedUp } from './looked-up.ts';
import { namedPossibilities } from './named-possibilities.ts';
import type { Possibility } from './possibility.ts';
import { workFacts } from './work-facts.ts';

/** From here on nobody is asked. */
const SURE = 0.9;
/** A rival that is more probable is worth a question. */
const RIVAL = 0.1;
/** What the label says by itself, where the disc or works of that name are known. */
const BESIDE_WORKS = 0.05;

interface Sources {
  lookedUp: LookedUp;
  /** What the disc's own names make of it, without any catalogue. */
  local: Possibility | null;
  kinds: readonly KindGuess[];
  /** Everything that the disc's own names may mean. */
  names: readonly Name[];
  stated: IdentityStatement;
  form: TitleForm;
}

export interface Weighed {
  /** The most probable first. */
  possibilities: readonly Possibility[];
  /** True when the first needs no question. */
  sure: boolean;
}

/** Everything that a disc may be, from catalogues and its own names, in the order of its probability. */
export function weigh({ lookedUp, local, kinds, names, stated, form }: Sources): Weighed {
  const said = statedPossibility(lookedUp, stated, form);
  if (said) return { possibilities: [said], sure: true };
  const { rankings, incomplete } = lookedUp;
  const others = { kinds, names, rankings, incomplete };
  const described = describedPossibilities(lookedUp.described, form, others).filter(agrees);
  const named = rankings
    .flatMap((ranking) => namedPossibilities(ranking, { stated, form }))
    .filter(agrees);
  const isKnown =
    described.length > 0 ||
    rankings.some(({ ranking }) => ['clear', 'twins'].includes(ranking.verdict));
  const own = local === null ? [] : [isKnown ? besideWorks(local, described) : local];
  const possibilities = onceEach(
    [...described, ...named, ...own]
      .map((one) => ({ ...one, identity: { ...one.identity, ...saying(stated) } }))
      .toSorted((a, b) => b.probability - a.probability),
  );
  const sure = isSure(
    possibilities,
    kinds,
    described.map(({ id }) => id),
  );
  return { possibilities, sure: sure && incomplete !== true };

  /** A number or kind that somebody stated contradicts every work of another one; extras are of any. */
  function agrees({ identity: { kind, tmdb } }: Possibility): boolean {
    const isKind = stated.kind === undefined || stated.kind === 'extras' || kind === stated.kind;
    return isKind && (typeof stated.tmdb !== 'number' || tmdb === stated.tmdb);
  }
}

/** The work that somebody named by its TMDB number. */
function statedPossibility(
  { stated: work }: LookedUp,
  stated: IdentityStatement,
  form: TitleForm,
): Possibility | null {
  if (work === null) return null;
  const identity = { kind: work.kind, ...workFacts(work, form), ...saying(stated) };
  const says = `Somebody said that it is number ${work.tmdb} in TMDB`;
  const evidence = [{ source: 'stated', says, weight: 1 }];
  return { id: `stated-${work.tmdb}`, identity, probability: 1, confirmed: true, evidence };
}

/** Its own name is no rival of a known work, unless it names another season than the entry of the disc. */
function besideWorks(local: Possibility, described: readonly Possibility[]): Possibility {
  const season = local.identity.season ?? null;
  const contradicted = described.some(
    ({ identity }) => season !== null && (identity.season ?? season) !== season,
  );
  return contradicted
    ? local
    : { ...local, probability: Math.min(local.probability, BESIDE_WORKS) };
}

function isSure(
  [first, ...others]: readonly Possibility[],
  [guess]: readonly KindGuess[],
  described: readonly string[],
): boolean {
  if (!first?.confirmed || first.probability < SURE) return false;
  if (others.some(({ probability }) => probability > RIVAL)) return false;
  // Against an entry of TheDiscDB the structure has been weighed already.
  return described.includes(first.id) || !contradicts(guess, first);
}

/** The structure says something else than the name, and is sure of it. */
function contradicts(guess: KindGuess | undefined, { identity }: Possibility): boolean {
  return guess !== undefined && guess.probability >= SURE && guess.kind !== identity.kind;
}

function onceEach(possibilities: readonly Possibility[]): Possibility[] {
  const ids = new Set<string>();
  return possibilities.filter(({ id }) => !ids.has(id) && ids.add(id));
}
