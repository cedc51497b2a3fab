import { z } from 'zod';
import { Arming } from './arming.ts';
import { Findings } from './findings.ts';
import { IdentityStatement } from './identity.ts';
import { Handoff, JobSet, JobSnapshot, JobState, Outcome, StepName } from './job.ts';
import { Problem } from './problem.ts';
import { Answer, Assignment } from './question.ts';
import { At, Id, TitleId, Ulid } from './values.ts';

/** JSON-safe properties of the user's message that come back with the handoff; at most 16 KB. */
export const CARRY_LIMIT_BYTES = 16 * 1024;
export const Carry = z
  .record(z.string(), z.json())
  .refine((carry) => Buffer.byteLength(JSON.stringify(carry)) <= CARRY_LIMIT_BYTES, {
    error: 'carry is larger than 16 KB',
  });
export type Carry = z.infer<typeof Carry>;

const NodeId = z.string().min(1).max(200).describe('id of the Node-RED node that wants the result');

/** One line of the history. */
export const HistoryEntry = z.object({
  id: Ulid,
  createdAt: At,
  endedAt: At.nullable(),
  state: JobState,
  outcome: Outcome.nullable(),
  drive: Id,
  label: z.string(),
  title: z.string().nullable(),
  files: z.array(z.string()),
  owned: JobSnapshot.shape.owned,
  error: Problem.nullable(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

const withJob = { job: Ulid };
const asJob = z.object({ job: JobSnapshot });

/**
 * Every operation of `request/<op>` with the shape of its body and of the `data` of its answer.
 * `transaction` is added to each body by the transport and echoed in the answer.
 */
export const operations = {
  'job/get': { body: z.object(withJob).strict(), data: asJob },
  'job/list': {
    body: z.object({ states: z.array(JobState).optional() }).strict(),
    data: z.object({ jobs: z.array(HistoryEntry) }),
  },
  'job/claim': {
    body: z.object({ ...withJob, node: NodeId, carry: Carry.optional() }).strict(),
    data: asJob,
  },
  'job/step': {
    body: z
      .object({
        ...withJob,
        step: z.enum([...StepName.options, 'review']),
        node: NodeId.optional(),
        carry: Carry.optional(),
        set: JobSet.optional(),
        each: z
          .boolean()
          .optional()
          .describe('rip, match: also hand off each title as it is ready'),
        timeout: z.number().positive().max(31_536_000).optional().describe('review: seconds'),
      })
      .strict(),
    data: asJob,
  },
  'job/update': { body: z.object({ ...withJob, set: JobSet }).strict(), data: asJob },
  'job/cancel': { body: z.object(withJob).strict(), data: asJob },
  'job/retry': {
    body: z.object({ ...withJob, titles: z.array(TitleId).optional() }).strict(),
    data: asJob,
  },
  'job/undo': { body: z.object(withJob).strict(), data: asJob },
  'job/amend': {
    body: z
      .object({
        ...withJob,
        identity: IdentityStatement.optional().describe('what the disc is'),
        assignment: Assignment.optional().describe('what single titles are'),
        by: z.string().max(100).optional(),
      })
      .strict()
      .refine(({ identity, assignment }) => identity !== undefined || assignment !== undefined, {
        error: 'say the identity, the assignment, or both',
      }),
    data: asJob,
  },
  'job/rematch': {
    body: z.object(withJob).strict(),
    data: z.object({
      job: JobSnapshot,
      result: z.enum(['matching', 'refiled', 'unchanged']),
      titles: z.array(TitleId).describe('those that are filed anew'),
      says: z.string(),
    }),
  },
  'job/explain': {
    body: z.object(withJob).strict(),
    data: z.object({
      findings: Findings.nullable().describe('what was measured; null when nothing was'),
    }),
  },
  'review/answer': {
    body: z
      .object({
        review: Ulid,
        rev: z.int().min(1),
        answer: Answer,
        by: z.string().max(100).optional(),
      })
      .strict(),
    data: asJob,
  },
  'handoff/take': {
    body: z.object({ ...withJob, handoff: Ulid }).strict(),
    data: z.object({
      handoff: Handoff,
      carry: Carry,
      redelivered: z.boolean(),
      job: JobSnapshot,
    }),
  },
  'handoff/acknowledge': {
    body: z.object({ ...withJob, handoff: Ulid }).strict(),
    data: z.object({}),
  },
  'drive/eject': { body: z.object({ drive: Id }).strict(), data: z.object({}) },
  'drive/look': { body: z.object({ drive: Id }).strict(), data: z.object({}) },
  'drive/arm': {
    body: z
      .object({
        drive: Id,
        identity: IdentityStatement.nullable().describe('null: forget what was said'),
        library: Id.nullable().optional(),
        expires: At.optional(),
        add: z.boolean().optional().describe('for the disc behind those that were said already'),
        loaded: z.boolean().optional().describe('for the disc that is in the drive now'),
      })
      .strict(),
    data: z.object({ armed: z.array(Arming) }),
  },
  'history/query': {
    body: z
      .object({
        since: At.optional(),
        until: At.optional(),
        limit: z.int().min(1).max(500).optional(),
      })
      .strict(),
    data: z.object({ jobs: z.array(HistoryEntry) }),
  },
} as const satisfies Record<string, { body: z.ZodType; data: z.ZodType }>;

export type Operation = keyof typeof operations;
export type OperationBody<Op extends Operation> = z.infer<(typeof operations)[Op]['body']>;
export type OperationData<Op extends Operation> = z.infer<(typeof operations)[Op]['data']>;

/** A transaction is chosen by the client; the same one again is answered again, not run again. */
export const Transaction = z.string().min(1).max(100);

/** The envelope of every answer on `response/<op>` (and on a v5 response topic). */
export const Response = z.discriminatedUnion('status', [
  z.object({
    v: z.literal(1),
    transaction: Transaction.nullable(),
    status: z.literal('ok'),
    data: z.json(),
  }),
  z.object({
    v: z.literal(1),
    transaction: Transaction.nullable(),
    status: z.literal('error'),
    error: Problem,
  }),
]);
export type Response = z.infer<typeof Response>;

/** Request bodies above this are refused unread. */
export const REQUEST_LIMIT_BYTES = 64 * 1024;
