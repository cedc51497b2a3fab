import { z } from 'zod';
import { IdentityStatement } from './identity.ts';
import { MatchStatement } from './title.ts';
import { At, Evidence, TitleId, Ulid } from './values.ts';

export const QuestionKind = z.enum(['titles', 'identity', 'order', 'episode', 'owned']);
export type QuestionKind = z.infer<typeof QuestionKind>;

/** Which title is which episode: the value of an "order" or "episode" candidate. */
export const Assignment = z
  .array(z.object({ title: TitleId, match: MatchStatement }).strict())
  .max(99);
export type Assignment = z.infer<typeof Assignment>;

/** One possible answer, with why it is thought of. */
export const Candidate = z.object({
  id: z.string().min(1).max(40),
  label: z.string().max(300),
  identity: IdentityStatement.optional(),
  titles: z.array(TitleId).max(99).optional().describe('the titles that are ripped then'),
  assignment: Assignment.optional(),
  evidence: z.array(Evidence).max(10),
});
export type Candidate = z.infer<typeof Candidate>;

/**
 * What a person says. Exactly one of: accept the default, choose a candidate, state the titles to
 * rip, state the identity, state the order. An answer without any of them is refused.
 */
export const Answer = z
  .union([
    z.object({ accept: z.literal(true) }).strict(),
    z.object({ choose: z.string().min(1).max(40) }).strict(),
    z.object({ titles: z.array(TitleId).min(1).max(99) }).strict(),
    z.object({ identity: IdentityStatement }).strict(),
    z.object({ assignment: Assignment }).strict(),
  ])
  .describe(
    '{accept:true} | {choose:id} | {titles:[id]} | {identity:{…}} | {assignment:[{title, match}]}',
  );
export type Answer = z.infer<typeof Answer>;

/** Something only a person can decide. The default is what happens when it is accepted. */
export const Question = z.object({
  id: Ulid,
  rev: z
    .int()
    .min(1)
    .describe('grows when the candidates change; an answer to an old one is refused'),
  kind: QuestionKind,
  text: z.string().max(500),
  titles: z.array(TitleId).max(99),
  candidates: z.array(Candidate).min(1).max(5),
  default: z.string().describe('id of the candidate that {accept:true} takes'),
  askedAt: At,
  answered: z.object({ at: At, by: z.string().max(100), answer: Answer }).nullable(),
});
export type Question = z.infer<typeof Question>;
