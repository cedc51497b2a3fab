import { z } from 'zod';
import { Arming } from '../contract/arming.ts';
import { JobEvent } from '../contract/event.ts';
import { Findings } from '../contract/findings.ts';
import { Handoff, HandoffStep, JobSet, JobSnapshot, StepName } from '../contract/job.ts';
import { Question } from '../contract/question.ts';
import { Carry, Transaction } from '../contract/request.ts';
import { MatchStatement } from '../contract/title.ts';
import { At, Id, TitleId } from '../contract/values.ts';

/** What organizing intends for one file, written before the disk is touched, so that a crash can be finished. */
export const Filing = z.object({
  title: TitleId,
  library: Id,
  from: z.string(),
  to: z.string(),
  bytes: z.int().nonnegative(),
  inode: z.int().nonnegative().describe('of `from`, to know the file again after a rename'),
  sha256: z.string().nullable().describe('known once the copy was verified'),
  recycled: z.string().nullable().describe('where the file that was there before went'),
  state: z.enum(['planned', 'filed', 'undone']),
});
export type Filing = z.infer<typeof Filing>;

/** A node that waits for the result of a step. */
export const Ask = z.object({
  node: z.string(),
  step: HandoffStep,
  carry: Carry,
  each: z
    .array(TitleId)
    .nullable()
    .describe('titles handed off already; null: only the whole step'),
  until: At.nullable(),
});
export type Ask = z.infer<typeof Ask>;

/**
 * What catalogues know of a disc and of its season, kept so that an answer can be worked out at once and
 * without them.
 */
export const Catalogue = z.object({
  titles: z
    .array(z.object({ id: TitleId, match: MatchStatement }))
    .describe('what TheDiscDB says of single titles'),
  season: z
    .object({
      tmdb: z.int().positive(),
      season: z.int().nonnegative(),
      episodes: z.array(z.object({ episode: z.int().nonnegative(), name: z.string().nullable() })),
    })
    .nullable(),
});
export type Catalogue = z.infer<typeof Catalogue>;

/** One job on disk: the snapshot that everybody sees and what only the service needs. */
export const JobDocument = JobSnapshot.omit({ handoffs: true, progress: true }).extend({
  handoffs: z.array(Handoff.extend({ carry: Carry, taken: z.int().nonnegative() })),
  asks: z.array(Ask),
  requested: z.array(StepName).describe('steps that a flow or a person asked for in this attempt'),
  claim: z.object({ node: z.string().nullable(), until: At }).nullable(),
  set: JobSet,
  catalogue: Catalogue.nullable().default(null),
  findings: Findings.nullable().default(null),
  postponed: Question.pick({
    kind: true,
    text: true,
    titles: true,
    candidates: true,
    default: true,
  })
    .nullable()
    .default(null)
    .describe('what the disc is; asked only when its episodes do not tell'),
  armed: Arming.nullable().default(null).describe('what a person said before it was put in'),
  filings: z.array(Filing),
  cancelling: z.boolean(),
  ejected: z.boolean(),
  seq: z.int().nonnegative().describe('highest event number in this document'),
  outbox: z.array(JobEvent).describe('events the broker has not acknowledged yet'),
  timeline: z.array(
    JobEvent.pick({
      seq: true,
      at: true,
      event_type: true,
      from: true,
      to: true,
      title: true,
      step: true,
      code: true,
    }),
  ),
  transactions: z.array(z.object({ transaction: Transaction, at: At })),
});
export type JobDocument = z.infer<typeof JobDocument>;
