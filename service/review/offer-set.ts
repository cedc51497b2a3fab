import { z } from 'zod';
import type { Identity } from '../contract/identity.ts';
import { IdentityStatement } from '../contract/identity.ts';
import type { Candidate } from '../contract/question.ts';
import { labelOf } from '../identify/candidates.ts';
import { titleKey } from '../identify/title-key.ts';
import type { JobDocument } from '../jobs/document.ts';
import { openQuestions } from './open-questions.ts';
import { askQuestion } from './questions.ts';

/** What a person said of one disc of a set, for the others. */
export const SetAnswer = z.object({
  identity: IdentityStatement,
  label: z.string().max(300).describe('of the disc that it was said of'),
});
export type SetAnswer = z.infer<typeof SetAnswer>;

const MOST_CANDIDATES = 5;
const TRUST = 0.9;

/** The answer that a disc gives to the others of its set; null while no person has named its show or film. */
export function setAnswerOf({ identity, disc }: JobDocument): SetAnswer | null {
  if (identity?.decidedBy !== 'person' || identity.title === null) return null;
  const { kind, title, year, season, tmdb } = identity;
  return { identity: { kind, title, year, season, tmdb }, label: disc.label };
}

/** Whether what was found out about a disc is another work than a person said of its set. */
export function contradicts(
  { identity: said }: SetAnswer,
  found: Pick<Identity, 'title' | 'tmdb'>,
): boolean {
  if (said.tmdb && found.tmdb) return said.tmdb !== found.tmdb;
  return titleKey(said.title ?? '') !== titleKey(found.title ?? '');
}

/** Offers what was said of another disc of the set as the first answer to what this disc is, if that is asked. */
export function offerSet(draft: JobDocument, { identity: said, label }: SetAnswer): void {
  const question = openQuestions(draft).find(({ kind }) => kind === 'identity');
  if (!question) return;
  const { disc = null, season = null } = draft.identity ?? {};
  const identity = { ...said, season: season ?? said.season ?? null, disc };
  const says = `Somebody said so of ${label || 'another disc'}, ${kinshipOf(said)}`;
  const first: Candidate = {
    id: 'set',
    label: labelOf(identity),
    identity,
    evidence: [{ source: 'set', says: says.slice(0, 300), weight: TRUST }],
  };
  const others = question.candidates.filter(
    ({ id, label }) => id !== 'set' && label !== first.label,
  );
  const candidates = [first, ...others].slice(0, MOST_CANDIDATES);
  const { kind, text, titles } = question;
  askQuestion(draft, { kind, text, titles, candidates, default: 'set' }, new Date().toISOString());
}

/** Discs of a series that are called alike are a set; of films, nothing but the name is common to them. */
function kinshipOf({ kind }: SetAnswer['identity']): string {
  return kind === 'tv' ? 'which is of the same set' : 'a disc with the same name';
}
