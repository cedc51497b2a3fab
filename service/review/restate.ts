import type { Identity, IdentityStatement } from '../contract/identity.ts';
import { stated } from '../contract/stated.ts';
import type { DecidedBy } from '../contract/values.ts';
import { DiscflowError } from '../errors.ts';
import { labelOf } from '../identify/candidates.ts';
import { assignRoles } from '../identify/titles.ts';
import type { JobDocument } from '../jobs/document.ts';
import { deriveMatches, hasBeenMatched, type MatchRules, settleTitles } from '../match/derive.ts';
import { matchAgain } from './match-again.ts';
import { askQuestion, settleQuestion } from './questions.ts';
import { namesDisc, stateIdentity } from './statement.ts';

interface Speaker {
  decidedBy: DecidedBy;
  by: string;
  at: string;
  rules: MatchRules;
}

/**
 * The one way to change what a disc is after it was identified: roles follow from the new kind, and once the
 * titles have been matched, matches and the question of their order follow too. What is filed stays as it is.
 * Throws `bad-request` for a TMDB number without its title.
 */
export function restateIdentity(
  draft: JobDocument,
  statement: IdentityStatement,
  { decidedBy, by, at, rules }: Speaker,
): void {
  const before = draft.identity;
  checkNumber(statement, before);
  const after = stateIdentity(before, statement, { decidedBy, says: `${by} said so` });
  draft.identity = after;
  if (subjectOf(before) !== subjectOf(after)) {
    draft.catalogue = null;
    draft.findings = null;
  }
  if (before?.kind !== after.kind) {
    assignRoles(draft.titles, after.kind, draft.set);
    forgetMatches(draft);
  } else if (before.season !== after.season) moveSeason(draft, before.season, after.season);
  if (hasBeenMatched(draft)) {
    deriveMatches(draft, rules, { at, by });
    settleTitles(draft);
    lookUpAgain(draft);
  }
  if (namesDisc(statement)) draft.postponed = null;
  if (after.title !== null && (decidedBy === 'person' || namesDisc(statement)))
    settleQuestion(draft, 'identity', { at, by, answer: { identity: statement } });
  else narrowQuestion(draft, statement, at);
}

/** A number of TMDB is looked up while a disc is identified; later nobody knows what it is the number of. */
function checkNumber({ title, tmdb }: IdentityStatement, before: Identity | null): void {
  if (typeof tmdb !== 'number' || typeof title === 'string' || tmdb === before?.tmdb) return;
  throw new DiscflowError('bad-request', `TMDB number ${tmdb} was stated without a title`, {
    hint: 'Say the title too: {"identity": {"kind": "movie", "title": "…", "tmdb": 603}}.',
  });
}

/** What TheDiscDB says of the titles, and TMDB of the episodes, is about this work and season. */
function subjectOf(identity: Identity | null): string {
  const { kind, title, tmdb, season } = identity ?? {};
  return JSON.stringify([kind, title, tmdb, season]);
}

/** Names of episodes are looked up, and files compared with references, when the match step runs: once more. */
function lookUpAgain(draft: JobDocument): void {
  const { identity, findings } = draft;
  if (identity?.kind !== 'tv' || identity.title === null || findings !== null) return;
  matchAgain(draft);
}

/** A flow that says the kind alone leaves the name to a person; no candidate may contradict it then. */
function narrowQuestion(draft: JobDocument, statement: IdentityStatement, at: string): void {
  const open = draft.questions.find(({ kind, answered }) => kind === 'identity' && !answered);
  if (!open) return;
  const [first, ...others] = open.candidates.map((candidate) => {
    const identity = { ...candidate.identity, ...stated(statement) };
    return { ...candidate, identity, label: labelOf(identity) };
  });
  if (!first) return;
  const different = others.filter(({ label }) => label !== first.label);
  const { kind, text, titles } = open;
  const content = { kind, text, titles, candidates: [first, ...different], default: first.id };
  askQuestion(draft, content, at);
}

/** An answer about episodes means nothing for a film, and the other way round; what a flow set title by title stays. */
function forgetMatches({ titles }: JobDocument): void {
  for (const title of titles)
    if (title.state !== 'completed' && title.match?.decidedBy !== 'flow') title.match = null;
}

/** The order that was answered holds in the right season as well. */
function moveSeason({ titles }: JobDocument, from: number | null, to: number | null): void {
  for (const { match, state } of titles)
    if (match?.kind === 'episode' && match.season === (from ?? 1) && state !== 'completed')
      match.season = to ?? 1;
}
