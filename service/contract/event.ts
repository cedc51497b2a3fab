import { z } from 'zod';
import { At, Id, TitleId, Ulid } from './values.ts';

export const eventTypes = [
  'job-created',
  'job-state',
  'job-reopened',
  'title-state',
  'step-started',
  'step-ended',
  'question-asked',
  'question-answered',
  'handoff-ready',
  'disc-ejected',
] as const;
export const EventType = z.enum(eventTypes);
export type EventType = z.infer<typeof EventType>;

/**
 * One transition on `drive/<id>/event`. `seq` grows by one per station without gaps, across restarts;
 * a repeat has the same `seq` and the same content, marked `replayed`.
 */
export const JobEvent = z.object({
  v: z.literal(1),
  event_type: EventType,
  seq: z.int().min(1),
  id: Ulid,
  at: At,
  drive: Id,
  job: Ulid,
  rev: z.int().min(1).describe("the job's revision that holds this change"),
  attempt: z.int().min(1),
  from: z.string().max(40).nullable(),
  to: z.string().max(40),
  title: TitleId.optional(),
  step: z.string().max(20).optional(),
  question: Ulid.optional(),
  code: z.string().max(60).optional().describe('problem code, when the change was for the worse'),
  replayed: z.literal(true).optional(),
});
export type JobEvent = z.infer<typeof JobEvent>;
