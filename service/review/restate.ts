import type { IdentityStatement } from '../contract/identity.ts';
import type { DecidedBy } from '../contract/values.ts';
import { assignRoles } from '../identify/titles.ts';
import type { JobDocument } from '../jobs/document.ts';
import { deriveMatches, type MatchRules, settleTitles } from '../match/derive.ts';
import { settleQuestion } from './questions.ts';
import { stateIdentity } from './statement.ts';

interface Speaker {
  decidedBy: DecidedBy;
  by: string;
  at: string;
  rules: MatchRules;
}

/**
 * The one way to change what a disc is after it was identified: roles follow from the new kind, and once the
 * titles have been matched, matches and the question of their order follow too. What is filed stays as it is.
 */
export function restateIdentity(
  draft: JobDocument,
  statement: IdentityStatement,
  { decidedBy, by, at, rules }: Speaker,
): void {
  const before = draft.identity;
  const after = stateIdentity(before, statement, { decidedBy, says: `${by} said so` });
  draft.identity = after;
  if (before?.kind !== after.kind) {
    assignRoles(draft.titles, after.kind, draft.set);
    forgetMatches(draft);
  } else if (before.season !== after.season) moveSeason(draft, before.season, after.season);
  if (draft.steps.match.state === 'done') {
    deriveMatches(draft, rules, { at, by });
    settleTitles(draft);
  }
  if (after.title !== null)
    settleQuestion(draft, 'identity', { at, by, answer: { identity: statement } });
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
