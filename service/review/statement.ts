import type { Identity, IdentityStatement } from '../contract/identity.ts';
import { stated } from '../contract/stated.ts';
import type { Match, MatchStatement } from '../contract/title.ts';
import type { DecidedBy, Evidence } from '../contract/values.ts';

/** What is known of one film or series means nothing for another. */
const ofAnotherWork = {
  year: null,
  edition: null,
  tmdb: null,
  genres: [],
  certification: null,
  originalLanguage: null,
} satisfies Partial<Identity>;

const nothing: Omit<Identity, 'decidedBy'> = {
  kind: 'unknown',
  title: null,
  season: null,
  disc: null,
  ...ofAnotherWork,
  probability: 0,
  evidence: [],
};

/**
 * An identity after somebody said something about it. Another title or TMDB number makes what was known of the
 * old work (year, edition, genres) void unless it is stated too.
 */
export function stateIdentity(
  before: Omit<Identity, 'decidedBy'> | null,
  statement: IdentityStatement,
  { decidedBy, says }: { decidedBy: DecidedBy; says: string },
): Identity {
  const base = before ?? nothing;
  const renamed =
    differs(statement.title, base.title) ||
    (base.tmdb !== null && differs(statement.tmdb, base.tmdb));
  const known = renamed ? { ...base, ...ofAnotherWork } : base;
  const evidence: Evidence = { source: decidedBy, says, weight: 1 };
  return {
    ...known,
    ...stated(statement),
    probability: 1,
    decidedBy,
    evidence: [evidence, ...base.evidence].slice(0, 20),
  };
}

function differs<T>(said: T | undefined, known: T): boolean {
  return said !== undefined && said !== known;
}

/** True for a statement that says which film or series it is, not only of what kind. */
export function namesDisc({ title, tmdb }: IdentityStatement): boolean {
  return typeof title === 'string' || typeof tmdb === 'number';
}

/** What somebody said a title is. */
export function stateMatch(
  { kind, season = null, episodes = [], name = null, part }: MatchStatement,
  { decidedBy, says }: { decidedBy: DecidedBy; says: string },
): Match {
  const evidence = [{ source: decidedBy, says, weight: 1 }];
  const what = { kind, season, episodes, name, ...(part && { part }) };
  return { ...what, probability: 1, decidedBy, evidence };
}

/** "Harbour Lights (2020) S1 D2": an identity in one short line. */
export function nameOf({ title, year, season, disc }: IdentityStatement): string {
  const facts = [
    title ?? 'unnamed',
    year && `(${year})`,
    season !== null && season !== undefined && `S${season}`,
    disc && `D${disc}`,
  ];
  return facts.filter(Boolean).join(' ');
}
