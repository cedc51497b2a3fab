import { z } from 'zod';
import { Identity, IdentityStatement } from './identity.ts';
import { Owned } from './owned.ts';
import { Blocked, Problem } from './problem.ts';
import { Question } from './question.ts';
import { MatchStatement, Title, TitleRole } from './title.ts';
import { At, Id, Language, TitleId, Ulid } from './values.ts';

export const jobStates = [
  'idle',
  'identifying',
  'ripping',
  'matching',
  'organizing',
  'review_needed',
  'waiting',
  'completed',
  'failed',
  'cancelled',
] as const;
export const JobState = z.enum(jobStates);
export type JobState = z.infer<typeof JobState>;

export const stepNames = ['identify', 'rip', 'match', 'organize'] as const;
export const StepName = z.enum(stepNames);
export type StepName = z.infer<typeof StepName>;

/** The disc's own facts. `label` is what the disc calls itself: never compared for identity. */
export const Disc = z.object({
  kind: z.enum(['dvd', 'bluray', 'uhd', 'music', 'data', 'blank', 'unknown']),
  label: z.string().max(300),
  fingerprint: z
    .string()
    .max(128)
    .nullable()
    .describe('TheDiscDB content hash; null until scanned'),
  globalId: z.string().max(64).nullable().describe('TheDiscDB GlobalDiscId'),
  bytes: z.int().nonnegative(),
  source: z.string().max(4096).describe("the service's path of the device, image or folder"),
  leftOut: z
    .int()
    .positive()
    .optional()
    .describe('titles that are on the disc beside those in the job, which names 999 at most'),
});
export type Disc = z.infer<typeof Disc>;

export const StepStatus = z.object({
  state: z.enum(['pending', 'running', 'done', 'failed']),
  attempt: z.int().nonnegative(),
  startedAt: At.nullable(),
  endedAt: At.nullable(),
});
export type StepStatus = z.infer<typeof StepStatus>;

/** What a running step is at: the title, and its place among those that the step works on. */
export const StepProgress = z.object({
  step: StepName,
  title: TitleId.nullable(),
  index: z.int().nonnegative(),
  count: z.int().nonnegative(),
});
export type StepProgress = z.infer<typeof StepProgress>;

export const HandoffStep = z.enum(['insert', 'identify', 'rip', 'match', 'review', 'organize']);
export type HandoffStep = z.infer<typeof HandoffStep>;

export const HandoffOutcome = z.enum([
  'inserted',
  'sure',
  'unsure',
  'title',
  'done',
  'answered',
  'timed-out',
  'failed',
]);
export type HandoffOutcome = z.infer<typeof HandoffOutcome>;

/** A result that waits for the node that asked for it; taken and acknowledged by that node. */
export const Handoff = z.object({
  id: Ulid,
  node: z.string().min(1).max(200),
  step: HandoffStep,
  attempt: z.int().nonnegative(),
  title: TitleId.nullable(),
  outcome: HandoffOutcome,
  at: At,
});
export type Handoff = z.infer<typeof Handoff>;

export const Outcome = z.enum(['complete', 'partial', 'nothing']);
export type Outcome = z.infer<typeof Outcome>;

/** A Blu-ray disc has at most 2,000 playlists and 4,000 streams. */
const MOST_TITLES = 6000;

/** A job as it stands: retained on `job/<id>/state`, and the payload of every message of the nodes. */
export const JobSnapshot = z.object({
  v: z.literal(1),
  id: Ulid,
  rev: z.int().min(1),
  station: Id,
  drive: Id,
  attempt: z.int().min(1),
  mode: z.enum(['auto', 'flow']),
  state: JobState,
  blocked: Blocked.nullable(),
  outcome: Outcome.nullable(),
  disc: Disc,
  identity: Identity.nullable(),
  titles: z.array(Title).max(MOST_TITLES),
  steps: z.record(StepName, StepStatus),
  progress: StepProgress.optional().describe(
    'while a step goes through titles; of reading, the drive tells',
  ),
  questions: z.array(Question).max(50),
  handoffs: z.array(Handoff).max(500),
  library: Id.nullable(),
  owned: Owned.nullable(),
  error: Problem.nullable(),
  createdAt: At,
  updatedAt: At,
  endedAt: At.nullable(),
});
export type JobSnapshot = z.infer<typeof JobSnapshot>;

/** Languages to keep; null keeps all. Forced subtitles are always kept. */
export const TrackChoice = z
  .object({
    audio: z.array(Language).max(32).nullable(),
    subtitles: z.array(Language).max(32).nullable(),
  })
  .partial()
  .strict();
export type TrackChoice = z.infer<typeof TrackChoice>;

/** Overrides of a flow or a person: `msg.set` of the nodes. */
export const JobSet = z
  .object({
    identity: IdentityStatement,
    library: Id.nullable(),
    template: z.string().max(500).nullable(),
    tracks: TrackChoice,
    titles: z
      .array(
        z
          .object({ id: TitleId, wanted: z.boolean(), role: TitleRole, match: MatchStatement })
          .partial({ wanted: true, role: true, match: true })
          .strict(),
      )
      .max(999),
  })
  .partial()
  .strict();
export type JobSet = z.infer<typeof JobSet>;
